"""Sentences against their sources: again whenever either changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from fabrique.actions.minutes.sources import sources_of, transcript_of
from fabrique.domain.citations import check
from fabrique.domain.claims import fold
from fabrique.domain.minutes import Cite, Sentence
from fabrique.domain.sources import REACH, Sources
from fabrique.domain.text import Text
from fabrique.store.models import Minutes, MinutesSentence

SPOKEN = "t:"


def check_all(minutes: Minutes) -> int:
    """Check every sentence anew; give how many may not be published as they are."""
    rows = list(minutes.sentences.select_related("author"))
    return check_some(rows, sources_of(minutes)) if rows else 0


def check_spoken(
    minutes: Minutes, numbers: Iterable[int] | None = None, voices: Iterable[str] = ()
) -> int:
    """Check what a change of those cues, or of what voices are called, may touch.

    Without `numbers`, whatever cites the recording; give how many are blocked.
    """
    near = None if numbers is None else _near(numbers)
    named = [f" {name} " for name in map(fold, voices) if name]
    rows = [
        row
        for row in minutes.sentences.select_related("author")
        if _cites(row, near) or any(name in f" {fold(row.text)} " for name in named)
    ]
    if not rows:
        return 0
    # Most cite the recording alone: the session's journal is not folded again for them.
    told = transcript_of(minutes)
    alone = all(one["ref"].startswith(SPOKEN) for row in rows for one in row.cites)
    return check_some(rows, Sources(told) if alone else sources_of(minutes))


def _near(numbers: Iterable[int]) -> set[str]:
    """Name the cues whose turn, and what is said before and after it, reaches one of these."""
    reach = REACH + 1
    return {
        f"{SPOKEN}{near}" for n in numbers for near in range(n - reach, n + reach + 1) if near > 0
    }


def _cites(row: MinutesSentence, near: set[str] | None) -> bool:
    refs = [one["ref"] for one in row.cites]
    return any(ref.startswith(SPOKEN) if near is None else ref in near for ref in refs)


def check_some(rows: Iterable[MinutesSentence], sources: Sources) -> int:
    """Check some sentences; give how many are blocked."""
    blocked = 0
    for row in rows:
        found = findings(row, sources)
        blocked += any(one["blocks"] for one in found)
        if found != row.found:
            row.found = found
            row.save(update_fields=["found"])
    return blocked


def findings(row: MinutesSentence, sources: Sources) -> list[dict[str, Any]]:
    """Give what a machine finds against a sentence, as a row keeps it."""
    return [
        {"rule": one.rule, "blocks": one.blocks, "text": msgspec.to_builtins(one.text)}
        for one in check(read(row), sources)
    ]


def read(row: MinutesSentence) -> Sentence:
    """Give a row as a sentence of the trade; whoever wrote it is its source."""
    by = row.author.named if row.author else row.author_name
    cites = tuple(Cite(one["ref"], one.get("quote", "")) for one in row.cites)
    return Sentence(row.text, row.kind, cites, row.section, by)  # type: ignore[arg-type]


def sentence_text(found: dict[str, Any]) -> Text:
    """Give what was found as a sentence to say."""
    return Text(found["text"]["msgid"], found["text"].get("params", {}))
