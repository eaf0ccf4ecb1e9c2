"""What was said, cut into cues: the N-th cue, from 1, is what a citation `t:N` points at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

LONGEST = 12_000  # milliseconds: a citation that points at half a minute helps nobody
OURS = "WEBVTT - Fabrique"  # the head of our own files: there a colon is only a colon
PAUSE = 400  # milliseconds of silence that part two phrases
LEAST = 0.3  # of the longest: a better place to cut is not worth a shred
SENTENCE, CLAUSE = re.compile(r"[.!?…][»”\")]?$"), re.compile(r"[,;:][»”\")]?$")


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


class Word(Struct, frozen=True):
    """A word with the time at which it is heard, as speech recognition gives it."""

    start: int
    end: int
    text: str


class Said(Struct, frozen=True):
    """A message of a chat; `at` is in milliseconds, from the start or of the day, as written."""

    at: int
    by: str
    text: str


class Chat(Struct, frozen=True):
    """The messages written to all; of those written to one person, only how many there are."""

    messages: tuple[Said, ...]
    private: int = 0


def cut(words: Sequence[Word], speaker: str = "", longest: int = LONGEST) -> tuple[Cue, ...]:
    """Make cues of words: at the end of a sentence, else a silence, else a comma, else anywhere."""
    return tuple(_cue(group, speaker, longest) for group in _groups(words, longest))


def recut(transcript: Transcript, longest: int = LONGEST) -> Transcript:
    """Cut the cues that last too long; their words are taken to be spoken at an even pace."""
    cues: list[Cue] = []
    for cue in transcript.cues:
        long = cue.end - cue.start > longest
        cues += cut(spread(cue), cue.speaker, longest) or (cue,) if long else (cue,)
    return Transcript(tuple(cues), transcript.language)


def spread(cue: Cue) -> tuple[Word, ...]:
    """Give the words of a cue their share of its time, by their letters."""
    words = cue.text.split()
    letters = sum(len(word) + 1 for word in words) or 1
    found, before = [], 0
    for word in words:
        after = before + len(word) + 1
        start, end = (cue.start + (cue.end - cue.start) * n // letters for n in (before, after))
        found.append(Word(start, end, word))
        before = after
    return tuple(found)


def _cue(words: Sequence[Word], speaker: str, longest: int) -> Cue:
    start = words[0].start
    # A single word that lasts longer than a cue may is a mistake of whoever timed it.
    end = min(max(words[-1].end, start), start + longest)
    return Cue(start, end, " ".join(word.text.strip() for word in words), speaker)


def _groups(words: Sequence[Word], longest: int) -> Iterator[Sequence[Word]]:
    rest = words
    while rest:
        fitting = _fitting(rest, longest)
        size = fitting if fitting == len(rest) else _best(rest, fitting, longest)
        yield rest[:size]
        rest = rest[size:]


def _fitting(words: Sequence[Word], longest: int) -> int:
    """Count the words that make one cue at most: at least one, so that there is an end."""
    start = words[0].start
    over = (n for n, word in enumerate(words) if n and word.end - start > longest)
    return next(over, len(words))


def _best(words: Sequence[Word], most: int, longest: int) -> int:
    """Choose after how many words to cut: the best kind of place, and the last of them."""
    least = words[0].start + LEAST * longest
    sizes = [n for n in range(1, most + 1) if n == most or words[n - 1].end >= least]
    return max(sizes, key=lambda n: (_kind(words, n), n))


def _kind(words: Sequence[Word], size: int) -> int:
    last, following = words[size - 1], words[size]
    if SENTENCE.search(last.text.strip()):
        return 3
    if following.start - last.end >= PAUSE:
        return 2
    return int(bool(CLAUSE.search(last.text.strip())))
