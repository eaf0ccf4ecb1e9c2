"""Numbers, names and negations of a sentence beside those of what it quotes.

A sentence that repeats its source word for word but for a few is compared word by word with the
quoted sentences; one that says it otherwise, with the quote and a turn before and after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from fabrique.domain.claims import (
    NE,
    NEGATIONS,
    Token,
    fold,
    has_ne,
    locate,
    names,
    negations,
    tokens,
)
from fabrique.domain.quantities import numbers
from fabrique.domain.sources import Sources, Turn

REPEATS = 0.7  # the share of a sentence's words, in order, that makes it a repetition
EDGE = 4  # words before and after what is repeated, where a negation may have stood
Difference = tuple[str, dict[str, str]]


class Evidence(Struct, frozen=True):
    """What a citation proves: the quoted sentences, all that is near, and who says it."""

    words: tuple[Token, ...]  # of the sentences that the quote touches
    turn: tuple[Token, ...]
    around: str
    speaker: str = ""
    voices: tuple[str, ...] = ()


def evidence(turn: Turn, first: int, last: int) -> Evidence:
    """Give what a quote proves, that stands at `words[first:last]` of a turn."""
    begins, ends = turn.words[first].sentence, turn.words[last - 1].sentence
    words = tuple(one for one in turn.words if begins <= one.sentence <= ends)
    return Evidence(words, turn.words, turn.around, turn.speaker, turn.voices)


def whole(quote: str, text: str, by: str) -> Evidence:
    """Give what a message, a note or an activity proves; figures alone repeat nothing."""
    return Evidence(tokens(quote), tokens(text), text, voices=(by,) if by else ())


def differences(text: str, found: Sequence[Evidence], sources: Sources) -> Iterator[Difference]:
    """Give what a person should look at."""
    words = tokens(text)
    placed = [_placed(words, one) for one in found]
    if not any(placed):
        yield from _compared(text, words, found)
    elif all(one is None or one.severed for one in placed):
        yield "polarity-differs", {}
    yield from _speakers(text, found, sources)


class _Placed(Struct, frozen=True):
    """A sentence that stands word for word in its source, perhaps cut off from its negation."""

    severed: bool


def _placed(words: Sequence[Token], found: Evidence) -> _Placed | None:
    first = locate([one.word for one in words], [one.word for one in found.turn])
    if first is None:
        return None
    last = first + len(words) - 1
    beside = ((first - 1, first), (last + 1, last))
    return _Placed(any(_denied(found.turn, *one) for one in beside))


def _denied(turn: Sequence[Token], place: int, inner: int) -> bool:
    """Whether the word beside a passage is of the same sentence and denies it."""
    if not 0 <= place < len(turn) or turn[place].sentence != turn[inner].sentence:
        return False
    return turn[place].word in NEGATIONS | NE


def _compared(text: str, words: Sequence[Token], found: Sequence[Evidence]) -> Iterator[Difference]:
    plain = [one.word for one in words]
    near = [one.word for evidence in found for one in evidence.words]
    same = SequenceMatcher(None, plain, near, autojunk=False).get_matching_blocks()
    repeats = bool(near) and sum(block.size for block in same) >= REPEATS * len(plain)
    signed = [voice for evidence in found for voice in evidence.voices]
    around = " \n".join([*(evidence.around for evidence in found), *signed])
    if repeats:
        yield from _numbers(" ".join(plain), " ".join([*near, fold(" ".join(signed))]), often=True)
    else:
        yield from _numbers(text, around, often=False)
    yield from _names(words, around, initial=repeats)
    if repeats:
        begins = max(same[0].b - EDGE, 0)
        ends = max(block.b + block.size for block in same) + EDGE
        near = near[begins:ends]
    if near and _denies_otherwise(plain, near, exactly=repeats):
        yield "polarity-differs", {}


def _numbers(text: str, near: str, *, often: bool) -> Iterator[Difference]:
    """Give the numbers that are not said near; or, if `often`, not as many times."""
    said, there = Counter(numbers(text)), Counter(numbers(near))
    for number, times in said.items():
        if there[number] < (times if often else 1):
            yield "number-not-in-span", {"number": number}


def _names(words: Sequence[Token], around: str, *, initial: bool) -> Iterator[Difference]:
    there = set(fold(around).split())
    for name in names(words, initial=initial):
        if name not in there:
            yield "name-not-in-span", {"name": name}


def _denies_otherwise(plain: Sequence[str], near: Sequence[str], *, exactly: bool) -> bool:
    own, theirs = negations(plain), negations(near)
    if not exactly:
        return bool(own or has_ne(plain)) != bool(theirs or has_ne(near))
    # Speech drops its "ne": to write it is no difference, to lose one may be.
    return own != theirs or has_ne(plain) < has_ne(near)


def _speakers(text: str, found: Sequence[Evidence], sources: Sources) -> Iterator[Difference]:
    voices = {fold(one.speaker) for one in found if one.speaker}
    if not voices:
        return
    told = f" {fold(text)} "
    around = " ".join(f" {fold(one.around)} " for one in found)
    for name, shown in sources.speakers.items():
        named = name and f" {name} " in told and f" {name} " not in around
        if named and name not in voices:
            yield "speaker", {"name": shown}
