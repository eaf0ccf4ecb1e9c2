"""Propose a plan: tables, pairs, meetings, workshops, a programme (`fabrique.plan/1`)."""

from __future__ import annotations

import argparse
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from fabrique.commands._files import check_file, write_file
from fabrique.commands._spoken import spoken
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.solution import Clocked, write_plan
from fabrique.domain.text import Invalid, Text

SECONDS = 20.0
NEEDED = ("numba", "numpy", "ortools", "scipy")
MISSING = Text("What computes plans is not installed: install fabrique-collective[solvers].")


class Plan:
    """`plan KIND INPUT… --out PLAN.json [--seed S] [--seconds T]`."""

    help = Text("Compute groups, meetings or a programme, and say how good they are.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take a kind of plan, and what this kind takes."""
        # The language of the parser that was given is that of its own.
        language: Language = parser.language  # type: ignore[attr-defined]
        kinds = parser.add_subparsers(dest="plan", required=True, metavar="KIND")
        for name, kind in discover("fabrique.commands.plan").items():
            said = language.say(kind.help)
            one = kinds.add_parser(name, language=language, help=said, description=said)
            kind.arguments(one)
            one.add_argument("--out", type=Path, required=True, metavar="PLAN.json")
            one.add_argument("--seed", type=int, default=1, metavar="S")
            one.add_argument("--seconds", type=float, default=SECONDS, metavar="T")

    def run(self, options: argparse.Namespace) -> None:
        """Solve; raise `Invalid`, `Impossible` or `OSError`, and then write nothing."""
        if not all(map(find_spec, NEEDED)):
            raise Invalid(MISSING)
        check_file(options.out)
        kind = discover("fabrique.commands.plan")[options.plan]
        watch = Clocked(time.monotonic, options.seconds, time.monotonic())
        solution = kind.solve(options, watch)
        language = spoken()
        write_file(options.out, write_plan(solution, language))
        for one in solution.explain:
            print(language.say(one), file=sys.stderr)


KIND = Plan()
