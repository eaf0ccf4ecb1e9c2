"""Items, slots, rooms, and what each person would like to attend."""

from __future__ import annotations

from msgspec import Struct


class Room(Struct, frozen=True):
    """A room; `seats` are None where nobody counted them."""

    id: str
    seats: int | None


class Item(Struct, frozen=True):
    """What is to be placed.

    `slots` are where it may be, as indexes; `rooms` those it may have (empty: any); `slot` and
    `room` are where it was published, None if it was not.
    """

    id: str
    voices: frozenset[str] = frozenset()
    slots: tuple[int, ...] = ()
    rooms: frozenset[int] = frozenset()
    seats: int | None = None
    slot: int | None = None
    room: int | None = None


class Problem(Struct, frozen=True):
    """The whole; `wishes` are indexes of items by person, `change` the cost of a moved item."""

    slots: tuple[str, ...]
    rooms: tuple[Room, ...]
    items: tuple[Item, ...]
    wishes: tuple[frozenset[int], ...]
    change: int = 0
    voices: tuple[str, ...] = ()

    def demand(self) -> list[int]:
        """Count who wishes each item."""
        counts = [0] * len(self.items)
        for mine in self.wishes:
            for n in mine:
                counts[n] += 1
        return counts
