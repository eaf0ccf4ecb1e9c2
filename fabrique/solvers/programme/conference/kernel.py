"""Annealing over the contents of cells: whole numbers only, compiled or not.

A cell (session, room) holds a row of submissions of one track, packed from its first slot. A
change lifts the cells it touches, one after the other, alters them and drops them again: each lift
and drop knows what it costs given all the others. Who has no place costs `missing` a slot.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from fabrique.solvers.programme.conference.tables import Ints, Tables


class State(NamedTuple):
    """What is where; −1 is nowhere or nothing."""

    row: Ints  # (cells, most) submissions in order
    many: Ints  # (cells,) how many there are
    used: Ints  # (cells,) slots
    owner: Ints  # (cells,) the track whose cell it is, while it counts
    at: Ints  # (N,) cell, while it counts
    start: Ints  # (N,) first slot
    by_session: Ints  # (T, S) cells
    by_room: Ints  # (T, R) cells
    lateness: Ints  # (T,) cost of order, as it was counted last


def empty_state(tables: Tables) -> State:
    """Give a state in which nothing has a place."""
    sessions, rooms = int(tables.flat[0]), int(tables.flat[1])
    cells, tracks, size = sessions * rooms, len(tables.likeness), len(tables.track)
    none = np.full
    return State(
        row=none((cells, int(tables.slots.max())), -1),
        many=np.zeros(cells, np.int64),
        used=np.zeros(cells, np.int64),
        owner=none(cells, -1),
        at=none(size, -1),
        start=none(size, -1),
        by_session=np.zeros((tracks, sessions), np.int64),
        by_room=np.zeros((tracks, rooms), np.int64),
        lateness=np.zeros(tracks, np.int64),
    )


@njit(cache=True)
def _broken(by_session: Ints, track: int) -> int:
    """Say whether the sessions of a track are not in a row (0 or 1)."""
    first, last, many = -1, -1, 0
    for s in range(by_session.shape[1]):
        if by_session[track, s] > 0:
            many += 1
            last = s
            if first < 0:
                first = s
    return 1 if many and last - first + 1 > many else 0


@njit(cache=True)
def _claim(tables: Tables, state: State, cell: int, track: int, sign: int) -> int:
    """Count a cell as one of a track (+1), or no more (−1); give what that adds to the cost."""
    rooms = tables.flat[1]
    session, room = cell // rooms, cell % rooms
    by_session, by_room = state.by_session, state.by_room
    cost = 0
    if sign < 0:
        by_session[track, session] -= 1
        by_room[track, room] -= 1
    if by_session[track, session] == 0:
        for other in range(len(tables.likeness)):
            if by_session[other, session] > 0 and other != track:
                cost += tables.likeness[track, other]
    else:
        cost += tables.flat[3]
    if by_room[track, room] == 0:
        others = 0
        for r in range(rooms):
            if by_room[track, r] > 0:
                others = 1
        cost += tables.flat[2] * others
    cost = sign * (cost + tables.cell[track, cell])
    if tables.flat[4] and by_session[track, session] == 0:
        without = _broken(by_session, track)
        by_session[track, session] += 1
        cost += sign * tables.flat[4] * (_broken(by_session, track) - without)
        by_session[track, session] -= 1
    if sign > 0:
        by_session[track, session] += 1
        by_room[track, room] += 1
        state.owner[cell] = track
    else:
        state.owner[cell] = -1
    return int(cost)


@njit(cache=True)
def _met(tables: Tables, state: State, n: int, cell: int) -> int:
    """Give what a submission costs with those of other cells in its session."""
    rooms = tables.flat[1]
    cost = 0
    for k in range(tables.first[n], tables.first[n + 1]):
        other = tables.other[k]
        there = state.at[other]
        if there < 0 or there == cell or there // rooms != cell // rooms:
            continue
        cost += tables.apart[k]
        if tables.at_once[k]:
            begins = max(state.start[n], state.start[other])
            ends = min(state.start[n] + tables.need[n], state.start[other] + tables.need[other])
            cost += tables.at_once[k] * max(0, ends - begins)
    return int(cost)


@njit(cache=True)
def lift(tables: Tables, state: State, cell: int) -> int:
    """Let the contents of a cell count no more; give what that adds (mostly below zero)."""
    if state.many[cell] == 0:
        return 0
    cost = 0
    for k in range(state.many[cell]):
        n = state.row[cell, k]
        cost -= tables.own[n, cell] + _met(tables, state, n, cell)
    for k in range(state.many[cell]):
        state.at[state.row[cell, k]] = -1
    return int(cost + _claim(tables, state, cell, state.owner[cell], -1))


@njit(cache=True)
def drop(tables: Tables, state: State, cell: int) -> int:
    """Let the contents of a cell count; give what that adds."""
    used = 0
    for k in range(state.many[cell]):
        n = state.row[cell, k]
        state.start[n] = used
        used += tables.need[n]
    state.used[cell] = used
    if state.many[cell] == 0:
        return 0
    cost = 0
    for k in range(state.many[cell]):
        n = state.row[cell, k]
        state.at[n] = cell
        cost += tables.own[n, cell]
    for k in range(state.many[cell]):
        cost += _met(tables, state, state.row[cell, k], cell)
    return cost + _claim(tables, state, cell, tables.track[state.row[cell, 0]], 1)


@njit(cache=True)
def tardy(tables: Tables, state: State, track: int) -> int:
    """Count the order of a track anew; give what that adds to the cost."""
    if tables.flat[5] == 0:
        return 0
    cost = 0
    low, high = tables.begins[track], tables.begins[track + 1]
    for k in range(low, high):
        n = tables.mine[k]
        if tables.order[n] == 0 or state.at[n] < 0:
            continue
        place = 1
        for j in range(low, high):
            m = tables.mine[j]
            if state.at[m] < 0 or m == n:
                continue
            if state.at[m] < state.at[n] or (
                state.at[m] == state.at[n] and state.start[m] < state.start[n]
            ):
                place += 1
            same = state.at[m] // tables.flat[1] == state.at[n] // tables.flat[1]
            if same and j > k and tables.order[m] > 0 and state.at[m] != state.at[n]:
                begins = max(state.start[n], state.start[m])
                ends = min(state.start[n] + tables.need[n], state.start[m] + tables.need[m])
                if ends > begins:
                    cost += tables.flat[5]
        if place != tables.order[n]:
            cost += tables.flat[5]
    more = cost - state.lateness[track]
    state.lateness[track] = cost
    return int(more)
