"""Words looked for in what was published: FTS5 on SQLite, the `french` configuration on PostgreSQL.

The index holds the words of a row of the shelf (`Shelved`) under its id. Which rows somebody may
read is said first: nothing else is ranked, counted or quoted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from fabrique.domain.fold_text import plain
from fabrique.domain.quoted import piece

WORDS = 12  # of what somebody looks for
OPEN, CLOSE = "\x02", "\x03"  # around what was found, in a snippet
_WORD = re.compile(r"[^\W_]+")
Snippet = tuple[tuple[str, bool], ...]  # pieces: words, whether they were looked for


def put(row: int, title: str, body: str) -> None:
    """Have a row found; in the transaction that publishes it."""
    remove(row)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO store_words (row, title, body, words) VALUES (%s, %s, %s, "
                "setweight(to_tsvector('fabrique', %s), 'A') || to_tsvector('fabrique', %s))",
                [row, title, body, _folded(title), _folded(body)],
            )
        else:
            cursor.execute(
                "INSERT INTO store_words (rowid, title, body) VALUES (%s, %s, %s)",
                [row, title, body],
            )


def remove(row: int) -> None:
    """Have it found no more."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM store_words WHERE {_key()} = %s", [row])  # noqa: S608


def words_of(typed: str) -> list[str]:
    """Give the words that somebody looks for, none of them an operator."""
    return _WORD.findall(typed)[:WORDS]


def matching(words: Sequence[str]) -> RawSQL:
    """Give the ids of the rows that have all these words, as a query filters by them."""
    if connection.vendor == "postgresql":
        return RawSQL(
            "SELECT row FROM store_words WHERE words @@ to_tsquery('fabrique', %s)",
            [_query(words)],
        )
    return RawSQL("SELECT rowid FROM store_words WHERE store_words MATCH %s", [_match(words)])


def ranked(words: Sequence[str], rows: Sequence[int], since: int, most: int) -> list[int]:
    """Give ids among `rows`, those that say it best first; `most` of them, after `since`."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT row FROM store_words, to_tsquery('fabrique', %s) q "
            "WHERE words @@ q AND row = ANY(%s) "
            "ORDER BY ts_rank(words, q) DESC, row DESC LIMIT %s OFFSET %s"
        )
        values: list[str | int | list[int]] = [_query(words), list(rows), most, since]
    else:
        query = (
            "SELECT rowid FROM store_words WHERE store_words MATCH %s "
            "AND rowid IN (SELECT value FROM json_each(%s)) "
            "ORDER BY bm25(store_words, 4.0, 1.0), rowid DESC LIMIT %s OFFSET %s"
        )
        values = [_match(words), json.dumps(list(rows)), most, since]
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [int(row) for (row,) in cursor.fetchall()]


def snippets(words: Sequence[str], rows: Sequence[int]) -> dict[int, Snippet]:
    """Give a piece of each of `rows` where the words stand."""
    if connection.vendor == "postgresql":
        # Its own marks would miss what is accented: it knows the folded words alone.
        query = "SELECT row, body FROM store_words WHERE row = ANY(%s)"
        values: list[str | int | list[int]] = [list(rows)]
    else:
        query = (
            "SELECT rowid, snippet(store_words, -1, %s, %s, '…', 24) FROM store_words "
            "WHERE store_words MATCH %s AND rowid IN (SELECT value FROM json_each(%s))"
        )
        values = [OPEN, CLOSE, _match(words), json.dumps(list(rows))]
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found = {int(row): str(text) for row, text in cursor.fetchall()}
    if connection.vendor == "postgresql":
        return {row: piece(text, words) for row, text in found.items()}
    return {row: _pieces(text) for row, text in found.items()}


def _key() -> str:
    return "row" if connection.vendor == "postgresql" else "rowid"


def _match(words: Sequence[str]) -> str:
    return " ".join(f'"{word}"' for word in words)  # quoted, so that none is an operator


def _query(words: Sequence[str]) -> str:
    return " & ".join(map(_folded, words))  # letters and digits alone: none is an operator


def _folded(text: str) -> str:
    """Take accents off, as FTS5 does by itself: no extension of PostgreSQL is needed for it."""
    return plain(text)


def _pieces(snippet: str) -> Snippet:
    found: list[tuple[str, bool]] = []
    for n, part in enumerate(snippet.split(OPEN)):
        inside, _, rest = part.partition(CLOSE) if n else ("", "", part)
        found += [(text, mark) for text, mark in ((inside, True), (rest, False)) if text]
    return tuple(found)
