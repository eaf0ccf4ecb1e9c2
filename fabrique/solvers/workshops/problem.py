"""People, what they would like in order, and the places that there are."""

from __future__ import annotations

from msgspec import Struct


class Offer(Struct, frozen=True):
    """A workshop held in a slot ("" where there is only one), for `capacity` people."""

    workshop: str
    capacity: int
    slot: str = ""


class Problem(Struct, frozen=True):
    """Who chooses what.

    `choices[p]` names a workshop a rank, best first, "" where none was given; every row has
    `ranks` cells. `slots` are in the order of the file.
    """

    people: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...]
    offers: tuple[Offer, ...]
    slots: tuple[str, ...]
    ranks: int
    sum: bool = False
    """Whether the least sum of ranks is looked for, and not the fewest of the worst rank."""

    @property
    def single(self) -> bool:
        """Say whether there is only one slot."""
        return len(self.slots) == 1

    def ranks_of(self, person: int) -> dict[str, int]:
        """Give the rank of each workshop that a person chose, 0 for the first choice, in order."""
        ranks: dict[str, int] = {}
        for rank, name in enumerate(self.choices[person]):
            if name:
                ranks.setdefault(name, rank)
        return ranks
