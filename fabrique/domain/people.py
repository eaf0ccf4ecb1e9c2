"""Who is in the room, and how many people a device answers for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct


class Attendee(Struct):
    """A participant as the journal knows them: no name here, names live in a side table."""

    heads: int
    joined_at: datetime
    present: bool = True
    allowance: float = 0.0  # how much longer than others they have: 0.5 is half as long again


class People(dict[str, Attendee]):
    """Every participant of the session by id, in order of joining."""

    def heads(self, ids: Iterable[str]) -> int:
        """Count people, not devices: the sum of heads over distinct `ids`."""
        return sum(self.weight(one) for one in set(ids))

    def weight(self, one: str) -> int:
        """Say how many people `one` answers for; a redacted participant still counts for one."""
        attendee = self.get(one)
        return attendee.heads if attendee else 1

    def present(self) -> set[str]:
        """Give the ids of those who are in the room now."""
        return {one for one, attendee in self.items() if attendee.present}

    def slower(self) -> set[str]:
        """Give the ids of those in the room who have more time than others."""
        return {one for one, who in self.items() if who.present and who.allowance}

    def longest_allowance(self) -> float:
        """Give the largest share of time that somebody in the room has more than others."""
        return max((one.allowance for one in self.values() if one.present), default=0.0)
