"""At one's own pace, as screens show it: the date, the steps, and what the animation sets.

Fragments have kind "pace"; their partials are those of `live/pace.html`. What is done of each
step is personal: the browser says it (lib/pace.js).
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from fabrique.domain.choosing import asked_in
from fabrique.domain.cover import in_zone
from fabrique.domain.pace import open_at_pace, paced_runs
from fabrique.domain.run import Phase, Run
from fabrique.domain.session import Kinds, Session
from fabrique.domain.text import Name
from fabrique.domain.view import Part
from fabrique.live.order import current_runs, is_at_pace

KIND = "pace"
NOW = "now"  # the list of the page that holds what is on
BEFORE, AFTER = -1, 1000  # places in it, around the steps


class Step(Struct, frozen=True):
    """A step as one finds it in the list; `questions` where it asks several."""

    run: str
    title: str
    name: Name
    phase: Phase
    questions: int


class Paced(Struct, frozen=True):
    """Until when, and what there is to do; `state` is "soon", "open" or "closed".

    Moments are by the clocks of the session.
    """

    title: str
    introduction: str
    facilitator: str
    state: str
    until: datetime | None
    zone: str
    steps: tuple[Step, ...]
    asks: bool  # an address may be left


class Choice(Struct, frozen=True):
    """A question that may tell who somebody is: its address in the plan, and its title."""

    value: str
    title: str


class Invited(Struct, frozen=True):
    """The invited by tier, by trade…, as they were written."""

    name: str
    lines: str
    people: int
    question: str  # its title, if one asks it


class Panel(Struct, frozen=True):
    """What the animation sets: the date, what opens by it, who was invited."""

    until: datetime | None
    zone: str
    open: int
    closed: bool
    waiting: int  # steps that can be opened so
    others: int  # steps that cannot: they are for the room
    why: str
    invited: int
    sorts: tuple[Invited, ...]
    choices: tuple[Choice, ...]
    ended: bool


def parts(session: Session, kinds: Kinds, screen: str) -> list[Part]:
    """Give what goes around the steps; nothing where the room is led live."""
    if screen == "console" or not _alone(session):
        return []
    if screen == "stage":
        open_now = bool(open_at_pace(session)) or not paced_runs(session)
        return [_part("session-pace", "stage", _paced(session, kinds), BEFORE)] if open_now else []
    view = _paced(session, kinds)
    around = [_part("session-pace", "phone", view, BEFORE)]
    if view.steps:
        around.append(_part("session-pace-after", "after", view, AFTER))
    return around


def _alone(session: Session) -> bool:
    """Whether people answer alone: now, or from a moment to come."""
    if is_at_pace(session):
        return True
    return session.pace.until is not None and not current_runs(session)


def _part(key: str, partial: str, view: Struct, rank: float) -> Part:
    return Part(key, partial, view, NOW, rank, KIND)


def _paced(session: Session, kinds: Kinds) -> Paced:
    plan, runs = session.plan, paced_runs(session)
    state = "open" if open_at_pace(session) else "closed" if runs else "soon"
    return Paced(
        title=plan.title,
        introduction=plan.introduction,
        facilitator=plan.facilitator,
        state=state,
        until=_local(session, session.pace.ends_at),
        zone=plan.timezone,
        steps=tuple(_step(kinds, run) for run in runs),
        asks=bool(session.pace.why),
    )


def _step(kinds: Kinds, run: Run) -> Step:
    definition = run.definition
    asked = len(getattr(definition, "questions", ()))
    return Step(run.id, definition.title, kinds[definition.kind].name, run.phase, asked)


def _local(session: Session, at: datetime | None) -> datetime | None:
    return None if at is None else in_zone(at, session.plan.timezone)


def panel(session: Session, kinds: Kinds) -> Part:
    """Give what the animation sets, on the console and in the studio."""
    pace, steps = session.pace, session.plan.steps
    asked = {
        f"{step}/{one}": each.title for (step, one), each in asked_in(session.plan, kinds).items()
    }
    alone = [step for step in steps if kinds[step.kind].own_pace]
    view = Panel(
        until=_local(session, pace.until),
        zone=session.plan.timezone,
        open=len(open_at_pace(session)),
        closed=pace.closed_at is not None,
        waiting=sum(not session.runs_of(step.id) for step in alone),
        others=len(steps) - len(alone),
        why=pace.why,
        invited=pace.invited,
        sorts=tuple(
            Invited(
                one.name,
                "\n".join(f"{group.label}: {group.people}" for group in one.groups),
                sum(group.people for group in one.groups),
                asked.get("/".join(one.question or ()), ""),
            )
            for one in pace.sorts.values()
        ),
        choices=tuple(Choice(value, title) for value, title in asked.items()),
        ended=session.ended_at is not None,
    )
    return Part("session-pace", "panel", view, kind=KIND)
