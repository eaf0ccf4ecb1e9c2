"""Bring a session back from its open archive."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands._files import read_file
from fabrique.commands._instance import wake
from fabrique.domain import archive
from fabrique.domain.text import Text


class Import:
    """`import ARCHIVE.json [--code CODE]`: prints the code of the session."""

    help = Text("Bring a session back from its archive.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the archive, and a code to use instead of a new one."""
        parser.add_argument("archive", type=Path)
        parser.add_argument("--code")

    def run(self, options: argparse.Namespace) -> None:
        """Import, then print the code; raise `Invalid`, and then keep nothing."""
        content = read_file(options.archive, archive.LARGEST)
        wake()
        from fabrique.actions.animate import import_archive  # noqa: PLC0415 - needs an instance

        print(import_archive(content, options.code).code)


KIND = Import()
