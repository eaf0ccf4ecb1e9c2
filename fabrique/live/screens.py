"""What each screen shows now: the session's own fragments, and those of its runs.

Fragments of the session have kind "session"; their partials are those of `live/session.html`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from fabrique.domain.activity import Part, Run
from fabrique.domain.session import FAMILY, Kinds, Session
from fabrique.domain.signatures import signatures
from fabrique.live import conduct, pace, sources, studio, table_panel, tables
from fabrique.live.figures import Figures
from fabrique.live.order import (
    EVERYBODY,
    current_runs,
    is_at_pace,
    is_covered,
    running_order,
    seen_beside,
)
from fabrique.live.studio import STUDIO

__all__ = ["SCREENS", "Figures", "parts"]

SCREENS = ("phone", "stage", "console")  # those that show what is on; the studio does not
NOW, BESIDE = "now", "beside"  # ids of the lists that hold runs of the order, and those beside it


class Head(Struct, frozen=True):
    """The session's title, what must be said on every screen, and where it stands."""

    title: str
    notice: str
    stage: str  # "waiting", "live" or "ended"
    focus: str = NOW  # the list that has the stage; phones show both
    alone: bool = False  # people answer at their own pace: nothing is live


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


class Counts(Struct, frozen=True):
    """Three figures, in people: joined, connected, answered (in the current run)."""

    joined: int
    connected: int
    answered: int


def parts(
    session: Session,
    kinds: Kinds,
    screen: str,
    names: Mapping[str, str],
    figures: Figures,
    group: str | None = None,
) -> list[Part]:
    """Give the fragments of a screen, lists before their items.

    `group` is that of whoever holds a phone, and the one a stage is for.
    """
    if screen == STUDIO:
        return [*studio.parts(session, kinds), pace.panel(session, kinds)]
    runs = _runs(session, screen, group)
    seats = tables.seating(session, runs) if screen == "stage" else []
    found = [
        _head(session, screen, runs, seated=bool(seats)),
        *_OWN[screen](session, kinds, figures, runs),
    ]
    found += conduct.notices(session)
    if screen == "console":
        found += conduct.panels(session, kinds, names, figures)
        found.append(table_panel.panel(session, names, figures))
        found.append(pace.panel(session, kinds))
    if session.ended_at is not None and screen != "console":
        return [*found, _session("ended", Head(session.plan.title, "", "ended"), NOW)]
    if session.ended_at is not None:
        found.append(_session("over", Head(session.plan.title, "", "ended"), NOW, -1))
    if own := pace.parts(session, kinds, screen):
        return [*found, *own, *_alone(session, kinds, screen, names, runs)]
    if screen == "phone":
        found += tables.mine(session, names, group)
    elif seats:
        return [*found, *seats]
    if not runs and screen != "console":
        waiting = Waiting(session.plan.introduction, session.plan.facilitator)
        found.append(_session("waiting", waiting, NOW))
    return [*found, *_drawn(session, kinds, screen, names, runs)]


def _alone(
    session: Session, kinds: Kinds, screen: str, names: Mapping[str, str], runs: list[Run]
) -> list[Part]:
    """Draw what people answer alone: on the phone only, and without what is for the room."""
    if screen != "phone":
        return []
    drawn = (_run_parts(session, kinds, run, screen, names, (NOW, n)) for n, run in enumerate(runs))
    return [part for run in drawn for part in run]


def _drawn(
    session: Session, kinds: Kinds, screen: str, names: Mapping[str, str], runs: list[Run]
) -> list[Part]:
    """Draw what is on, table by table where the room is split, then what is beside it."""
    found: list[Part] = []
    places: dict[str, str] = {}
    if screen != "phone":
        found, places = tables.side_by_side(session, kinds, screen, names, runs)
    for place, run in enumerate(runs):
        found += _run_parts(session, kinds, run, screen, names, (places.get(run.id, NOW), place))
    if screen == "console":
        found += sources.panels(session, kinds, runs, places)
    for place, run in enumerate(seen_beside(session, screen)):
        found += _run_parts(session, kinds, run, screen, names, (BESIDE, place))
    return found


def _runs(session: Session, screen: str, group: str | None) -> list[Run]:
    runs = current_runs(session, _seen(session, screen, group))
    return tables.one_step(runs) if screen == "stage" else runs


def _seen(session: Session, screen: str, group: str | None) -> str | None:
    """Give the group whose runs a screen shows; a phone never shows those of another."""
    if screen == "phone":
        return group
    return tables.on_stage(session, group) if screen == "stage" else EVERYBODY


def _run_parts(
    session: Session,
    kinds: Kinds,
    run: Run,
    screen: str,
    names: Mapping[str, str],
    place: tuple[str, int],
) -> list[Part]:
    activity = kinds[run.definition.kind]
    shown = signatures(session, kinds, run, names)
    within, rank = place
    return [
        structs.replace(
            part,
            kind=activity.kind,
            within=part.within or within,
            rank=part.rank if part.within else rank,
        )
        for part in activity.parts(run, screen, session.people, shown)
    ]


def _session(partial: str, view: Struct, within: str = "", rank: float = 0) -> Part:
    return Part(f"session-{partial}", partial, view, within, rank, FAMILY)


def _head(session: Session, screen: str, runs: Sequence[Run], *, seated: bool) -> Part:
    stage = "ended" if session.ended_at else "live" if runs or seated else "waiting"
    focus = BESIDE if screen != "phone" and is_covered(session) else NOW
    alone = is_at_pace(session)
    return _session("head", Head(session.plan.title, session.plan.notice, stage, focus, alone))


def _phone(_session: Session, _kinds: Kinds, _figures: Figures, _runs: Sequence[Run]) -> list[Part]:
    return []


def _answered(session: Session, kinds: Kinds, runs: Sequence[Run]) -> int:
    """Count who answered the step that is on, at all tables; any step, at one's own pace."""
    if is_at_pace(session):
        return session.people.heads(
            set().union(*(kinds[run.definition.kind].answered(run) for run in runs))
        )
    step = runs[-1].definition.id if runs else ""
    at = (run for run in runs if run.definition.id == step)
    return session.people.heads(set().union(*(kinds[r.definition.kind].answered(r) for r in at)))


def _stage(session: Session, kinds: Kinds, figures: Figures, runs: Sequence[Run]) -> list[Part]:
    run = runs[-1] if runs else None
    activity = kinds[run.definition.kind] if run else None
    steps = [step.id for step in session.plan.steps]
    foot = Foot(
        answered=_answered(session, kinds, runs),
        joined=session.people.heads(session.people),
        connected=figures.connected,
        asks=bool(activity and activity.asks),
        step=steps.index(run.definition.id) + 1 if run and not is_at_pace(session) else 0,
        steps=len(steps),
    )
    return [_session("foot", foot)]


def _console(session: Session, kinds: Kinds, figures: Figures, runs: Sequence[Run]) -> list[Part]:
    counts = Counts(
        joined=session.people.heads(session.people),
        connected=figures.connected,
        answered=_answered(session, kinds, runs),
    )
    return [_session("order", running_order(session, kinds)), _session("figures", counts)]


_OWN = {"phone": _phone, "stage": _stage, "console": _console}
