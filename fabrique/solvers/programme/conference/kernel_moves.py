"""The changes that are tried: a submission elsewhere, two exchanged, two cells, two rooms."""

from __future__ import annotations

import numpy as np
from numba import njit

from fabrique.solvers._chance import accepts, below
from fabrique.solvers.programme.conference.kernel import State, drop, lift, tardy
from fabrique.solvers.programme.conference.tables import Ints, Tables


@njit(cache=True)
def _remove(state: State, cell: int, n: int) -> int:
    """Take a submission out of a row; give where it stood."""
    found = 0
    while state.row[cell, found] != n:
        found += 1
    for k in range(found, state.many[cell] - 1):
        state.row[cell, k] = state.row[cell, k + 1]
    state.many[cell] -= 1
    return found


@njit(cache=True)
def _insert(state: State, cell: int, n: int, place: int) -> None:
    for k in range(state.many[cell], place, -1):
        state.row[cell, k] = state.row[cell, k - 1]
    state.row[cell, place] = n
    state.many[cell] += 1


@njit(cache=True)
def _exchange(state: State, one: int, other: int) -> None:
    """Exchange the contents of two cells."""
    for k in range(max(state.many[one], state.many[other])):
        state.row[one, k], state.row[other, k] = state.row[other, k], state.row[one, k]
    state.many[one], state.many[other] = state.many[other], state.many[one]


@njit(cache=True)
def move(tables: Tables, state: State, n: int, cell: int, place: int, missing: int) -> int:
    """Put a submission into a cell (−1: nowhere) at a place of its row; give what that adds."""
    track = tables.track[n]
    before = state.at[n]
    cost = 0
    if before >= 0:
        cost += lift(tables, state, before)
        _remove(state, before, n)
        cost += drop(tables, state, before)
    else:
        cost -= missing * tables.need[n]
    if cell >= 0:
        cost += lift(tables, state, cell)
        _insert(state, cell, n, min(place, state.many[cell]))
        cost += drop(tables, state, cell)
    else:
        cost += missing * tables.need[n]
    return cost + tardy(tables, state, track)


@njit(cache=True)
def trade(tables: Tables, state: State, one: int, other: int) -> int:
    """Exchange the contents of two cells; give what that adds."""
    cost = lift(tables, state, one) + lift(tables, state, other)
    _exchange(state, one, other)
    cost += drop(tables, state, one) + drop(tables, state, other)
    for cell in (one, other):
        if state.owner[cell] >= 0:
            cost += tardy(tables, state, state.owner[cell])
    return cost


@njit(cache=True)
def swap(tables: Tables, state: State, n: int, m: int) -> int:
    """Exchange the places of two submissions of one track; give what that adds."""
    one, other = state.at[n], state.at[m]
    cost = lift(tables, state, one)
    if other != one:
        cost += lift(tables, state, other)
    for cell in (one, other):
        for k in range(state.many[cell]):
            if state.row[cell, k] == n:
                state.row[cell, k] = m
            elif state.row[cell, k] == m:
                state.row[cell, k] = n
        if one == other:
            break
    cost += drop(tables, state, one)
    if other != one:
        cost += drop(tables, state, other)
    return cost + tardy(tables, state, tables.track[n])


