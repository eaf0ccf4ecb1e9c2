"""Plan one-to-one meetings: a B2BSP instance, or `fabrique.meetings/1`."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands._files import read_file
from fabrique.domain.solution import Solution, Watch
from fabrique.domain.text import Text
from fabrique.solvers.meetings import KIND as SOLVER
from fabrique.solvers.meetings.declared import is_declared, read_declared
from fabrique.solvers.meetings.reading import read_instance

LARGEST = 8 * 1024 * 1024


class Meetings:
    """`plan meetings INPUT --out PLAN.json`."""

    help = Text("Give one-to-one meetings a slot and a table, with as few gaps as possible.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take one file."""
        parser.add_argument("input", type=Path, metavar="INPUT")

    def solve(self, options: argparse.Namespace, watch: Watch) -> Solution:
        """Read and plan."""
        content = read_file(options.input, LARGEST)
        problem = read_declared(content) if is_declared(content) else read_instance(content)
        return SOLVER.solve(problem, options.seed, watch)


KIND = Meetings()
