"""Who is to meet whom, when they can, and at how many tables."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from fabrique.domain.text import Text, Words

MOST_SLOTS = 60
"""A day is held as bits of one whole number."""
MOST_GAPS_APART = 2
"""The most that two people's numbers of gaps may differ by."""


class Person(Struct, frozen=True):
    """Somebody who meets others; `table` is a host's own, from 1."""

    said: Words
    table: int | None = None


class Meeting(Struct, frozen=True):
    """Two people, as places in `people`; `index` is its row in the input, from 1.

    `slots` are those in which it may be, as places from 0, rising. `worth` decides which are held
    where not all can be; None: it must be.
    """

    index: int
    a: int
    b: int
    slots: tuple[int, ...]
    worth: int | None = None

    @property
    def ends(self) -> tuple[int, int]:
        """Give the two people."""
        return self.a, self.b


class Problem(Struct, frozen=True):
    """A day of meetings.

    `numbers` are the slots as the input counts them, from 1, rising: breaks are left out. `morning`
    is how many of them are before noon. `before` holds (m, n): meeting m comes strictly before n,
    as places in `meetings`.
    """

    people: tuple[Person, ...]
    numbers: tuple[int, ...]
    morning: int
    tables: int
    meetings: tuple[Meeting, ...]
    before: tuple[tuple[int, int], ...] = ()

    @property
    def theirs(self) -> list[list[int]]:
        """Give the meetings of each person, as places."""
        found: list[list[int]] = [[] for _ in self.people]
        for m, meeting in enumerate(self.meetings):
            found[meeting.a].append(m)
            found[meeting.b].append(m)
        return found

    def call(self, m: int) -> Text:
        """Name a meeting."""
        one = self.meetings[m]
        who = {"a": self.people[one.a].said, "b": self.people[one.b].said, "row": one.index}
        return Text("meeting {row} ({a} with {b})", who)


def keep(problem: Problem, places: list[int]) -> Problem:
    """Give the problem of some of the meetings."""
    new = {m: n for n, m in enumerate(places)}
    before = tuple((new[m], new[n]) for m, n in problem.before if m in new and n in new)
    return replace(problem, meetings=tuple(problem.meetings[m] for m in places), before=before)


def listed(parts: list[Words], most: int = 12) -> Words:
    """Join the first of some words by semicolons."""
    said = parts[0]
    for one in parts[1:most]:
        said = Text("{before}; {after}", {"before": said, "after": one})
    if len(parts) > most:
        said = Text("{before}; and {n} more", {"before": said, "n": len(parts) - most})
    return said
