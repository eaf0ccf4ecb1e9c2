"""What each screen shows now: the session's own fragments, and those of its runs.

Fragments of the session have kind "session"; their partials are those of `live/session.html`.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, structs

from fabrique.domain.activity import Part, Phase, Run
from fabrique.domain.session import FAMILY, Kinds, Session
from fabrique.domain.text import Name

SCREENS = ("phone", "stage", "console")
NOW, BESIDE = "now", "beside"  # ids of the lists that hold runs of the order, and those beside it


class Figures(Struct, frozen=True):
    """What only the hub knows, in people: who is connected now."""

    connected: int = 0


class Head(Struct, frozen=True):
    """The session's title, what must be said on every screen, and where it stands."""

    title: str
    notice: str
    stage: str  # "waiting", "live" or "ended"


class Waiting(Struct, frozen=True):
    """Nothing is open yet."""

    introduction: str
    facilitator: str


class Foot(Struct, frozen=True):
    """The last line of the stage: who answered among who is here, and how far we are."""

    answered: int
    joined: int
    connected: int
    asks: bool  # whether the current step is one that people answer
    step: int  # from 1; 0 before the first
    steps: int


class Step(Struct, frozen=True):
    """A line of the running order; `state` is "todo", "open", "closed" or "revealed"."""

    id: str
    number: int
    title: str
    name: Name
    state: str
    run: str
    asks: bool


class Order(Struct, frozen=True):
    """The running order, the step that is on, and the next one to open ("" when none is left)."""

    steps: tuple[Step, ...]
    current: str
    next: str
    ended: bool


class Counts(Struct, frozen=True):
    """Three figures, in people: joined, connected, answered (in the current run)."""

    joined: int
    connected: int
    answered: int


def parts(
    session: Session, kinds: Kinds, screen: str, names: Mapping[str, str], figures: Figures
) -> list[Part]:
    """Give the fragments of `screen` ("phone", "stage" or "console"), lists before their items."""
    runs = current_runs(session)
    found = [_head(session), *_OWN[screen](session, kinds, figures)]
    if session.ended_at is not None and screen != "console":
        return [*found, _session("ended", Head(session.plan.title, "", "ended"), NOW)]
    if not runs and screen != "console":
        waiting = Waiting(session.plan.introduction, session.plan.facilitator)
        found.append(_session("waiting", waiting, NOW))
    for place, run in enumerate(runs):
        found += _run_parts(session, kinds, run, screen, names, (NOW, place))
    for place, run in enumerate(_beside(session)):
        found += _run_parts(session, kinds, run, screen, names, (BESIDE, place))
    return found


def current_runs(session: Session) -> list[Run]:
    """Give what is on: every open run of the running order, else the last one closed."""
    runs = [run for run in session.runs.values() if _in_order(session, run)]
    still_open = [run for run in runs if run.phase is Phase.OPEN]
    return still_open or sorted(runs, key=lambda run: run.closed_at or run.opened_at)[-1:]


def _beside(session: Session) -> list[Run]:
    return [run for run in session.runs.values() if not _in_order(session, run)]


def _in_order(session: Session, run: Run) -> bool:
    return all(run.definition.id != one.id for one in session.plan.beside)


def _run_parts(
    session: Session,
    kinds: Kinds,
    run: Run,
    screen: str,
    names: Mapping[str, str],
    place: tuple[str, int],
) -> list[Part]:
    activity = kinds[run.definition.kind]
    within, rank = place
    return [
        structs.replace(
            part,
            kind=activity.kind,
            within=part.within or within,
            rank=part.rank if part.within else rank,
        )
        for part in activity.parts(run, screen, session.people, names)
    ]


def _session(partial: str, view: Struct, within: str = "") -> Part:
    return Part(f"session-{partial}", partial, view, within, kind=FAMILY)


def _head(session: Session) -> Part:
    stage = "ended" if session.ended_at else "live" if current_runs(session) else "waiting"
    return _session("head", Head(session.plan.title, session.plan.notice, stage))


def _phone(_session: Session, _kinds: Kinds, _figures: Figures) -> list[Part]:
    return []


def _stage(session: Session, kinds: Kinds, figures: Figures) -> list[Part]:
    runs = current_runs(session)
    run = runs[-1] if runs else None
    activity = kinds[run.definition.kind] if run else None
    steps = [step.id for step in session.plan.steps]
    foot = Foot(
        answered=session.people.heads(activity.answered(run)) if run and activity else 0,
        joined=session.people.heads(session.people),
        connected=figures.connected,
        asks=bool(activity and activity.asks),
        step=steps.index(run.definition.id) + 1 if run else 0,
        steps=len(steps),
    )
    return [_session("foot", foot)]


def _console(session: Session, kinds: Kinds, figures: Figures) -> list[Part]:
    runs = current_runs(session)
    current = runs[-1] if runs else None
    answered = kinds[current.definition.kind].answered(current) if current else set()
    counts = Counts(
        joined=session.people.heads(session.people),
        connected=figures.connected,
        answered=session.people.heads(answered),
    )
    steps = tuple(_step(session, kinds, n) for n in range(len(session.plan.steps)))
    upcoming = next((step.id for step in steps if step.state == "todo"), "")
    on = current.definition.id if current else ""
    order = Order(steps, on, upcoming, session.ended_at is not None)
    return [_session("order", order), _session("figures", counts)]


def _step(session: Session, kinds: Kinds, place: int) -> Step:
    definition = session.plan.steps[place]
    runs = session.runs_of(definition.id)
    activity = kinds[definition.kind]
    return Step(
        id=definition.id,
        number=place + 1,
        title=definition.title,
        name=activity.name,
        state=str(runs[-1].phase) if runs else "todo",
        run=runs[-1].id if runs else "",
        asks=activity.asks,
    )


_OWN = {"phone": _phone, "stage": _stage, "console": _console}
