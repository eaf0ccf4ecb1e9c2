"""People to bring together by two: what they share, what one brings and the other seeks."""

from __future__ import annotations

from msgspec import Struct

FORBIDDEN = 1_000_000
"""What two of the same structure cost."""


class Person(Struct, frozen=True):
    """Somebody, with as many pairs as they take; "" and no interest are what is not known."""

    id: str
    interests: frozenset[str] = frozenset()
    structure: str = ""
    capacity: int = 1
    brings: frozenset[str] = frozenset()
    seeks: frozenset[str] = frozenset()
    territory: str = ""


class Problem(Struct, frozen=True):
    """Mentors and newcomers; or one population, whose `newcomers` are none."""

    mentors: tuple[Person, ...]
    newcomers: tuple[Person, ...] | None = None

    def find(self) -> tuple[dict[str, Person], dict[str, Person]]:
        """Give both sides by id; twice the same in one population."""
        first = {one.id: one for one in self.mentors}
        second = self.newcomers
        return first, first if second is None else {one.id: one for one in second}


def same(one: Person, other: Person) -> bool:
    """Say whether both are of one structure."""
    return bool(one.structure) and one.structure == other.structure


def score(one: Person, other: Person, *, both_ways: bool) -> int:
    """Give what a pair is worth; `one` is the mentor unless it goes `both_ways`."""
    met = len(one.interests & other.interests) + len(one.brings & other.seeks)
    met += len(one.seeks & other.brings) if both_ways else 0
    away = bool(one.territory) and bool(other.territory) and one.territory != other.territory
    return met - away - (FORBIDDEN if same(one, other) else 0)
