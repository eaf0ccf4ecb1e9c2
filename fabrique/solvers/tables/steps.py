"""How warm, and how many moves: fixed by the size of the problem, never by the clock."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from fabrique.domain.solution import Watch
from fabrique.solvers._chance import Ints, cooling
from fabrique.solvers.tables.problem import Problem

CHUNK = 64  # temperatures between two looks at the watch


def mixes(problem: Problem) -> bool:
    """Say whether any attribute counts."""
    return any(one.weight for one in problem.attributes)


def unit(problem: Problem) -> float:
    """Give the mean weight of the attributes that count, 1 where none does."""
    weights = [one.weight for one in problem.attributes if one.weight]
    return sum(weights) / len(weights) if weights else 1.0


def chunks(temperatures: Ints, watch: Watch) -> Iterator[Ints]:
    """Give the temperatures in parts, as long as there is time."""
    for first in range(0, len(temperatures), CHUNK):
        if watch.left() <= 0:
            return
        watch.tell(first / len(temperatures))
        yield temperatures[first : first + CHUNK]


class Waves(Struct, frozen=True):
    """A long cooling, then shorter ones from the best so far; a temperature is 1,024 moves.

    `hot`, `warm` and `cold` are in mean weights; `steps` are those of the long cooling and of each
    of `again` others. Where seats are exchanged afterwards, `few` are enough.
    """

    hot: float
    warm: float
    cold: float
    steps: tuple[int, int]
    again: int
    few: int

    def waves(self, problem: Problem, *, gentle: bool) -> list[Ints]:
        """Give the temperatures of each cooling."""
        scale = unit(problem)
        hot, warm, cold = self.hot * scale, self.warm * scale, self.cold * scale
        if gentle:
            return [cooling(hot, cold, self.few)]
        first, other = self.steps
        return [cooling(hot, cold, first), *[cooling(warm, cold, other)] * self.again]


LABELS = Waves(hot=1.4, warm=0.44, cold=0.22, steps=(4000, 2000), again=6, few=2000)
