"""Transcripts of other tools: WebVTT (Zoom, Teams, Meet and ours) and SubRip; the chat of Zoom."""

from __future__ import annotations

from msgspec import structs

from fabrique.domain.mended import Mended
from fabrique.domain.recut import LONGEST, shortened
from fabrique.domain.text import Invalid, Text
from fabrique.domain.transcript import OURS, Transcript
from fabrique.importers.transcript.alphabet import decoded
from fabrique.importers.transcript.blocks import blocks, language
from fabrique.importers.transcript.chat import read_chat
from fabrique.importers.transcript.repair import repaired
from fabrique.importers.transcript.voices import cues

__all__ = ["LARGEST", "import_transcript", "read_chat", "read_transcript"]

LARGEST = 32 * 1024 * 1024  # a day of speech is less than one
MOST_CUES = 100_000
EMPTY = Text("This transcript holds no cue.")


def read_transcript(content: bytes) -> Transcript:
    """Read the cues as they stand in the file, one by one: `t:N` is the N-th of them.

    Raises `Invalid` with the line.
    """
    if len(content) > LARGEST:
        limit = {"limit": LARGEST >> 20}
        raise Invalid(Text("A transcript of more than {limit} MB is not taken.", limit))
    text = decoded(content)
    found = blocks(text, MOST_CUES)
    if not found:
        raise Invalid(EMPTY, "1")
    return Transcript(cues(found, foreign=not text.startswith(OURS)), language(text))


def import_transcript(content: bytes) -> tuple[Transcript, Mended]:
    """Read a transcript to keep it: in order, nothing twice, no cue too long; raise `Invalid`.

    Give with it what was put right.
    """
    found, mended = repaired(read_transcript(content))
    if not found.cues:
        raise Invalid(EMPTY, "1")
    long = sum(cue.end - cue.start > LONGEST for cue in found.cues)
    return shortened(found), structs.replace(mended, long=long)
