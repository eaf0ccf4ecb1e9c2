"""How good a plan is, in sentences: what it is worth, which wishes are broken, what would help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from fabrique.domain.text import Text
from fabrique.solvers.tables.designs import most_rounds
from fabrique.solvers.tables.problem import Problem

MOST_NAMED = 200
MORE_TABLES = 1.5
"""As many tables more are proposed at most."""

Rounds = Sequence[Sequence[Sequence[str]]]


def explain(
    problem: Problem, rounds: Rounds, value: Mapping[str, int], bound: Mapping[str, int]
) -> tuple[Text, ...]:
    """Give the sentences: the worth first, then each broken wish, then a proposal."""
    again = _again(rounds)
    said = [Text("{repeats}; {mix}.", {"repeats": _met(value, bound), "mix": _mixed(value, bound)})]
    if not any(one.weight for one in problem.attributes):
        said = [Text("{repeats}.", {"repeats": _met(value, bound)})]
    said += _proofs(problem, value, bound)
    said += _apart(problem, rounds)
    said += [_meets(pair, turns) for pair, turns in list(again.items())[:MOST_NAMED]]
    if len(again) > MOST_NAMED:
        more = {"n": len(again) - MOST_NAMED}
        said.append(Text("{n} pair more meets again.", more, "{n} pairs more meet again."))
    return (*said, *_proposal(problem, value))


def _met(value: Mapping[str, int], bound: Mapping[str, int]) -> Text:
    repeats, least = value["repeats"], bound["repeats"]
    if not repeats:
        return Text("Nobody meets twice")
    what = {"n": repeats, "more": repeats - least}
    if repeats == least:
        return Text(
            "{n} meeting is repeated, the fewest possible",
            what,
            "{n} meetings are repeated, the fewest possible",
        )
    return Text(
        "{n} meeting is repeated, at most {more} more than the fewest possible",
        what,
        "{n} meetings are repeated, at most {more} more than the fewest possible",
    )


def _mixed(value: Mapping[str, int], bound: Mapping[str, int]) -> Text:
    mix, least = value["mix"], bound["mix"]
    if mix <= least:
        return Text("the mix is the best possible")
    if not least:
        return Text("the mix has {n} likenesses at tables, where none may be possible", {"n": mix})
    tenths = -(-1000 * (mix - least) // least)
    share = tenths / 10 if tenths % 10 else tenths // 10
    return Text("the mix is {percent} % above the best possible", {"percent": share})


def _proofs(problem: Problem, value: Mapping[str, int], bound: Mapping[str, int]) -> Iterator[Text]:
    """Say which of the two is proved, where only one is."""
    if not any(one.weight for one in problem.attributes):
        return
    repeats, mix = value["repeats"] <= bound["repeats"], value["mix"] <= bound["mix"]
    if repeats and not mix:
        yield Text("That nobody can have fewer repeats is proved; that the mix is best is not.")
    if mix and not repeats:
        yield Text("That nobody can mix better is proved; that repeats are fewest is not.")


def _again(rounds: Rounds) -> dict[tuple[str, str], list[int]]:
    """Give the rounds, from 1, of each pair that meets twice or more, the most often first."""
    met: dict[tuple[str, str], list[int]] = {}
    for turn, tables in enumerate(rounds, 1):
        for table in tables:
            for first, second in combinations(sorted(table), 2):
                met.setdefault((first, second), []).append(turn)
    several = {pair: turns for pair, turns in met.items() if len(turns) > 1}
    return dict(sorted(several.items(), key=lambda one: (-len(one[1]), one[0])))


def _meets(pair: tuple[str, str], turns: list[int]) -> Text:
    *others, last = map(str, turns)
    what = {"first": pair[0], "second": pair[1], "others": ", ".join(others), "last": last}
    return Text("{first} and {second} meet again: rounds {others} and {last}.", what)


def _apart(problem: Problem, rounds: Rounds) -> Iterator[Text]:
    """Name those who share a table and were to be kept apart, in rounds that were not played."""
    first = problem.locked.played if problem.locked else 0
    for turn, tables in enumerate(rounds[first:], first + 1):
        at = {one: n for n, table in enumerate(tables, 1) for one in table}
        for one, other in problem.apart:
            pair = problem.ids[one], problem.ids[other]
            if pair[0] in at and at[pair[0]] == at.get(pair[1]):
                what = {"first": pair[0], "second": pair[1], "table": at[pair[0]], "round": turn}
                yield Text(
                    "{first} and {second} were to be apart: table {table}, round {round}.", what
                )


def _proposal(problem: Problem, value: Mapping[str, int]) -> Iterator[Text]:
    if not value["repeats"] or problem.together or problem.locked:
        return
    hosts = dict(problem.hosts)
    if len(set(hosts.values())) < len(hosts):
        return
    people = len(problem.ids)
    for tables in range(problem.tables + 1, int(problem.tables * MORE_TABLES) + 2):
        if tables <= people and most_rounds(tables, -(-people // tables)) >= problem.rounds:
            what = {"tables": tables, "instead": problem.tables}
            yield Text("With {tables} tables instead of {instead}, nobody would meet twice.", what)
            return