@njit(cache=True)
def _roomy(tables: Tables, state: State, one: int, other: int) -> bool:
    """Say whether the contents of two cells fit where the others are."""
    rooms = tables.flat[1]
    return bool(
        state.used[one] <= tables.slots[other // rooms]
        and state.used[other] <= tables.slots[one // rooms]
    )


@njit(cache=True)
def _shift(
    tables: Tables, state: State, chance: Ints, luck: Ints, warmth: int, missing: int
) -> int:
    """Try to put a submission elsewhere, sometimes in the cell of another track.

    Long on purpose: a move and its undoing share a dozen values, and compiled code has no closures.
    """
    n = below(chance, len(tables.track))
    rooms, cells = tables.flat[1], len(state.many)
    track = tables.track[n]
    cell = below(chance, cells)
    if below(chance, 3):  # mostly beside another of its track
        low = tables.begins[track]
        friend = tables.mine[low + below(chance, tables.begins[track + 1] - low)]
        if state.at[friend] >= 0:
            cell = state.at[friend]
    place = below(chance, state.many[cell] + 1)
    before = state.at[n]
    if before == cell:
        return 0
    where = 0
    if before >= 0:
        while state.row[before, where] != n:
            where += 1
    out = np.zeros(state.row.shape[1], np.int64)
    outs, cost = 0, 0
    if state.owner[cell] >= 0 and state.owner[cell] != track:
        while state.many[cell] > 0:
            out[outs] = state.row[cell, 0]
            outs += 1
            cost += move(tables, state, state.row[cell, 0], -1, 0, missing)
    while state.used[cell] + tables.need[n] > tables.slots[cell // rooms]:
        if state.many[cell] == 0:  # too long for this session
            for k in range(outs - 1, -1, -1):
                move(tables, state, out[k], cell, 0, missing)
            return 0
        out[outs] = state.row[cell, 0]
        outs += 1
        cost += move(tables, state, state.row[cell, 0], -1, 0, missing)
    cost += move(tables, state, n, cell, place, missing)
    # What had to leave may take the place that is free now.
    for k in range(outs):
        m = out[k]
        if (
            before >= 0
            and (state.many[before] == 0 or state.owner[before] == tables.track[m])
            and state.used[before] + tables.need[m] <= tables.slots[before // rooms]
        ):
            cost += move(tables, state, m, before, where, missing)
    if accepts(chance, luck, cost, warmth):
        return cost
    move(tables, state, n, -1, 0, missing)
    for k in range(outs):
        if state.at[out[k]] >= 0:
            move(tables, state, out[k], -1, 0, missing)
    for k in range(outs - 1, -1, -1):
        move(tables, state, out[k], cell, 0, missing)
    if before >= 0:
        move(tables, state, n, before, where, missing)
    return 0


@njit(cache=True)
def _trade_rooms(
    tables: Tables, state: State, chance: Ints, luck: Ints, warmth: int, whole: int
) -> int:
    """Try to exchange two cells, or (`whole`) two rooms in all sessions where one has a track."""
    rooms, cells = tables.flat[1], len(state.many)
    one = below(chance, cells)
    if state.many[one] == 0:
        return 0
    if not whole:
        other = below(chance, cells)
        if one == other or not _roomy(tables, state, one, other):
            return 0
        cost = trade(tables, state, one, other)
        if accepts(chance, luck, cost, warmth):
            return cost
        trade(tables, state, one, other)
        return 0
    track, room, to = state.owner[one], one % rooms, below(chance, rooms)
    if room == to:
        return 0
    done = np.zeros(tables.flat[0], np.int64)
    cost = 0
    for s in range(tables.flat[0]):
        if state.owner[s * rooms + room] == track or state.owner[s * rooms + to] == track:
            cost += trade(tables, state, s * rooms + room, s * rooms + to)
            done[s] = 1
    if accepts(chance, luck, cost, warmth):
        return cost
    for s in range(tables.flat[0]):
        if done[s]:
            trade(tables, state, s * rooms + room, s * rooms + to)
    return 0


@njit(cache=True)
def _swap_two(tables: Tables, state: State, chance: Ints, luck: Ints, warmth: int) -> int:
    """Try to exchange two submissions of one track."""
    n = below(chance, len(tables.track))
    low = tables.begins[tables.track[n]]
    m = tables.mine[low + below(chance, tables.begins[tables.track[n] + 1] - low)]
    one, other = state.at[n], state.at[m]
    if n == m or one < 0 or other < 0:
        return 0
    more = tables.need[m] - tables.need[n]
    if one != other and more:
        rooms = tables.flat[1]
        if (
            state.used[one] + more > tables.slots[one // rooms]
            or state.used[other] - more > tables.slots[other // rooms]
        ):
            return 0
    cost = swap(tables, state, n, m)
    if accepts(chance, luck, cost, warmth):
        return cost
    swap(tables, state, n, m)
    return 0


@njit(cache=True)
def anneal(
    tables: Tables,
    state: State,
    best: State,
    chance: Ints,
    luck: Ints,
    warmths: Ints,
    figures: Ints,
    moves: int,
) -> None:
    """Try `moves` changes at each temperature; `figures` are cost, best cost, missing."""
    for warmth in warmths:
        for _ in range(moves):
            kind = below(chance, 16)
            if kind < 7:
                more = _shift(tables, state, chance, luck, warmth, figures[2])
            elif kind < 11:
                more = _swap_two(tables, state, chance, luck, warmth)
            else:
                more = _trade_rooms(tables, state, chance, luck, warmth, kind // 14)
            figures[0] += more
            if figures[0] < figures[1]:
                figures[1] = figures[0]
                best.row[:] = state.row
                best.many[:] = state.many
