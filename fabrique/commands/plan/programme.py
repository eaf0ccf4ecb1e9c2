"""`plan programme PROGRAMME.json` or `plan programme CONFERENCE.xlsx`."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands._files import read_file
from fabrique.domain.solution import Solution, Watch
from fabrique.domain.text import Text
from fabrique.solvers import programme


class PlanProgramme:
    """Items, slots, rooms and wishes in, a programme out."""

    help = Text("Place items in slots and rooms, so that people lose the fewest wishes.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take a file."""
        parser.add_argument("input", type=Path, metavar="PROGRAMME")

    def solve(self, options: argparse.Namespace, watch: Watch) -> Solution:
        """Read and solve."""
        problem = programme.read(read_file(options.input), options.input.name)
        return programme.KIND.solve(problem, options.seed, watch)


KIND = PlanProgramme()
