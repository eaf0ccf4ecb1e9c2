"""Sentences of a transcript: what one voice says in a row, cut where a sentence ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, groupby

from msgspec import Struct

from fabrique.domain.claims import fold
from fabrique.domain.sources import REACH
from fabrique.domain.transcript import Cue

ENDS = re.compile(r"[.?!…][»”\")]?$")


class Passage(Struct, frozen=True):
    """A sentence as it was said: the number of the cue where it begins, from 1, and its time."""

    cue: int
    start: int
    end: int
    text: str
    speaker: str


class _Piece(Struct, frozen=True):
    place: int
    word: str


def passages(cues: Sequence[Cue]) -> Iterator[Passage]:
    """Give every sentence; one that goes on over too many cues to be quoted is cut between two."""
    numbered = enumerate(cues)
    for _, turn in groupby(numbered, key=lambda one: one[1].speaker):
        pieces = [_Piece(n, word) for n, cue in turn for word in cue.text.split()]
        for group in _sentences(pieces):
            # A sign alone is no word: it may stand in another cue than the sentence.
            if spoken := list(dropwhile(lambda one: not fold(one.word), group)):
                yield _passage(spoken, cues)


def _sentences(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    held: list[_Piece] = []
    for piece in pieces:
        if held and piece.place - held[0].place > REACH:
            yield held
            held = []
        held.append(piece)
        if ENDS.search(piece.word):
            yield held
            held = []
    if held:
        yield held


def _passage(pieces: Sequence[_Piece], cues: Sequence[Cue]) -> Passage:
    first, last = cues[pieces[0].place], cues[pieces[-1].place]
    text = " ".join(piece.word for piece in pieces)
    return Passage(pieces[0].place + 1, first.start, last.end, text, first.speaker)
