"""Make the report of a session again from its archive alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands._files import read_file, write_file
from fabrique.commands._report import render
from fabrique.domain import archive
from fabrique.domain.registry import discover
from fabrique.domain.report import from_archive
from fabrique.domain.text import Text


class Report:
    """`report ARCHIVE.json --format html|pdf|json --out FILE`."""

    help = Text("Make the report of a session again from its archive.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the archive, the format, the file to write and the language."""
        parser.add_argument("archive", type=Path)
        parser.add_argument("--format", choices=("html", "pdf", "json"), required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument("--language", choices=("fr", "en"))

    def run(self, options: argparse.Namespace) -> None:
        """Read, fold, render; raise `Invalid` or `OSError`, and then write nothing."""
        kinds = discover("fabrique.activities")
        content = read_file(options.archive, archive.LARGEST)
        made = from_archive(content, archive.read(content, kinds), kinds)
        write_file(options.out, render(made, options.format, options.language))


KIND = Report()
