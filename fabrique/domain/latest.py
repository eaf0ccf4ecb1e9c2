"""Answers that replace: one current answer a person, its history counted."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from msgspec import Struct


class Latest(Struct):
    """The current answer of each participant, in order of their first answer."""

    current: dict[str, Any] = {}
    given: int = 0  # every accepted answer, replaced ones included
    changes: dict[str, int] = {}  # how many times each one answered again
    revised: set[str] = set()  # those with two consecutive positions that differ
    lines: dict[str, list[int]] = {}  # of the journal, that hold each one's words
    held: set[str] = set()  # those whose words wait until the facilitator has read them
    hidden: set[str] = set()  # those whose words the facilitator hid

    def put(self, participant: str, answer: Any, position: Hashable, before: Hashable) -> None:
        """Keep `answer`; `position` and `before` are what decides whether a mind was changed."""
        if participant in self.current:
            self.changes[participant] = self.changes.get(participant, 0) + 1
            if position != before:
                self.revised.add(participant)
        self.current[participant] = answer
        self.given += 1

    def take(self, other: Latest, ours: Iterable[str]) -> None:
        """Add a group's answers; those of `ours` replace what they answered in another group."""
        for participant, answer in other:
            if participant in ours or participant not in self.current:
                self.current[participant] = answer
        for participant, times in other.changes.items():
            self.changes[participant] = self.changes.get(participant, 0) + times
        for participant, lines in other.lines.items():
            self.lines[participant] = [*self.lines.get(participant, ()), *lines]
        self.revised |= other.revised
        self.held |= other.held
        self.hidden |= other.hidden
        self.given += other.given

    def state(self, participant: str) -> str:
        """Say where somebody's words stand: "hidden", "held", or nothing to say."""
        if participant in self.hidden:
            return "hidden"
        return "held" if participant in self.held else ""

    def public(self) -> list[Any]:
        """Give the answers whose words all may see, in order."""
        return [answer for one, answer in self if not self.state(one)]

    def people(self) -> set[str]:
        """Give the ids of those who answered."""
        return set(self.current)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Go through (participant, current answer)."""
        return iter(self.current.items())
