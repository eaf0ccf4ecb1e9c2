"""Another tool's file as an archive of ours: what was understood is printed before anything."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from fabrique.commands._files import read_file
from fabrique.domain.foreign import Foreign, Importer, Wanted, shortened
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid, Text
from fabrique.importers.script import read_script
from fabrique.importers.script.document import read_timezone
from fabrique.live.play import play

LARGEST = 16 * 1024 * 1024
ONLY_WITH = "title", "names", "column", "dry_run"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what somebody says about the file."""
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--title")
    parser.add_argument("--names", type=int, metavar="N")
    parser.add_argument("--column", action="append", default=[], metavar="N=KIND")
    code = getattr(getattr(parser, "language", None), "code", "fr")
    parser.add_argument("--language", choices=("fr", "en"), default=code)


def check_unused(options: argparse.Namespace) -> None:
    """Refuse, with an archive, what only corrects the reading of a foreign file."""
    for name in ONLY_WITH:
        if getattr(options, name):
            option = {"name": f"--{name.replace('_', '-')}"}
            raise Invalid(Text("{name} goes with --from.", option))


def read(options: argparse.Namespace) -> bytes:
    """Play the file through the real room, say what was understood, and give the archive.

    Raises `Invalid`, and then nothing was kept anywhere.
    """
    importer: Importer = discover("fabrique.importers")[options.origin]
    wanted = Wanted(
        title=options.title or options.archive.stem,
        language=options.language,
        timezone=read_timezone(os.environ.get("FABRIQUE_TIME_ZONE") or "Europe/Paris"),
        now=datetime.now(UTC).replace(microsecond=0),
        names=options.names,
        columns=dict(map(_correction, options.column)),
    )
    found = importer.read(read_file(options.archive, LARGEST), wanted)
    kinds = discover("fabrique.activities")
    played = play(read_script(found.script, kinds), kinds)
    speaker = Language(options.language)
    for one in said(found, sum(played.refused.values())):
        print(" ".join(speaker.say(one).split()), file=sys.stderr)
    return played.content


def said(found: Foreign, refused: int) -> Iterator[Text]:
    """Say what was understood: the whole, each piece, what is remarkable."""
    yield from found.said
    for one in found.pieces:
        yield Text("{n}. {title}: {said}", {"n": one.number, "title": one.title, "said": one.said})
    for remark in found.remarks:
        yield Text("{text} [{lines}]", {"text": remark.text, "lines": shortened(remark.lines)})
    if refused:
        yield Text("{n} act was refused", {"n": refused}, "{n} acts were refused")


def _correction(text: str) -> tuple[int, str]:
    number, equals, use = text.partition("=")
    if not (equals and use and number.isascii() and number.isdigit()):
        raise Invalid(Text("--column: “{value}” is not written as 3=open.", {"value": text}))
    return int(number[:6]), use
