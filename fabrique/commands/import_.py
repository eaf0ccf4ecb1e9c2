"""Bring a session back from its open archive, or take one in from another tool's file."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands import _foreign
from fabrique.commands._files import read_file
from fabrique.commands._instance import wake
from fabrique.domain import archive
from fabrique.domain.registry import discover
from fabrique.domain.text import Text


class Import:
    """`import FILE [--code CODE] [--from forms|klaxoon …]`: prints the code of the session."""

    help = Text("Bring a session back from its archive, or from another tool’s file.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the file, a code to use instead of a new one, and how to read a foreign file."""
        parser.add_argument("archive", type=Path, metavar="FILE")
        parser.add_argument("--code")
        parser.add_argument("--from", dest="origin", choices=tuple(discover("fabrique.importers")))
        _foreign.arguments(parser)

    def run(self, options: argparse.Namespace) -> None:
        """Import, then print the code; raise `Invalid`, and then keep nothing."""
        if options.origin is None:
            _foreign.check_unused(options)
            content = read_file(options.archive, archive.LARGEST)
        else:
            content = _foreign.read(options)
            if options.dry_run:
                return
        wake()
        from fabrique.actions.animate import import_archive  # noqa: PLC0415 - needs an instance

        print(import_archive(content, options.code).code)


KIND = Import()
