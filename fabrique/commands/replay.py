"""Play a script through the real room and journal, and write what remains of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands._files import read_file, write_files
from fabrique.commands._pictures import with_pictures
from fabrique.commands._report import render
from fabrique.domain import archive
from fabrique.domain.registry import discover
from fabrique.domain.report import from_archive
from fabrique.domain.text import Text
from fabrique.importers.script import read_script
from fabrique.live.play import play


class Replay:
    """`replay SCRIPT.json --out DIR`: archive.json, results.json, report.html, report.pdf."""

    help = Text("Play a script and write its archive, results and report.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the script and the folder to write into."""
        parser.add_argument("script", type=Path)
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def run(self, options: argparse.Namespace) -> None:
        """Play; raise `Invalid` or `OSError`, and then write nothing."""
        kinds = discover("fabrique.activities")
        script = with_pictures(read_script(read_file(options.script), kinds), options.script.parent)
        content = play(script, kinds).content
        made = from_archive(content, archive.read(content, kinds), kinds, everything=True)
        files = {"archive.json": content, "results.json": render(made, "json")}
        files |= {f"report.{one}": render(made, one) for one in ("html", "pdf")}
        write_files(options.out, files)


KIND = Replay()
