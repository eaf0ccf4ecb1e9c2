"""Where the running order stands: what is on, what comes next, and what the stage shows."""

from __future__ import annotations

from msgspec import Struct

from fabrique.domain.group_lines import EACH
from fabrique.domain.pace import open_at_pace, paced_runs
from fabrique.domain.run import Phase, Run
from fabrique.domain.session import Kinds, Session
from fabrique.domain.tables import side_by_side
from fabrique.domain.text import Name

EVERYBODY = EACH  # in place of a group: whoever looks at all of them


class Step(Struct, frozen=True):
    """A line of the running order; `state` is "todo", "open", "closed" or "revealed"."""

    id: str
    number: int
    title: str
    name: Name
    state: str
    run: str
    asks: bool
    each: bool  # opens at each table: the room is split


class Order(Struct, frozen=True):
    """The running order, the step that is on, and the next one to open ("" when none is left).

    `covered` is the run of the current step while slides have the stage, else "".
    """

    steps: tuple[Step, ...]
    current: str
    next: str
    ended: bool
    covered: str
    each: bool  # the next step opens at each table


def running_order(session: Session, kinds: Kinds) -> Order:
    """Give every step with its state, and where the animation is: nowhere until a date."""
    alone = bool(open_at_pace(session))
    runs = [] if alone else current_runs(session)
    current = runs[-1] if runs else None
    steps = tuple(_step(session, kinds, n) for n in range(len(session.plan.steps)))
    coming = next((step for step in steps if step.state == "todo"), None)
    return Order(
        steps=steps,
        current=current.definition.id if current else "",
        next=coming.id if coming and not alone else "",
        ended=session.ended_at is not None,
        covered=current.id if current and is_covered(session) else "",
        each=coming is not None and coming.each,
    )


def _step(session: Session, kinds: Kinds, place: int) -> Step:
    definition = session.plan.steps[place]
    runs = session.runs_of(definition.id)
    activity = kinds[definition.kind]
    return Step(
        id=definition.id,
        number=place + 1,
        title=definition.title,
        name=activity.name,
        state=_state(session, runs),
        run=runs[-1].id if runs else "",
        asks=activity.asks,
        each=bool(session.groups.now) and activity.asks,
    )


def _state(session: Session, runs: list[Run]) -> str:
    """Say where a step stands: open while one of its runs is, shown once all of the last are."""
    if not runs:
        return "todo"
    if any(run.phase is Phase.OPEN for run in runs):
        return str(Phase.OPEN)
    last = (run.phase for run in side_by_side(session, runs[-1]))
    return str(min(last, key=list(Phase).index))


def current_runs(session: Session, group: str | None = EVERYBODY) -> list[Run]:
    """Give what is on: every open run of the running order, else the last one closed.

    At one's own pace, all that was opened so.
    For a group, its own and what is for all; for everybody, those of one step stay together.
    """
    if is_at_pace(session):
        return paced_runs(session)
    runs = [run for run in session.runs.values() if _in_order(session, run) and _is_for(run, group)]
    still_open = [run for run in runs if run.phase is Phase.OPEN]
    found = still_open or sorted(runs, key=lambda run: run.closed_at or run.opened_at)[-1:]
    together = (one for run in found for one in side_by_side(session, run) if _is_for(one, group))
    return list({run.id: run for run in together}.values())


def is_at_pace(session: Session) -> bool:
    """Whether people answer at their own pace: no step was opened for the room since."""
    last = next((run for run in reversed(session.runs.values()) if _in_order(session, run)), None)
    return last is not None and last.paced


def _is_for(run: Run, group: str | None) -> bool:
    return group == EVERYBODY or run.group in (None, group)


def runs_beside(session: Session) -> list[Run]:
    """Give what is beside the running order: chat, slides."""
    return [run for run in session.runs.values() if not _in_order(session, run)]


def _in_order(session: Session, run: Run) -> bool:
    return all(run.definition.id != one.id for one in session.plan.beside)


def seen_beside(session: Session, screen: str) -> list[Run]:
    """Give what a screen shows beside the order: on the stage, only what was turned last."""
    runs = runs_beside(session)
    latest = max((run.staged for run in runs), default=0)
    if screen != "stage" or not latest:
        return runs
    return [run for run in runs if run.staged == latest]


def is_covered(session: Session) -> bool:
    """Whether a page was turned since the step was opened, revealed or turned to."""
    step = max((run.staged for run in current_runs(session)), default=0)
    return session.ended_at is None and any(run.staged > step for run in runs_beside(session))
