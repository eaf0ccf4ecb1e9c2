"""A piece of a text where words that were looked for stand, as they are written there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from fabrique.domain.fold_text import stems

AROUND, LONG = 8, 24  # words before the first that was found, words in all
_WORD = re.compile(r"[^\W_]+")


def piece(text: str, wanted: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Give (words, whether they were looked for) around the first that is found."""
    keys = {_key(word) for word in wanted}
    spans = [one.span() for one in _WORD.finditer(text)]
    first = next((n for n, (a, b) in enumerate(spans) if _key(text[a:b]) in keys), None)
    if first is None:
        return ()
    since = max(0, first - AROUND)
    until = min(len(spans), since + LONG)
    found, at = [("…", False)] if since else [], spans[since][0]
    for a, b in spans[since:until]:
        if _key(text[a:b]) in keys:
            found += [(text[at:a], False), (text[a:b], True)]
            at = b
    rest = text[at : spans[until - 1][1]] + ("…" if until < len(spans) else "")
    return tuple((words, mark) for words, mark in [*found, (rest, False)] if words)


@lru_cache(maxsize=50_000)
def _key(word: str) -> tuple[str, ...]:
    return stems(word)
