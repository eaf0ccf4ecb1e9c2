"""Where words to be replaced stand, before anything is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from fabrique.actions.minutes.transcript import looked_for
from fabrique.domain.cited import moment
from fabrique.domain.text import Invalid
from fabrique.store.models import Minutes

MOST = 50  # moments that are shown


class Hit(Struct, frozen=True):
    """A moment, its words parted where what is looked for stands: (words, whether it is that)."""

    number: int
    clock: str
    pieces: tuple[tuple[str, bool], ...]


def replacing(given: Mapping[str, str], found: Minutes) -> dict[str, Any]:
    """Give what is looked for and where it stands; nothing where nothing is asked."""
    find, whole = given.get("find", "")[:200], "whole" in given
    told = {"find": find, "by": given.get("by", "")[:200], "whole": whole or not find}
    try:
        there = looked_for(find, whole=whole)
    except Invalid:
        return {"looked": told, "hits": [], "count": 0}
    rows = [one for one in found.cues.order_by("number") if there.search(one.text)]
    hits = []
    for row in rows[:MOST]:
        pieces, at = [], 0
        for match in there.finditer(row.text):
            pieces += [(row.text[at : match.start()], False), (match[0], True)]
            at = match.end()
        hits.append(Hit(row.number, moment(row.start), (*pieces, (row.text[at:], False))))
    return {"looked": told, "hits": hits, "count": len(rows)}
