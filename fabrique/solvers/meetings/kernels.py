"""Kempe-chain annealing of a day of meetings: whole numbers alone, compiled, runnable uncompiled.

Nobody is ever in two meetings at once: a meeting changes slots together with all that stand in its
way, and what stands in theirs (a Kempe chain). Only the people at the two ends of a chain have
another day afterwards, so a move costs little to judge.
"""

from __future__ import annotations

from typing import NamedTuple

from numba import njit

from fabrique.solvers._chance import Ints, accepts, below

GAP, MANY, TABLE, ORDER, UNPLACED = 0, 1, 2, 3, 4
"""Places in `weights`: a gap; each beyond two of one person; a table too many; a precedence that is
not kept; a meeting without a slot."""


class Task(NamedTuple):
    """What does not change: M meetings, P people, T slots.

    `ends` (M, 2) people; `domain` (M,) allowed slots as bits; `choices` (M, T + 1) how many, then
    which; `theirs` (P, D + 1) how many meetings a person has, then which; `first` (M + 1,) and
    `other`: `other[first[m]:first[m + 1]]` holds n + 1 where meeting n comes before m, −(n + 1)
    where it comes after; `tables` (1,); `weights` (5,); `luck` is that of `_chance`.
    """

    ends: Ints
    domain: Ints
    choices: Ints
    theirs: Ints
    first: Ints
    other: Ints
    tables: Ints
    weights: Ints
    luck: Ints


class Day(NamedTuple):
    """What moves keep in step.

    `slot` (M,) −1 for a meeting without one; `at` (P, T) the meeting of a person or −1; `busy` (P,)
    slots as bits; `load` (T,) meetings in a slot; `mark` (M + 1,) and `chain` (M,) are scratch.
    `best` (M,) is the best `slot` there was; `score` (3,): the cost now, the best, where to stop.
    """

    slot: Ints
    at: Ints
    busy: Ints
    load: Ints
    mark: Ints
    chain: Ints
    best: Ints
    score: Ints


@njit(cache=True)
def gaps_of(busy: int) -> int:
    """Count the runs of free slots between two busy ones."""
    starts = busy & ~(busy << 1)
    count = 0
    while starts:
        starts &= starts - 1
        count += 1
    return count - 1 if count else 0


@njit(cache=True)
def strain(task: Task, busy: int) -> int:
    """Give the cost of one person's day."""
    gaps = gaps_of(busy)
    return int(task.weights[GAP] * gaps + task.weights[MANY] * max(0, gaps - 2))


@njit(cache=True)
def crowd(task: Task, load: int) -> int:
    """Give the cost of one slot."""
    return int(task.weights[TABLE] * max(0, load - task.tables[0]))


@njit(cache=True)
def link(task: Task, day: Day, m: int, there: int) -> int:
    """Write into `chain` what changes slots with `m`, and give how many; 0: one of them may not."""
    here = day.slot[m]
    day.mark[-1] += 1
    stamp = day.mark[-1]
    day.chain[0] = m
    day.mark[m] = stamp
    count, done = 1, 0
    while done < count:
        one = day.chain[done]
        to = here + there - day.slot[one]
        if not (task.domain[one] >> to) & 1:
            return 0
        for side in range(2):
            met = day.at[task.ends[one, side], to]
            if met >= 0 and day.mark[met] != stamp:
                day.mark[met] = stamp
                day.chain[count] = met
                count += 1
        done += 1
    return count


@njit(cache=True)
def disorder(task: Task, day: Day, count: int, both: int) -> int:
    """Give the cost of the precedences that a chain touches, its meetings moved if `both` ≥ 0.

    `both` is the sum of the two slots that are exchanged. A pair inside the chain counts once.
    """
    broken = 0
    stamp = day.mark[-1]
    for i in range(count):
        m = day.chain[i]
        t = both - day.slot[m] if both >= 0 else day.slot[m]
        for k in range(task.first[m], task.first[m + 1]):
            n = abs(task.other[k]) - 1
            u = day.slot[n]
            inside = day.mark[n] == stamp
            if u < 0 or (inside and n < m):
                continue
            if inside and both >= 0:
                u = both - u
            if (task.other[k] > 0 and u >= t) or (task.other[k] < 0 and u <= t):
                broken += 1
    return int(task.weights[ORDER] * broken)


@njit(cache=True)
def worse_by(task: Task, day: Day, count: int, there: int) -> int:
    """Say what an exchange along the chain would cost more."""
    here = day.slot[day.chain[0]]
    change, moved, ordered = 0, 0, False
    for i in range(count):
        one = day.chain[i]
        old = day.slot[one]
        to = here + there - old
        moved += 1 if to == there else -1
        ordered = ordered or task.first[one + 1] > task.first[one]
        for side in range(2):
            who = task.ends[one, side]
            if day.at[who, to] < 0:
                busy = day.busy[who]
                change += strain(task, (busy & ~(1 << old)) | (1 << to)) - strain(task, busy)
    change += crowd(task, day.load[there] + moved) - crowd(task, day.load[there])
    change += crowd(task, day.load[here] - moved) - crowd(task, day.load[here])
    if ordered:
        change += disorder(task, day, count, here + there) - disorder(task, day, count, -1)
    return int(change)


