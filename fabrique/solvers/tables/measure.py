"""What a plan is worth: who meets again, how often people who are alike share a table."""

from __future__ import annotations

import numpy as np

from fabrique.solvers._chance import Ints
from fabrique.solvers.tables.kernels import Small
from fabrique.solvers.tables.problem import UNKNOWN, Problem


def pairs(problem: Problem, place: Ints) -> Ints:
    """Give each pair that shares a table as first · people + second, once for each round."""
    people, found = len(problem.ids), []
    for row in place[:, :people]:
        order = np.argsort(row, kind="stable")
        tables = row[order]
        for apart in range(1, int(np.unique(row[row >= 0], return_counts=True)[1].max())):
            same = (tables[apart:] == tables[:-apart]) & (tables[apart:] >= 0)
            found.append(order[:-apart][same] * people + order[apart:][same])
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def repeats(problem: Problem, place: Ints) -> int:
    """Give the sum over pairs of the times they meet beyond the first."""
    met = pairs(problem, place)
    return len(met) - len(np.unique(met))


def meetings(problem: Problem, place: Ints) -> Small:
    """Give how often two people meet, shape (people, people)."""
    people = len(problem.ids)
    met = np.zeros(people * people, np.int16)
    np.add.at(met, pairs(problem, place), 1)
    square = met.reshape(people, people)
    square += square.T.copy()
    return square


def mix(problem: Problem, place: Ints) -> int:
    """Give the weighted pairs of one value at one table; tables below 0 are no tables."""
    total, people = 0, len(problem.ids)
    for attribute in problem.attributes:
        values = np.array(attribute.values)
        for row in place[:, :people]:
            there = (values != UNKNOWN) & (row >= 0)
            _, times = np.unique(row[there] * people + values[there], return_counts=True)
            total += attribute.weight * int((times * (times - 1) // 2).sum())
    return total
