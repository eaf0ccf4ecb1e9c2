"""Tables on paper: a card for each table, a strip for each person, a poster for each round."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from fabrique.charts.glyphs import drawable
from fabrique.domain.encounters import Rounds, routes
from fabrique.domain.fold_text import bare
from fabrique.domain.language import Language
from fabrique.domain.text import Text
from fabrique.domain.typography import typeset
from fabrique.formats.typst import typeset_pdf

TEMPLATE = (Path(__file__).parent / "tables.typ").read_bytes()
KINDS = {
    "cards": Text("Table cards"),
    "routes": Text("Personal routes"),
    "posters": Text("Posters, by name"),
}
TABLE = Text("Table {number}")
ROUND = Text("Round {number}")
NOWHERE = "—"


def papers(
    kind: str,
    title: str,
    rounds: Rounds,
    names: Mapping[str, str],
    now: datetime,
    words: Language,
) -> bytes:
    """Set one of `KINDS` as PDF/UA-1; whoever has no name left is a dash."""
    shown = {who: _shown(names.get(who) or NOWHERE) for row in rounds for t in row for who in t}
    made = {"cards": _cards, "routes": _routes, "posters": _posters}[kind](rounds, shown, words)
    data = {"kind": kind, "lang": words.code, "title": _shown(title), "pages": made}
    return typeset_pdf(TEMPLATE, json.dumps(data, ensure_ascii=False), int(now.timestamp()))


def _cards(rounds: Rounds, names: Mapping[str, str], words: Language) -> list[dict[str, Any]]:
    """Give a card a table: its number large, then who sits there in each round."""
    most = max((len(row) for row in rounds), default=0)
    return [
        {
            "heading": _say(words, TABLE, place),
            "number": str(place),
            "rounds": [
                {
                    "title": _say(words, ROUND, number),
                    "names": _ordered(row[place - 1], names) if place <= len(row) else [],
                }
                for number, row in enumerate(rounds, 1)
            ],
        }
        for place in range(1, most + 1)
    ]


def _routes(rounds: Rounds, names: Mapping[str, str], words: Language) -> list[dict[str, Any]]:
    """Give a strip a person: their tables in the order of rounds."""
    heads = [_say(words, ROUND, number) for number in range(1, len(rounds) + 1)]
    found = [
        {
            "name": names[who],
            "stops": [
                [head, str(place) if place else NOWHERE]
                for head, place in zip(heads, places, strict=True)
            ],
        }
        for who, places in routes(rounds).items()
    ]
    return sorted(found, key=lambda one: bare(str(one["name"])))


def _posters(rounds: Rounds, names: Mapping[str, str], words: Language) -> list[dict[str, Any]]:
    """Give a poster a round: everybody by name, with their table."""
    made = []
    for number, row in enumerate(rounds, 1):
        lines = [[names[who], str(place)] for place, table in enumerate(row, 1) for who in table]
        ordered = sorted(lines, key=lambda one: bare(one[0]))
        made.append({"heading": _say(words, ROUND, number), "lines": ordered})
    return made


def _ordered(table: Sequence[str], names: Mapping[str, str]) -> list[str]:
    return sorted((names[who] for who in table), key=bare)


def _say(words: Language, text: Text, number: int) -> str:
    return words.say(Text(text.msgid, {"number": number}))


def _shown(text: str) -> str:
    return drawable(typeset(text))
