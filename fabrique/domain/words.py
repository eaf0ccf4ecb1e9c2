"""Words people say, gathered by key; what a facilitator puts together or hides is kept apart.

Raw entries are never touched: taking an override back gives what was there. Overrides name words by
a mark, so that no line but the person's own holds what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import sha256

from msgspec import Struct

from fabrique.domain.entry import Entry
from fabrique.domain.fold_text import key
from fabrique.domain.moderation import One
from fabrique.domain.schema import Line, Part
from fabrique.domain.text import Invalid, Refused, Text

MOST = 8  # proposals at once


class Merge(Part, frozen=True):
    """Body of `merge`, kept as it is: the marks of a word and of the one to count it as."""

    item: Line
    onto: Line


class Entered(Struct, frozen=True):
    """A word as kept."""

    by: str
    text: str


@cache
def mark(text: str) -> str:
    """Give the mark of a word: the same for whatever is counted together."""
    return sha256(key(text).encode()).hexdigest()[:12]


class Sayings(Struct):
    """Every entry in order, and what the facilitator made of them, by mark."""

    said: list[Entered] = []
    into: dict[str, str] = {}
    hidden: set[str] = set()

    def top(self, word: str) -> str:
        """Give the mark under which a mark is counted."""
        return self.into.get(word, word)

    def check(self, word: str) -> None:
        """Raise `Invalid` for a word nobody said."""
        if all(mark(one.text) != word for one in self.said):
            raise Invalid(Text("There is no such word."))


def check_merge(words: Sayings, body: Merge) -> None:
    """Raise `Invalid` for what nobody said, `Refused` for a word with itself."""
    words.check(body.item)
    words.check(body.onto)
    if words.top(body.item) == words.top(body.onto):
        raise Refused("itself", Text("These words are already counted together."))


def _merge(words: Sayings, entry: Entry) -> None:
    item, onto = words.top(entry.body.item), words.top(entry.body.onto)
    if item != onto:
        words.into = {one: onto if top == item else top for one, top in words.into.items()}
        words.into[item] = onto


def _split(words: Sayings, entry: Entry) -> None:
    own = entry.body.item
    words.into = {one: top for one, top in words.into.items() if own not in (one, top)}


def _hide(words: Sayings, entry: Entry) -> None:
    words.hidden = words.hidden | {words.top(entry.body.item)}


def _restore(words: Sayings, entry: Entry) -> None:
    words.hidden = words.hidden - {words.top(entry.body.item), entry.body.item}


BODIES: dict[str, type[Struct]] = {"merge": Merge, "split": One, "hide": One, "restore": One}
CHANGES: Mapping[str, Callable[[Sayings, Entry], None]] = {
    "merge": _merge,
    "split": _split,
    "hide": _hide,
    "restore": _restore,
}


def variants(labels: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Propose words that differ by number or gender alone, the rarer first; nothing is merged."""
    found: list[tuple[str, str]] = []
    first: dict[str, str] = {}
    for label in labels:  # most said first
        stem = " ".join(_bare(word) for word in key(label).split())
        if stem in first:
            found.append((label, first[stem]))
        first.setdefault(stem, label)
    return tuple(found[:MOST])


def _bare(word: str) -> str:
    return re.sub(r"(?<=\w{3})(?:es|ee|ees|e|s|x)$", "", word)
