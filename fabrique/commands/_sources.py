"""The files that minutes are made from, as the material of a draft."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands._files import read_file
from fabrique.domain import archive
from fabrique.domain.export import archive_of, is_export
from fabrique.domain.material import Material, gather
from fabrique.domain.other_language import of_transcript
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid, Text
from fabrique.domain.transcript import Transcript
from fabrique.importers.transcript import LARGEST, read_transcript


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the transcript and the session's archive."""
    parser.add_argument("--transcript", type=Path, required=True, metavar="FILE.vtt")
    parser.add_argument("--session", type=Path, metavar="ARCHIVE.json")


def material(options: argparse.Namespace) -> Material:
    """Read them; raise `Invalid`, naming the file and the line."""
    kinds = discover("fabrique.activities")
    try:
        transcript = read_transcript(read_file(options.transcript, LARGEST))
    except Invalid as error:
        raise Invalid(error.text, _place(options.transcript, error)) from None
    if options.session is None:
        return gather(transcript, None, kinds)
    content = _session(options)
    try:
        return gather(transcript, (content, archive.read(content, kinds)), kinds)
    except Invalid as error:
        raise Invalid(error.text, _place(options.session, error)) from None


def other_language(transcript: Transcript | None, expected: str) -> Text | None:
    """Say that what was said is in another language than what is written of it."""
    cues = transcript.cues if transcript else ()
    return of_transcript((one.text for one in cues), expected)


def fingerprint(options: argparse.Namespace) -> str:
    """Give the sum of the archive, in the one form that the house writes."""
    return archive.fingerprint(archive.read(_session(options), discover("fabrique.activities")))


def _session(options: argparse.Namespace) -> bytes:
    content = read_file(options.session, archive.LARGEST)
    try:
        return archive_of(content) if is_export(content) else content
    except Invalid as error:
        raise Invalid(error.text, _place(options.session, error)) from None


def _place(path: Path, error: Invalid) -> str:
    where = error.where.lstrip(".")
    return f"{path.name}:{where}" if where else path.name
