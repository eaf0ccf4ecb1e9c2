"""`plan workshops PEOPLE.csv WORKSHOPS.csv [--aim fair|sum]`."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from fabrique.commands._files import read_file
from fabrique.domain.solution import Solution, Watch
from fabrique.domain.text import Text
from fabrique.solvers import workshops


class PlanWorkshops:
    """Ranked choices in, a workshop a person out."""

    help = Text("Give each person a workshop of their choices, as fairly as can be.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take both tables, and what is to be the least."""
        parser.add_argument("people", type=Path, metavar="PEOPLE.csv")
        parser.add_argument("workshops", type=Path, metavar="WORKSHOPS.csv")
        parser.add_argument("--aim", choices=("fair", "sum"), default="fair")

    def solve(self, options: argparse.Namespace, watch: Watch) -> Solution:
        """Read and solve."""
        tables = [(read_file(path), path.name) for path in (options.people, options.workshops)]
        problem = workshops.read(*tables)
        problem = msgspec.structs.replace(problem, sum=options.aim == "sum")
        return workshops.KIND.solve(problem, options.seed, watch)


KIND = PlanWorkshops()
