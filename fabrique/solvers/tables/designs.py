"""Rounds in which nobody meets twice, by arithmetic: designs, known for many sizes of a room.

A design is an array of shape (rounds, points): the table of each point. Two points share a table
in one round at most. Point c·tables + i is the i-th of column c; in nets, two of a column never
meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from fabrique.solvers._chance import Ints
from fabrique.solvers.tables.fields import prime_powers, ring

NO_LIMIT = 1 << 30


class Family(Protocol):
    """A way to make designs."""

    def most(self, tables: int, size: int) -> int:
        """Give for how many rounds it has a design of `tables` tables of `size`, 0 for none."""

    def design(self, tables: int, size: int, rounds: int) -> Ints:
        """Make one, for at most that many rounds."""


class Nets:
    """Over a product of fields: column c and index i sit at table i + k·c in round k.

    Two columns meet once in all the rounds when (k − k′)·(c − c′) is never zero: differences of the
    diagonal elements, as many as the smallest field has, divide everything.
    """

    def most(self, tables: int, size: int) -> int:
        """Give the order of the ring, or of its smallest field; one more for a whole plane."""
        smallest = min(prime**power for prime, power in prime_powers(tables) or [(1, 1)])
        if size <= smallest:
            return tables + (size == tables)
        return smallest if size <= tables else 0

    def design(self, tables: int, size: int, rounds: int) -> Ints:
        """Make it; the last round of a whole plane is that of its columns."""
        whole, least = ring(tables), min(ring(tables).fields)
        columns = _elements(whole.fields, size, diagonal=size <= least)
        turns = _elements(whole.fields, min(rounds, tables), diagonal=size > least)
        shifts = whole.times[np.ix_(turns, columns)]
        made = _developed(whole.add[:, shifts])
        if rounds > tables:
            made = np.vstack([made, np.repeat(np.arange(size), tables)])
        return made


def _elements(fields: Sequence[int], count: int, *, diagonal: bool) -> Ints:
    """Give the first elements, or the first whose differences are units."""
    first = np.arange(count)
    if not diagonal:
        return first
    steps = np.cumprod([1, *reversed(fields)])[:-1]
    return first * int(steps.sum())


def _developed(sums: Ints) -> Ints:
    """From tables by (index, round, column) give those by (round, point)."""
    return np.ascontiguousarray(sums.transpose(1, 2, 0).reshape(sums.shape[1], -1))


class Circles:
    """The same over whole numbers modulo the tables: k·c stays below them."""

    def most(self, tables: int, size: int) -> int:
        """Give the rounds k for which (k − 1)·(size − 1) is less than the tables."""
        return NO_LIMIT if size == 1 else (tables - 1) // (size - 1) + 1

    def design(self, tables: int, size: int, rounds: int) -> Ints:
        """Make it."""
        turns, columns = np.arange(min(rounds, tables)), np.arange(size)
        shifts = np.outer(turns, columns)
        made = _developed((np.arange(tables)[:, None, None] + shifts) % tables)
        return made if rounds <= tables else np.resize(made, (rounds, made.shape[1]))


class Squares:
    """Two orthogonal Latin squares of order 3m + 1: rows, columns and both signs are the rounds.

    The orthogonal array of Bose, Shrikhande and Parker (1960): 4m columns developed modulo 2m + 1,
    beside two orthogonal squares of order m. It gives the order 10, for which no field exists.
    Smaller tables are rows left out, and then rows are no round.
    """

    def most(self, tables: int, size: int) -> int:
        """Give four rounds, three for smaller tables, where m is odd (10, 16, 22, 28)."""
        m, rest = divmod(tables - 1, 3)
        known = rest == 0 and m > 1 and m % 2 == 1 and size <= tables
        return (4 if size == tables else 3) if known else 0

    def design(self, tables: int, size: int, rounds: int) -> Ints:
        """Make it."""
        array = _array((tables - 1) // 3)
        array = array[:, np.lexsort((array[1], array[0]))]
        if size == tables:
            return np.ascontiguousarray(array[:rounds])
        return np.ascontiguousarray(array[1 : rounds + 1, : size * tables])


def _array(m: int) -> Ints:
    n = 2 * m + 1
    none, rising, falling = [0] * m, [*range(1, m + 1)], [*range(2 * m, m, -1)]
    outside = [*range(n, n + m)]
    rows = (
        none + rising + falling + outside,
        rising + none + outside + falling,
        falling + outside + none + rising,
        outside + falling + rising + none,
    )
    base = np.array(rows)
    shifted = [np.where(base < n, (base + by) % n, base) for by in range(n)]
    same = np.tile(np.arange(n), (4, 1))
    i, j = np.divmod(np.arange(m * m), m)
    small = n + np.stack([i, j, (i + j) % m, (i + 2 * j) % m])
    return np.hstack([*shifted, same, small])


FAMILIES: tuple[Family, ...] = (Nets(), Circles(), Squares())


def most_rounds(tables: int, size: int) -> int:
    """Give for how many rounds of `tables` tables of `size` a design is known here."""
    return max(family.most(tables, size) for family in FAMILIES)


def design(tables: int, size: int, rounds: int) -> Ints | None:
    """Give a design of at most `rounds` rounds, as many as are known, or None."""
    known = {family.most(tables, size): family for family in reversed(FAMILIES)}
    best = max(known)
    enough = [family for family in FAMILIES if family.most(tables, size) >= rounds]
    family = enough[0] if enough else known[best]
    wanted = min(rounds, max(best, 0))
    return family.design(tables, size, wanted) if wanted > 1 else None
