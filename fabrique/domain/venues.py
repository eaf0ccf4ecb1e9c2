"""Comparing venues: what each offers against what is wanted, weighed; a figure, never a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from fabrique.domain.text import Text

HEAVIEST = 3
BEST = 4  # of a grade from 0


class Lead(StrEnum):
    """Where a lead is."""

    IDEA = "idea"
    ASKED = "asked"
    VISITED = "visited"
    OFFERED = "offered"
    GONE = "gone"
    CHOSEN = "chosen"


LEADS = {
    Lead.IDEA: Text("an idea"),
    Lead.ASKED: Text("asked"),
    Lead.VISITED: Text("visited"),
    Lead.OFFERED: Text("offer received"),
    Lead.GONE: Text("not possible"),
    Lead.CHOSEN: Text("chosen"),
}


class Measure(StrEnum):
    """How a criterion is read."""

    GRADE = "grade"  # 0 to 4, by eye
    LEAST = "least"  # at least so much: seats
    MOST = "most"  # at most so much: a price
    WORDS = "words"  # told, not counted


MEASURES = {
    Measure.GRADE: Text("a grade from 0 to 4"),
    Measure.LEAST: Text("a figure: at least what is wanted"),
    Measure.MOST: Text("a figure: at most what is wanted"),
    Measure.WORDS: Text("words only"),
}
WEIGHTS = {
    0: Text("not counted"),
    1: Text("counts"),
    2: Text("counts double"),
    3: Text("counts three times"),
}


class Usual(Struct, frozen=True):
    """A criterion that a search starts from."""

    name: Text
    measure: Measure
    weight: int


USUAL = (
    Usual(Text("Seats"), Measure.LEAST, 3),
    Usual(Text("Accessibility"), Measure.GRADE, 3),
    Usual(Text("Price (€)"), Measure.MOST, 2),
    Usual(Text("Train or bus nearby"), Measure.GRADE, 2),
    Usual(Text("Lodging nearby"), Measure.GRADE, 1),
    Usual(Text("Technical equipment"), Measure.GRADE, 1),
    Usual(Text("Rooms for workshops"), Measure.GRADE, 1),
)


class Criterion(Struct, frozen=True):
    """What is compared."""

    id: int
    name: str
    measure: Measure
    weight: int
    wanted: Decimal | None = None


class Value(Struct, frozen=True):
    """What a venue has."""

    figure: Decimal | None = None
    words: str = ""


class Score(Struct, frozen=True):
    """How far a venue meets what is counted, and how much of it is known."""

    percent: int | None  # None: nothing is known
    known: int
    counted: int
    short: tuple[str, ...]  # criteria of which it has less than what is wanted


def meets(criterion: Criterion, value: Value) -> Decimal | None:
    """Say how far a value meets its criterion, from 0 to 1; None where it cannot be said."""
    figure, wanted = value.figure, criterion.wanted
    if figure is None or criterion.measure is Measure.WORDS:
        return None
    if criterion.measure is Measure.GRADE:
        return min(max(figure, Decimal(0)), Decimal(BEST)) / BEST
    if wanted is None or wanted <= 0:
        return None
    if criterion.measure is Measure.LEAST:
        return min(max(figure, Decimal(0)) / wanted, Decimal(1))
    return Decimal(1) if figure <= wanted else wanted / figure


def score(criteria: Sequence[Criterion], values: Mapping[int, Value]) -> Score:
    """Weigh what is known of a venue; what is not known counts neither for nor against it."""
    counted = [one for one in criteria if one.weight and one.measure is not Measure.WORDS]
    met = {one.id: meets(one, values.get(one.id, Value())) for one in counted}
    known = [one for one in counted if met[one.id] is not None]
    weight = sum(one.weight for one in known)
    total = sum((Decimal(one.weight) * (met[one.id] or 0) for one in known), Decimal(0))
    percent = round(total / weight * 100) if weight else None
    short = tuple(one.name for one in known if _short(one, met[one.id]))
    return Score(percent, len(known), len(counted), short)


def _short(criterion: Criterion, met: Decimal | None) -> bool:
    bar = Decimal("0.5") if criterion.measure is Measure.GRADE else Decimal(1)
    return met is not None and met < bar


def late(decide_by: date | None, today: date, *, decided: bool) -> bool:
    """Say whether the day to decide has gone by and nothing was."""
    return not decided and decide_by is not None and today > decide_by
