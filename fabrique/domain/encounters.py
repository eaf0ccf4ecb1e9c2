"""Who meets whom over the rounds of a plan: counted in plain Python, for pages and papers.

A round is a list of tables, a table a list of ids. Nothing here searches: what is proposed comes
from a solver, what is counted here is what people read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

Table = Sequence[str]
Round = Sequence[Table]
Rounds = Sequence[Round]
Attributes = Mapping[str, Mapping[str, str]]  # id → attribute → value; what is unknown is absent


class Tally(Struct, frozen=True):
    """What a plan is worth: times that a pair meets again, weighted pairs of a same value."""

    repeats: int
    mix: int


def met(rounds: Rounds) -> Counter[frozenset[str]]:
    """Count the rounds in which each pair shares a table."""
    return Counter(frozenset(pair) for table in tables(rounds) for pair in combinations(table, 2))


def tables(rounds: Rounds) -> Iterator[Table]:
    """Give every table of every round."""
    return (table for one in rounds for table in one)


def tally(rounds: Rounds, attributes: Attributes, weights: Mapping[str, int]) -> Tally:
    """Count repeats, Σ over pairs of max(0, times met − 1), and weighted same-value pairs."""
    again = sum(times - 1 for times in met(rounds).values())
    return Tally(again, sum(same(table, attributes, weights) for table in tables(rounds)))


def same(table: Table, attributes: Attributes, weights: Mapping[str, int]) -> int:
    """Count the pairs of one table that share a value, each weighted; an unknown value is none."""
    found = 0
    for name, weight in weights.items():
        values = Counter(attributes.get(who, {}).get(name, "") for who in table)
        values.pop("", None)
        found += weight * sum(n * (n - 1) // 2 for n in values.values())
    return found


def again(rounds: Rounds) -> list[tuple[str, str, list[int]]]:
    """Give the pairs that meet more than once, with the rounds from 1, worst first."""
    when: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(rounds, 1):
        for table in one:
            for a, b in combinations(sorted(table), 2):
                when[a, b].append(number)
    twice = [(a, b, at) for (a, b), at in when.items() if len(at) > 1]
    return sorted(twice, key=lambda one: (-len(one[2]), one))


class Reach(Struct, frozen=True):
    """How many pairs of people meet never, once, more often."""

    never: int
    once: int
    more: int


def reach(rounds: Rounds) -> Reach:
    """Count every pair of those who sit somewhere by how often it meets."""
    times = met(rounds).values()
    once = sum(n == 1 for n in times)
    everybody = len(people(rounds))
    pairs = everybody * (everybody - 1) // 2
    return Reach(pairs - len(times), once, len(times) - once)


def company(rounds: Rounds, who: str) -> list[list[str]]:
    """Give those whom somebody shares a table with, round by round."""
    return [[one for table in row if who in table for one in table if one != who] for row in rounds]


def routes(rounds: Rounds) -> dict[str, list[int]]:
    """Give each person their tables in the order of rounds, from 1; 0 where they sit nowhere."""
    found: dict[str, list[int]] = {}
    for number, one in enumerate(rounds):
        for place, table in enumerate(one, 1):
            for who in table:
                found.setdefault(who, [0] * len(rounds))[number] = place
    return found


def moved(before: Rounds, after: Rounds) -> dict[str, list[int]]:
    """Give who sits elsewhere than before, with the rounds from 1 in which they do.

    Who comes to a table, or leaves for good, moves nowhere.
    """
    old, new = routes(before), routes(after)
    found = {}
    for who in old.keys() & new.keys():
        pairs = zip(old[who], new[who], strict=True)
        at = [n for n, (was, now) in enumerate(pairs, 1) if was and now and was != now]
        if at:
            found[who] = at
    return found


def swapped(rounds: Rounds, number: int, one: str, other: str) -> list[list[list[str]]]:
    """Give the plan with two people exchanged in round `number` from 1, all else as it was."""
    turn = {one: other, other: one}
    return [
        [[turn.get(who, who) if n == number else who for who in table] for table in row]
        for n, row in enumerate(rounds, 1)
    ]


def seated(rounds: Rounds, number: int, who: str, place: int) -> list[list[list[str]]]:
    """Give the plan with somebody put at table `place` of round `number`, both from 1."""
    made = [[list(table) for table in row] for row in rounds]
    for table in made[number - 1]:
        if who in table:
            table.remove(who)
    made[number - 1][place - 1].append(who)
    return made


def people(rounds: Rounds) -> set[str]:
    """Give everybody who sits somewhere."""
    return {who for table in tables(rounds) for who in table}


def unknown(attributes: Attributes, ids: Iterable[str], name: str) -> int:
    """Say of how many of `ids` an attribute is not known."""
    return sum(not attributes.get(one, {}).get(name) for one in ids)


class Price(Struct, frozen=True):
    """What a move adds: times that a pair meets again, weighted pairs of a same value."""

    repeats: int
    mix: int

    @property
    def fewer(self) -> int:
        """How many fewer meetings happen again."""
        return max(0, -self.repeats)


class Prices:
    """Prices of moves within one round of a plan, without counting the whole plan anew."""

    def __init__(
        self, rounds: Rounds, number: int, attributes: Attributes, weights: Mapping[str, int]
    ) -> None:
        self._met = met(rounds)
        self._row = [list(table) for table in rounds[number - 1]]
        self._place = {who: n for n, table in enumerate(self._row) for who in table}
        self._attributes, self._weights = attributes, weights

    def swap(self, one: str, other: str) -> Price:
        """Price two people who exchange their seats."""
        here, there = self._place[one], self._place[other]
        if here == there:
            return Price(0, 0)
        return self._sum(
            (-1, one, self._without(here, one)),
            (+1, one, self._without(there, other)),
            (-1, other, self._without(there, other)),
            (+1, other, self._without(here, one)),
        )

    def seat(self, who: str, place: int) -> Price:
        """Price somebody who sits down at table `place`, from 1, besides those there."""
        here = self._place[who]
        if here == place - 1:
            return Price(0, 0)
        return self._sum((-1, who, self._without(here, who)), (+1, who, list(self._row[place - 1])))

    def _without(self, place: int, who: str) -> list[str]:
        return [one for one in self._row[place] if one != who]

    def _sum(self, *parts: tuple[int, str, list[str]]) -> Price:
        change: Counter[frozenset[str]] = Counter()
        mix = 0
        for sign, who, others in parts:
            for other in others:
                change[frozenset((who, other))] += sign
                mix += sign * self._alike(who, other)
        again = sum(
            max(0, self._met[pair] + by - 1) - max(0, self._met[pair] - 1)
            for pair, by in change.items()
        )
        return Price(again, mix)

    def _alike(self, one: str, other: str) -> int:
        a, b = self._attributes.get(one, {}), self._attributes.get(other, {})
        return sum(
            weight
            for name, weight in self._weights.items()
            if a.get(name) and a[name] == b.get(name)
        )
