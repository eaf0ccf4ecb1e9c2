"""What changed between two editions of a text, sentence by sentence, then word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct

from fabrique.domain.article import Article, Passage

ALIKE = 0.55  # from here on, a sentence is said otherwise; below, one went and another came
MOST = 40  # sentences of a stretch that are compared each with each
_WORD = re.compile(r"\s+|[^\s]+")


class State(StrEnum):
    """What became of a sentence."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


Words = tuple[tuple[str, bool], ...]  # (words, whether they are on this side alone)


class Line(Struct, frozen=True):
    """A sentence in one edition or in both."""

    state: State
    title: str
    kind: str
    before: Words = ()
    after: Words = ()


class Difference(Struct, frozen=True):
    """Every sentence of both, in the order of the later one."""

    lines: tuple[Line, ...]

    def count(self, state: State) -> int:
        """Count the sentences of which it is so."""
        return sum(one.state is state for one in self.lines)

    def without_gone(self) -> Difference:
        """Leave out every word that the later edition does not have."""
        left = (one for one in self.lines if one.state is not State.REMOVED)
        return Difference(
            tuple(Line(one.state, one.title, one.kind, (), one.after) for one in left)
        )


class _Said(Struct, frozen=True):
    title: str
    kind: str
    words: str


def difference(before: Article, after: Article) -> Difference:
    """Compare two editions."""
    old, new = list(_said(before)), list(_said(after))
    return Difference(tuple(_lines(old, new)))


def _said(article: Article) -> Iterator[_Said]:
    yield _Said("", "title", article.title)
    if article.question:
        yield _Said("", "question", article.question)
    for part in article.parts:
        for one in part.passages:
            yield _Said(part.title, one.kind, _words(one))


def _words(one: Passage) -> str:
    """Give a sentence with who does it and by when: they bind as much as its words."""
    owner = f" — {one.owner}" if one.owner else ""
    return f"{one.text}{owner}{f' ({one.due})' if one.due else ''}"


def _lines(old: Sequence[_Said], new: Sequence[_Said]) -> Iterator[Line]:
    matched = SequenceMatcher(None, old, new, autojunk=False)
    for what, i, j, k, m in matched.get_opcodes():
        if what == "equal":
            yield from (Line(State.KEPT, one.title, one.kind, (), _whole(one)) for one in new[k:m])
        else:
            yield from _stretch(old[i:j], new[k:m])


def _stretch(old: Sequence[_Said], new: Sequence[_Said]) -> Iterator[Line]:
    """Pair what is said otherwise; what has no pair went or came."""
    left, told = list(old), []
    for one in new:
        pair = _nearest(one, left)
        while pair is not None and left and left[0] is not pair:
            told.append(_gone(left.pop(0)))
        if pair is None:
            told.append(Line(State.ADDED, one.title, one.kind, (), ((one.words, True),)))
        else:
            left.remove(pair)
            told.append(Line(State.CHANGED, one.title, one.kind, *_sides(pair.words, one.words)))
    yield from told
    yield from map(_gone, left)


def _gone(one: _Said) -> Line:
    return Line(State.REMOVED, one.title, one.kind, ((one.words, True),))


def _whole(one: _Said) -> Words:
    return ((one.words, False),)


def _nearest(one: _Said, left: Sequence[_Said]) -> _Said | None:
    alike = [(_likeness(one.words, other.words), other) for other in left[:MOST]]
    best = max(alike, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= ALIKE else None


def _likeness(one: str, other: str) -> float:
    found = SequenceMatcher(None, _WORD.findall(one), _WORD.findall(other), autojunk=False)
    return found.ratio()


def _sides(before: str, after: str) -> tuple[Words, Words]:
    """Part two ways of saying a sentence into what both have and what one alone has."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    matched = SequenceMatcher(None, old, new, autojunk=False)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for what, i, j, k, m in matched.get_opcodes():
        left.append(("".join(old[i:j]), what != "equal"))
        right.append(("".join(new[k:m]), what != "equal"))
    return _tidy(left), _tidy(right)


def _tidy(pieces: Sequence[tuple[str, bool]]) -> Words:
    return tuple((words, own) for words, own in pieces if words)
