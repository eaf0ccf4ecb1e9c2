"""What each screen shows now: the session's own fragments, and those of its runs.

Fragments of the session have kind "session"; their partials are those of `live/session.html`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from fabrique.domain.run import Run
from fabrique.domain.session import FAMILY, Kinds, Session
from fabrique.domain.signatures import signatures
from fabrique.domain.view import Part
from fabrique.live import conduct, counted, cue, pace, sources, studio, table_panel, tables, wall
from fabrique.live.figures import Figures
from fabrique.live.order import (
    EVERYBODY,
    current_runs,
    is_at_pace,
    is_covered,
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


def parts(
    session: Session,
    kinds: Kinds,
    screen: str,
    names: Mapping[str, str],
    figures: Figures,
    group: str | None = None,
) -> list[Part]:
    """Give the fragments of a screen, lists before their items.

    `group` is that of whoever holds a phone, and what a stage is for: a group, or a wall.
    """
    if screen == STUDIO:
        return [*studio.parts(session, kinds), pace.panel(session, kinds)]
    if screen == "stage" and (step := wall.step_of(group)) is not None:
        return _wall(session, kinds, names, figures, step)
    runs = _runs(session, screen, group)
    seats = tables.seating(session, runs) if screen == "stage" else []
    found = [
        _head(session, screen, runs, seated=bool(seats)),
        *counted.own(session, kinds, screen, figures, runs),
    ]
    found += conduct.notices(session)
    if screen == "console":
        found += _led(session, kinds, names, figures)
    elif session.ended_at is not None:
        return [*found, _session("ended", Head(session.plan.title, "", "ended"), NOW)]
    if own := pace.parts(session, kinds, screen):
        return [*found, *own, *_alone(session, kinds, screen, names, runs)]
    if screen == "phone":
        found += tables.mine(session, names, group)
    elif seats:
        return [*found, *seats]
    if not runs and screen != "console":
        waiting = Waiting(session.plan.introduction, session.plan.facilitator)
        found.append(_session("waiting", waiting, NOW))
    found += _drawn(session, kinds, screen, names, runs)
    for place, run in enumerate(seen_beside(session, screen)):
        found += _run_parts(session, kinds, run, screen, names, (BESIDE, place))
    return found


def _led(session: Session, kinds: Kinds, names: Mapping[str, str], figures: Figures) -> list[Part]:
    """Give the panels from which the room is led; at the end, what it leaves."""
    found = [
        *conduct.panels(session, kinds, names, figures),
        cue.panel(session, kinds),
        table_panel.panel(session, names, figures),
        pace.panel(session, kinds),
    ]
    if session.ended_at is not None:
        found.append(_session("over", Head(session.plan.title, "", "ended"), NOW, -1))
    return found


def _wall(
    session: Session, kinds: Kinds, names: Mapping[str, str], figures: Figures, step: str
) -> list[Part]:
    """Give a big screen that keeps one wall; at the end it stays as it is."""
    runs = wall.runs(session, step)
    stage = "ended" if session.ended_at else "live"
    return [
        _session("head", Head(session.plan.title, session.plan.notice, stage)),
        *counted.own(session, kinds, "stage", figures, runs),
        *conduct.notices(session),
        *([] if runs else [wall.bare(session, step)]),
        *wall.settled(_drawn(session, kinds, "stage", names, runs), runs),
    ]


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
    """Draw what is on, table by table where the room is split."""
    found: list[Part] = []
    places: dict[str, str] = {}
    if screen != "phone":
        found, places = tables.side_by_side(session, kinds, screen, names, runs)
    for place, run in enumerate(runs):
        found += _run_parts(session, kinds, run, screen, names, (places.get(run.id, NOW), place))
    if screen == "console":
        found += sources.panels(session, kinds, runs, places)
    return found


def _runs(session: Session, screen: str, group: str | None) -> list[Run]:
    runs = current_runs(session, _seen(session, screen, group))
    alone = is_at_pace(session)
    return tables.one_step(runs) if screen == "stage" and not alone else runs


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
