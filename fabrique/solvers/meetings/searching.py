"""Anneal, then ask: a plan within a second, then better ones, then what no plan can be below."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from fabrique.domain.solution import Impossible, Watch
from fabrique.domain.text import Text, Words
from fabrique.solvers.meetings.annealing import HOT, WARM, run
from fabrique.solvers.meetings.problem import MOST_GAPS_APART, Problem, listed

FIRST = 600_000
"""Moves of the first run: about half a second."""
LONGEST = 24_000_000
EFFORT = 0.25
"""Deterministic seconds of the first question: about two of a clock."""
MARGIN = 0.05
"""Seconds kept for tables, the check and the file."""
GROWTH, HARDEST = 1.4, 8.0
ROUNDS = 40
"""More than a minute's work: a plan ends without looking at a clock, if the clock allows."""


class Held(Struct):
    """The best so far: slots of each meeting, its gaps, and what was shown to be out of reach."""

    seed: int
    slots: tuple[int, ...] = ()
    gaps: int | None = None
    bound: int = 0
    refuted: bool = False

    @property
    def proved(self) -> bool:
        """Say whether nobody can do better."""
        return self.gaps is not None and self.gaps <= self.bound

    def take(self, problem: Problem, slots: tuple[int, ...]) -> None:
        """Keep a day that keeps every rule, if it is better."""
        gaps = worth(problem, slots)
        if gaps is not None and (self.gaps is None or gaps < self.gaps):
            self.slots, self.gaps = slots, gaps


def search(problem: Problem, held: Held, watch: Watch) -> None:
    """Plan until the best is proved, the rounds are over, or the time; raise `Impossible`."""
    moves, effort = FIRST, EFFORT
    for k in range(ROUNDS):
        if held.proved or watch.left() < MARGIN:
            break
        hot = WARM if k % 3 else HOT
        held.take(problem, run(problem, held.seed + k, moves, watch, MARGIN, hot).slots)
        if held.proved or watch.left() < MARGIN:
            break
        _question(problem, held, effort, held.seed + k, watch)
        moves, effort = min(moves * 2, LONGEST), min(effort * GROWTH, HARDEST)
        watch.tell(min(0.99, watch.spent() / max(watch.spent() + watch.left(), 1e-9)))
    if held.gaps is None:
        raise Impossible(_nothing(watch))


def _nothing(watch: Watch) -> Text:
    seconds = {"n": round(watch.spent())}
    return Text(
        "No schedule was found in {n} second, and there may be one: give it more seconds.",
        seconds,
        "No schedule was found in {n} seconds, and there may be one: give it more seconds.",
    )


def _question(problem: Problem, held: Held, effort: float, seed: int, watch: Watch) -> None:
    """Ask whether the bound can be had, or is too low; and whether the best can be beaten."""
    from fabrique.solvers.meetings.deciding import Answer, ask  # noqa: PLC0415 - slow to load

    if held.gaps is None:
        asked = ask(problem, None, seed, effort, watch.left() - MARGIN)
        if asked.answer is Answer.NONE:
            raise Impossible(_conflict(problem, watch))
        if asked.answer is Answer.FOUND:
            held.take(problem, asked.slots)
    while not held.proved and watch.left() > MARGIN:
        asked = ask(problem, held.bound, seed, effort, watch.left() - MARGIN)
        if asked.answer is Answer.UNKNOWN:
            break
        if asked.answer is Answer.FOUND:
            held.take(problem, asked.slots)
            return
        held.bound, held.refuted = held.bound + 1, True
    most = (held.gaps or 0) - 1
    while held.gaps is not None and held.bound < most < held.gaps and watch.left() > MARGIN:
        asked = ask(problem, most, seed, effort, watch.left() - MARGIN)
        if asked.answer is Answer.NONE:
            held.bound, held.refuted = most + 1, True
        if asked.answer is not Answer.FOUND:
            return
        held.take(problem, asked.slots)
        most = (held.bound + held.gaps) // 2  # a first success: there may be many


def _conflict(problem: Problem, watch: Watch) -> Text:
    """Say which rules, left out alone, would leave a schedule."""
    from fabrique.solvers.meetings.deciding import Answer, Rules, ask  # noqa: PLC0415 - slow to load

    tries: list[tuple[Words, Rules]] = [
        (Text("the precedences"), Rules(order=False)),
        (Text("the number of tables"), Rules(tables=False)),
        (Text("gaps shared fairly"), Rules(fairness=False)),
    ]
    freed = [
        said
        for said, rules in tries
        if watch.left() > MARGIN
        and ask(problem, None, 1, EFFORT, watch.left() - MARGIN, rules).answer is Answer.FOUND
    ]
    if not freed:
        return Text("There is no such schedule: when people can, and what is fixed, leave none.")
    return Text(
        "There is no such schedule; there is one as soon as one of these is given up: {rules}.",
        {"rules": listed(freed)},
    )


def worth(problem: Problem, slots: tuple[int, ...]) -> int | None:
    """Count the gaps of a day; None where it breaks a rule."""
    if any(t < 0 for t in slots) or any(slots[m] >= slots[n] for m, n in problem.before):
        return None
    if any(slots.count(t) > problem.tables for t in range(len(problem.numbers))):
        return None
    gaps = []
    for some in problem.theirs:
        day = sorted(slots[m] for m in some)
        gaps.append(sum(b - a > 1 for a, b in pairwise(day)))
    return sum(gaps) if max(gaps) - min(gaps) <= MOST_GAPS_APART else None
