"""Draft the minutes of a session from its transcript and archive: every sentence cites a source."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fabrique.commands._files import check_file, write_file
from fabrique.commands._sources import arguments, material, other_language
from fabrique.domain.language import Language
from fabrique.domain.minutes import written
from fabrique.domain.registry import discover
from fabrique.domain.text import Text

DRAFTERS = ("assembly", "extract", "llm")


class Draft:
    """`draft --transcript FILE.vtt [--session ARCHIVE.json] [--drafter NAME] --out DRAFT.json`."""

    help = Text("Draft minutes whose every sentence cites a source.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the sources, the drafter and the file to write."""
        arguments(parser)
        parser.add_argument("--drafter", choices=DRAFTERS, default=DRAFTERS[0])
        parser.add_argument("--out", type=Path, required=True, metavar="DRAFT.json")

    def run(self, options: argparse.Namespace) -> None:
        """Draft; raise `Invalid` or `OSError`, and then write nothing."""
        check_file(options.out)
        faults: list[Text] = []
        from fabrique.commands._endpoint import endpoint  # noqa: PLC0415 - a network is slow to load

        ask = endpoint(faults) if options.drafter == "llm" else None
        given = material(options)
        found = discover("fabrique.drafters")[options.drafter].draft(given, ask)
        faults += filter(None, [other_language(given.transcript, found.language)])
        write_file(options.out, written(found))
        say = Language(found.language).say
        for remark in (*map(say, faults), *found.remarks):
            print(remark, file=sys.stderr)


KIND = Draft()
