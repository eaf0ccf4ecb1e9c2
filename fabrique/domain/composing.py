"""What somebody asks of a composition: who, mixed by what, at how many tables, how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from msgspec import Meta

from fabrique.domain.schema import Line, Part
from fabrique.domain.text import Invalid, Text

MOST_ROUNDS = 20
MOST_TABLES = 2000
Pair = tuple[str, str]
Weight = Annotated[int, Meta(ge=0, le=9)]
FEW = Text("Two people at least are needed to compose tables.")
ALONE = Text("{tables} tables for {people} people: somebody would sit alone. Take at most {most}.")
BOTH = Text("{one} and {other} are to be kept together and apart.")


class Wanted(Part, frozen=True, omit_defaults=False):
    """The settings of a composition of rotating tables; ids are those of registrations.

    `mix` gives each attribute its weight, 0 to 9; `meet` is the weight of meeting new people
    against mixing, `calm` that of moving nobody without need when a plan is repaired.
    """

    who: Literal["seated", "present"] = "seated"
    pools: tuple[int, ...] = ()  # all where it is empty
    size: Annotated[int, Meta(ge=2, le=200)] = 8
    tables: Annotated[int, Meta(ge=0, le=MOST_TABLES)] = 0  # 0: as the size asks
    rounds: Annotated[int, Meta(ge=1, le=MOST_ROUNDS)] = 3
    mix: Mapping[Line, Weight] = {}
    together: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    hosts: Mapping[str, int] = {}  # who stays, at which table from 1

    def tables_for(self, people: int) -> int:
        """Give the number of tables for so many people."""
        return self.tables or max(1, -(-people // self.size))


def check_wanted(wanted: Wanted, names: Mapping[str, str]) -> None:
    """Raise `Invalid` for what contradicts itself, before anything is computed.

    `names` are those of the people concerned, by id.
    """
    if len(names) < 2:  # noqa: PLR2004 - a pair
        raise Invalid(FEW)
    tables = wanted.tables_for(len(names))
    if len(names) < 2 * tables:
        said = {"tables": tables, "people": len(names), "most": len(names) // 2}
        raise Invalid(Text(ALONE.msgid, said), "tables")
    for pair in _both(wanted.together, wanted.apart):
        one, other = sorted(names.get(who, who) for who in pair)
        raise Invalid(Text(BOTH.msgid, {"one": one, "other": other}), "apart")


def _both(together: Sequence[Pair], apart: Sequence[Pair]) -> list[frozenset[str]]:
    both = {frozenset(one) for one in together} & {frozenset(one) for one in apart}
    return sorted(both, key=sorted)
