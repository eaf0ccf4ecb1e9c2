"""Words looked for in what was published: FTS5 on SQLite, the `french` configuration on PostgreSQL.

The index holds an edition's words under its id. Who may read a hit is asked before it is shown:
the query narrows by audience, the policy decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import connection
from msgspec import Struct

from fabrique.domain.fold_text import plain

WORDS = 12  # of what somebody looks for
MOST = 50  # hits
OPEN, CLOSE = "\x02", "\x03"  # around what was found, in a snippet
_WORD = re.compile(r"[^\W_]+")


class Hit(Struct, frozen=True):
    """An edition, and a piece of it as (words, whether they were looked for)."""

    edition: int
    snippet: tuple[tuple[str, bool], ...]


def put(edition: int, audience: str, title: str, body: str) -> None:
    """Have an edition found; in the transaction that publishes it."""
    remove(edition)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO store_found (edition, audience, title, body, words) VALUES (%s, %s, "
                "%s, %s, setweight(to_tsvector('fabrique', %s), 'A') || to_tsvector('fabrique', "
                "%s))",
                [edition, audience, title, body, _folded(title), _folded(body)],
            )
        else:
            cursor.execute(
                "INSERT INTO store_found (title, body, edition, audience) VALUES (%s, %s, %s, %s)",
                [title, body, edition, audience],
            )


def remove(edition: int) -> None:
    """Have it found no more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_found WHERE edition = %s", [edition])


def find(typed: str, audiences: Sequence[str], most: int = MOST) -> list[Hit]:
    """Look for words, the best first, in what is for one of `audiences`."""
    words = _WORD.findall(typed)[:WORDS]
    if not words or not audiences:
        return []
    look = _postgres if connection.vendor == "postgresql" else _sqlite
    return [Hit(edition, _pieces(piece)) for edition, piece in look(words, audiences, most)]


def _sqlite(words: Sequence[str], audiences: Sequence[str], most: int) -> list[tuple[int, str]]:
    match = " ".join(f'"{word}"' for word in words)  # quoted, so that none is an operator
    holes = ", ".join(["%s"] * len(audiences))
    query = (
        "SELECT edition, snippet(store_found, -1, %s, %s, '…', 24) FROM store_found "  # noqa: S608
        f"WHERE store_found MATCH %s AND audience IN ({holes}) "
        "ORDER BY bm25(store_found, 4.0, 1.0) LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [OPEN, CLOSE, match, *audiences, most])
        return [(int(edition), str(piece)) for edition, piece in cursor.fetchall()]


def _postgres(words: Sequence[str], audiences: Sequence[str], most: int) -> list[tuple[int, str]]:
    query = " & ".join(map(_folded, words))  # letters and digits alone: none is an operator
    marks = f'StartSel="{OPEN}", StopSel="{CLOSE}", MaxWords=24, MinWords=12'
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT edition, ts_headline('fabrique', body, q, %s) FROM store_found, "
            "to_tsquery('fabrique', %s) q WHERE words @@ q AND audience = ANY(%s) "
            "ORDER BY ts_rank(words, q) DESC, edition DESC LIMIT %s",
            [marks, query, list(audiences), most],
        )
        return [(int(edition), str(piece)) for edition, piece in cursor.fetchall()]


def _folded(text: str) -> str:
    """Take accents off, as FTS5 does by itself: no extension of PostgreSQL is needed for it."""
    return plain(text)


def _pieces(snippet: str) -> tuple[tuple[str, bool], ...]:
    found: list[tuple[str, bool]] = []
    for n, part in enumerate(snippet.split(OPEN)):
        inside, _, rest = part.partition(CLOSE) if n else ("", "", part)
        found += [(text, mark) for text, mark in ((inside, True), (rest, False)) if text]
    return tuple(found)
