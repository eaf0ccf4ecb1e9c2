"""Programme: items to slots and rooms; wishes of people on a grid, or a conference of CoSPLib."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fabrique.domain.solution import Solution, Watch
from fabrique.domain.text import Text
from fabrique.solvers.programme.conference.instance import Instance
from fabrique.solvers.programme.grid.check import check as check_grid
from fabrique.solvers.programme.grid.problem import Problem

__all__ = ["KIND", "read"]

WORKBOOK = b"PK\x03\x04"
"""How a workbook begins: it is a ZIP file."""


def read(content: bytes, file: str) -> Problem | Instance:
    """Read a workbook of CoSPLib, or `fabrique.programme/1`; raise `Invalid`."""
    if content.startswith(WORKBOOK) or file.casefold().endswith(".xlsx"):
        from fabrique.solvers.programme.conference.reading import (  # noqa: PLC0415 - one of both
            read as read_conference,
        )

        return read_conference(content, file)
    from fabrique.solvers.programme.grid.reading import read as read_grid  # noqa: PLC0415 - the same

    return read_grid(content, file)


class Programme:
    """Place items so that the least is lost."""

    def solve(self, problem: Problem | Instance, seed: int, watch: Watch) -> Solution:
        """Give a programme; raise `Impossible` where a count shows that there is none."""
        if isinstance(problem, Instance):
            from fabrique.solvers.programme.conference.plan import (  # noqa: PLC0415 - slow to load
                solve as solve_conference,
            )

            return solve_conference(problem, seed, watch)
        from fabrique.solvers.programme.grid.plan import solve as solve_grid  # noqa: PLC0415 - the same

        return solve_grid(problem, seed, watch)

    def check(self, problem: Problem | Instance, solution: Solution) -> list[Text]:
        """Give what is wrong, nothing for a sound plan."""
        placed: list[Mapping[str, Any]] = list(solution.body["placed"])
        if isinstance(problem, Instance):
            from fabrique.solvers.programme.conference.check import (  # noqa: PLC0415 - slow to load
                check as check_conference,
            )

            return check_conference(problem, placed, solution.value["lost"])
        by_id = {one["item"]: one for one in placed}
        if len(by_id) < len(placed) or set(by_id) != {one.id for one in problem.items}:
            return [Text("Not every item has one place.")]
        slots = {name: n for n, name in enumerate(problem.slots)}
        rooms = {one.id: n for n, one in enumerate(problem.rooms)}
        where = [by_id[one.id] for one in problem.items]
        places = [(slots[one["slot"]], rooms[one["room"]]) for one in where]
        value = solution.value
        return check_grid(problem, places, value.get("cost", value["lost"]))


KIND = Programme()
