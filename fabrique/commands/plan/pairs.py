"""`plan pairs MENTORS.csv NEWCOMERS.csv`, or `plan pairs PEOPLE.csv` inside one population."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands._files import read_file
from fabrique.domain.solution import Solution, Watch
from fabrique.domain.text import Text
from fabrique.solvers import pairs


class PlanPairs:
    """What people share and seek in, pairs out."""

    help = Text("Bring mentors and newcomers together, or people of one table by two.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take one table or two."""
        parser.add_argument("mentors", type=Path, metavar="MENTORS.csv")
        parser.add_argument("newcomers", type=Path, nargs="?", metavar="NEWCOMERS.csv")

    def solve(self, options: argparse.Namespace, watch: Watch) -> Solution:
        """Read and solve."""
        tables = [
            (read_file(path), path.name)
            for path in (options.mentors, options.newcomers)
            if path is not None
        ]
        return pairs.KIND.solve(pairs.read(*tables), options.seed, watch)


KIND = PlanPairs()