@njit(cache=True)
def put(task: Task, day: Day, m: int, t: int) -> None:
    """Place a meeting where its two people are free."""
    day.slot[m] = t
    day.load[t] += 1
    for side in range(2):
        day.at[task.ends[m, side], t] = m
        day.busy[task.ends[m, side]] |= 1 << t


@njit(cache=True)
def take(task: Task, day: Day, m: int) -> None:
    """Take a meeting out of its slot."""
    t = day.slot[m]
    day.slot[m] = -1
    day.load[t] -= 1
    for side in range(2):
        day.at[task.ends[m, side], t] = -1
        day.busy[task.ends[m, side]] &= ~(1 << t)


@njit(cache=True)
def exchange(task: Task, day: Day, count: int, there: int) -> None:
    """Exchange two slots along the chain."""
    both = day.slot[day.chain[0]] + there
    goal = day.mark  # no room of its own: the stamps of the chain are done with
    for i in range(count):
        goal[day.chain[i]] = -1 - (both - day.slot[day.chain[i]])
        take(task, day, day.chain[i])
    for i in range(count):
        put(task, day, day.chain[i], -1 - goal[day.chain[i]])


@njit(cache=True)
def squeeze(task: Task, day: Day, m: int, t: int) -> int:
    """Place `m` at `t`, whoever is in its way out of it; give what that costs more.

    What went out stands in `chain[0]` and `chain[1]`, −1 for nothing.
    """
    a, b = task.ends[m, 0], task.ends[m, 1]
    change = -total(task, day, a, b, t)
    for side in range(2):
        met = day.at[task.ends[m, side], t]
        day.chain[side] = met
        if met >= 0:
            change -= outer(task, day, met, a, b) + broken_at(task, day, met)
            take(task, day, met)
            change += outer(task, day, met, a, b) + task.weights[UNPLACED]
    put(task, day, m, t)
    return int(
        change + total(task, day, a, b, t) + broken_at(task, day, m) - task.weights[UNPLACED]
    )


@njit(cache=True)
def total(task: Task, day: Day, a: int, b: int, t: int) -> int:
    """Give the cost of two people's days and of a slot."""
    return strain(task, day.busy[a]) + strain(task, day.busy[b]) + crowd(task, day.load[t])


@njit(cache=True)
def outer(task: Task, day: Day, m: int, a: int, b: int) -> int:
    """Give the cost of the days of those in `m` who are neither `a` nor `b`."""
    cost = 0
    for side in range(2):
        who = task.ends[m, side]
        if who not in (a, b):
            cost += strain(task, day.busy[who])
    return cost


@njit(cache=True)
def broken_at(task: Task, day: Day, m: int) -> int:
    """Give the cost of the precedences of one meeting where it is."""
    day.mark[-1] += 1
    kept = day.chain[0]
    day.chain[0] = m
    cost = disorder(task, day, 1, -1)
    day.chain[0] = kept
    return cost


@njit(cache=True)
def unsqueeze(task: Task, day: Day, m: int, t: int) -> None:
    """Take back what `squeeze` did."""
    take(task, day, m)
    for side in range(2):
        if day.chain[side] >= 0:
            put(task, day, day.chain[side], t)


@njit(cache=True)
def pick(task: Task, day: Day, state: Ints) -> int:
    """Choose a meeting: half of the time one of somebody who has gaps, if a look finds one."""
    if draw_bit(state):
        for _ in range(4):
            who = below(state, len(day.busy))
            if gaps_of(day.busy[who]):
                return int(task.theirs[who, 1 + below(state, task.theirs[who, 0])])
    return below(state, len(day.slot))


@njit(cache=True)
def draw_bit(state: Ints) -> bool:
    """Toss a coin."""
    return below(state, 2) == 1


@njit(cache=True)
def anneal(task: Task, day: Day, heat: Ints, each: int, state: Ints) -> None:
    """Make `each` moves at every warmth of `heat`, and keep the best day there was."""
    score, luck = day.score, task.luck
    for k in range(len(heat)):
        for _ in range(each):
            m = pick(task, day, state)
            there = task.choices[m, 1 + below(state, task.choices[m, 0])]
            if there == day.slot[m]:
                continue
            if day.slot[m] < 0:
                change = squeeze(task, day, m, there)
                if not accepts(state, luck, change, heat[k]):
                    unsqueeze(task, day, m, there)
                    continue
            else:
                count = link(task, day, m, there)
                if not count:
                    continue
                change = worse_by(task, day, count, there)
                if not accepts(state, luck, change, heat[k]):
                    continue
                exchange(task, day, count, there)
            score[0] += change
            if score[0] < score[1]:
                score[1] = score[0]
                day.best[:] = day.slot
                if score[1] <= score[2]:
                    return
