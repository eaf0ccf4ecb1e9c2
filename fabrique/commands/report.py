"""Make the report of a session again from its archive alone, in any form."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands._files import read_file, write_file
from fabrique.commands._report import render
from fabrique.domain import archive
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.report import from_archive
from fabrique.domain.text import Text

# Written out, for the other commands do not wait until every format is loaded.
FORMATS = ("html", "pdf", "docx", "md", "xlsx", "csv", "json", "zip")


class Report:
    """`report ARCHIVE.json --format html|pdf|docx|md|xlsx|csv|json|zip --out FILE`."""

    help = Text("Make the report of a session again from its archive.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the archive, the format, the file to write and the language."""
        parser.add_argument("archive", type=Path)
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument("--language", choices=("fr", "en"))

    def run(self, options: argparse.Namespace) -> None:
        """Read, fold, render; raise `Invalid` or `OSError`, and then write nothing."""
        from fabrique.actions.export import SUFFIX, export  # noqa: PLC0415 - as above
        from fabrique.domain.export import archive_of, is_export  # noqa: PLC0415

        kinds = discover("fabrique.activities")
        content = read_file(options.archive, archive.LARGEST)
        if is_export(content):
            content = archive_of(content)
        made = from_archive(content, archive.read(content, kinds), kinds, everything=True)
        if options.format == SUFFIX:
            language = Language(options.language or made.language)
            write_file(options.out, export(content, made, language))
        else:
            write_file(options.out, render(made, options.format, options.language))


KIND = Report()
