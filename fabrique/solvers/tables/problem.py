"""What is asked of rotating tables: who comes, what mixes, who stays apart or together."""

from __future__ import annotations

from msgspec import Struct

UNKNOWN = -1


class Attribute(Struct, frozen=True):
    """A column: the weight of its mix, and for each person the index of a value, or `UNKNOWN`."""

    name: str
    weight: int
    values: tuple[int, ...]


class Locked(Struct, frozen=True):
    """A plan that people hold in hand: its tables of people by round, of which `played` are over.

    `absent` sit in none of the others, `late` in all of them.
    """

    rounds: tuple[tuple[tuple[int, ...], ...], ...]
    played: int
    absent: tuple[int, ...] = ()
    late: tuple[int, ...] = ()


class Problem(Struct, frozen=True):
    """People by index into `ids`; `tables` in each of `rounds` rounds, of sizes that differ by one.

    `together` are disjoint groups of two people or more; `hosts` gives people and the index of the
    table where they stay.
    """

    ids: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    tables: int
    rounds: int
    apart: tuple[tuple[int, int], ...] = ()
    together: tuple[tuple[int, ...], ...] = ()
    hosts: tuple[tuple[int, int], ...] = ()
    locked: Locked | None = None

    @property
    def played(self) -> int:
        """Give how many rounds are over."""
        return self.locked.played if self.locked else 0

    @property
    def largest(self) -> int:
        """Give the size of the largest tables, as long as nobody is missing."""
        return -(-len(self.present(self.rounds - 1)) // self.tables)

    def present(self, turn: int) -> tuple[int, ...]:
        """Give who is there in the round `turn`, from 0."""
        if not self.locked:
            return tuple(range(len(self.ids)))
        planned = {one for table in self.locked.rounds[turn] for one in table}
        if turn >= self.played:
            planned = planned - set(self.locked.absent) | set(self.locked.late)
        return tuple(sorted(planned))
