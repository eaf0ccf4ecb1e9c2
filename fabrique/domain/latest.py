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
        self.revised |= other.revised
        self.given += other.given

    def people(self) -> set[str]:
        """Give the ids of those who answered."""
        return set(self.current)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Go through (participant, current answer)."""
        return iter(self.current.items())
