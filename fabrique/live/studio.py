"""The facilitator's workshop: the running order as a list, and a form for each of its steps."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, structs

from fabrique.domain.fields import Field, Names, form
from fabrique.domain.registry import discover
from fabrique.domain.session import Kinds, Session
from fabrique.domain.shapes import names_of
from fabrique.domain.step import Definition
from fabrique.domain.text import Name
from fabrique.domain.view import Part

STUDIO = "prepare"  # the screen, and the file of its templates
LIST, BESIDE, FORMS = "prepare-list", "prepare-beside", "prepare-forms"  # ids of its lists
PUBLICATION = "publication"
ANSWERED = (PUBLICATION, "scribe")  # settings of what people answer
TIMED = ("seconds", "scribe")  # settings of what opens and closes in its turn


class Head(Struct, frozen=True):
    """What the door says of the session, and how the running order stands."""

    title: str
    facilitator: str
    introduction: str
    steps: int
    seconds: float  # of the steps that have a time
    timeless: int  # steps that have none
    undo: bool
    ended: bool


class Line(Struct, frozen=True):
    """A step in the list; `number` from 1, 0 beside the running order."""

    id: str
    number: int
    title: str
    name: Name
    seconds: float | None
    last: bool
    played: bool


class Sheet(Struct, frozen=True):
    """The form of a step; `more` is what is rarely set."""

    id: str
    number: int
    title: str
    name: Name
    played: bool
    fields: tuple[Field, ...]
    more: tuple[Field, ...]


def parts(session: Session, kinds: Kinds) -> list[Part]:
    """Give the fragments of the screen."""
    steps, beside = session.plan.steps, session.plan.beside
    found = [_part("studio-head", "head", _head(session))]
    for place, step in enumerate(steps):
        found += _step(session, kinds, step, place, place + 1)
    for place, step in enumerate(beside, len(steps)):
        found += _step(session, kinds, step, place, 0)
    return found


def _part(key: str, partial: str, view: Struct, within: str = "", rank: int = 0) -> Part:
    return Part(key, partial, view, within, rank, STUDIO)


def _head(session: Session) -> Head:
    plan = session.plan
    times = [step.seconds for step in plan.steps if step.seconds is not None]
    return Head(
        title=plan.title,
        facilitator=plan.facilitator,
        introduction=plan.introduction,
        steps=len(plan.steps),
        seconds=sum(times),
        timeless=len(plan.steps) - len(times),
        undo=bool(session.plans),
        ended=session.ended_at is not None,
    )


def _step(
    session: Session, kinds: Kinds, step: Definition, place: int, number: int
) -> tuple[Part, Part]:
    played = bool(session.runs_of(step.id))
    name = kinds[step.kind].name
    last = number == len(session.plan.steps)
    line = Line(step.id, number, step.title, name, step.seconds, last, played)
    within = LIST if number else BESIDE
    return (
        _part(f"line:{step.id}", "line", line, within, place),
        _part(f"form:{step.id}", "form", _sheet(kinds, step, number, played=played), FORMS, place),
    )


def _sheet(kinds: Kinds, step: Definition, number: int, *, played: bool) -> Sheet:
    activity = kinds[step.kind]
    without = {*(() if activity.asks else ANSWERED), *(TIMED if activity.always else ())}
    if len(activity.policies) == 1:  # nothing to choose
        without.add(PUBLICATION)
    shared = set(names_of(Definition)) - {"title", "instruction"}
    found = (one for one in form(step, _names()) if one.path[0] not in without)
    fields = [_offered(activity, one) if one.path == (PUBLICATION,) else one for one in found]
    return Sheet(
        id=step.id,
        number=number,
        title=step.title,
        name=activity.name,
        played=played,
        fields=tuple(one for one in fields if one.path[0] not in shared),
        more=tuple(one for one in fields if one.path[0] in shared),
    )


def _offered(activity: Any, field: Field) -> Field:
    """Leave the policies that this kind has: any other would be refused."""
    kept = ("", *activity.policies)
    return structs.replace(field, choices=tuple(c for c in field.choices if c.value in kept))


def _names() -> Names:
    return {name: kind.name for name, kind in discover("fabrique.questions").items()}
