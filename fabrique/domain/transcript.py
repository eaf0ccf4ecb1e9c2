"""What was said, cut into cues: the N-th cue, from 1, is what a citation `t:N` points at."""

from __future__ import annotations

from msgspec import Struct

OURS = "WEBVTT - Fabrique"  # the head of our own files: there a colon is only a colon


class Cue(Struct, frozen=True):
    """A few seconds of speech; times are milliseconds from the start of the recording."""

    start: int
    end: int
    text: str
    speaker: str = ""


class Transcript(Struct, frozen=True):
    """Cues in the order of the file."""

    cues: tuple[Cue, ...]
    language: str = "fr"


class Said(Struct, frozen=True):
    """A message of a chat; `at` is in milliseconds, from the start or of the day, as written."""

    at: int
    by: str
    text: str


class Chat(Struct, frozen=True):
    """The messages written to all; of those written to one person, only how many there are."""

    messages: tuple[Said, ...]
    private: int = 0
