"""`plan tables PEOPLE.csv (--tables G | --size S) --rounds R`: rotating tables."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands._files import read_file
from fabrique.domain.solution import Solution, Watch
from fabrique.domain.text import Text
from fabrique.solvers.tables import KIND as TABLES
from fabrique.solvers.tables.asked import Asked, ask
from fabrique.solvers.tables.reading import Source

FILES = ("apart", "together", "hosts", "locked", "absent", "late")


class TablesCommand:
    """People with attributes in, tables of people by round out; also after people left or came."""

    help = Text("Seat people at tables for several rounds, so that they meet and mix.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take people, tables or their size, rounds, what mixes, wishes, and a plan to repair."""
        parser.add_argument("people", type=Path, metavar="PEOPLE.csv")
        parser.add_argument("--tables", type=int, metavar="G")
        parser.add_argument("--size", type=int, metavar="S")
        parser.add_argument("--rounds", type=int, metavar="R")
        parser.add_argument("--mix", metavar="COLUMN=WEIGHT,…")
        parser.add_argument("--played", type=int, metavar="K")
        for name in FILES:
            what = "PLAN.json" if name == "locked" else "FILE.csv"
            parser.add_argument(f"--{name}", type=Path, metavar=what)

    def solve(self, options: argparse.Namespace, watch: Watch) -> Solution:
        """Give the plan; raise `Invalid`, `Impossible` or `OSError`."""
        people = Source(options.people.name, read_file(options.people))
        files = {name: _source(getattr(options, name)) for name in FILES}
        asked = Asked(
            people=people,
            tables=options.tables,
            size=options.size,
            rounds=options.rounds,
            mix=options.mix,
            played=options.played,
            **files,
        )
        return TABLES.solve(ask(asked), options.seed, watch)


def _source(path: Path | None) -> Source | None:
    return Source(path.name, read_file(path)) if path else None


KIND = TablesCommand()
