"""Badges with their codes, and attestations of presence: PDF/UA-1, one person a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct, to_builtins

from fabrique.charts.glyphs import drawable
from fabrique.domain.language import Language
from fabrique.domain.text import Text
from fabrique.domain.typography import typeset
from fabrique.formats.typst import typeset_pdf

TEMPLATE = (Path(__file__).parent / "badges.typ").read_bytes()
ALT = Text("Code to check {name} in")
HEADING = Text("Attestation of presence")
PRESENT = Text(
    "We attest that {name} took part in “{title}”.\n{when}{place}\nDuration: {minutes} minutes."
)
PRESENT_UNTIMED = Text("We attest that {name} took part in “{title}”.\n{when}{place}")
DONE = Text("Done on {day}, to serve as needed.")
SIGNATURE = Text("For the organisers")


class Holder(Struct, frozen=True):
    """Whose badge it is, or whose attestation; `code` is a drawing, as SVG."""

    name: str
    line: str = ""
    seats: str = ""
    code: str = ""


class Occasion(Struct, frozen=True):
    """What they were there for; moments are by its own clocks."""

    title: str
    starts_at: datetime | None
    ends_at: datetime | None
    place: str


def badges(occasion: Occasion, people: Sequence[Holder], now: datetime, words: Language) -> bytes:
    """Set a badge a page, A6."""
    made = [
        {**to_builtins(one), "name": _shown(one.name), "alt": _say(words, ALT, name=one.name)}
        for one in people
    ]
    return _set("badges", occasion, made, now, words)


def attestations(
    occasion: Occasion, people: Sequence[Holder], now: datetime, words: Language
) -> bytes:
    """Set an attestation a page, A4."""
    made = [{"words": _present(occasion, one, words)} for one in people]
    return _set("attestations", occasion, made, now, words)


def _present(occasion: Occasion, one: Holder, words: Language) -> str:
    starts, ends = occasion.starts_at, occasion.ends_at
    timed = starts is not None and ends is not None and ends > starts
    minutes = round((ends - starts).total_seconds() / 60) if starts and ends else 0
    sentence = PRESENT if timed else PRESENT_UNTIMED
    said = {
        "name": _shown(one.name),
        "title": _shown(occasion.title),
        "when": words.day(starts) if starts else "",
        "place": f", {_shown(occasion.place)}" if occasion.place else "",
        "minutes": minutes,
    }
    return words.say(Text(sentence.msgid, said))


def _set(
    kind: str,
    occasion: Occasion,
    people: Sequence[dict[str, str]],
    now: datetime,
    words: Language,
) -> bytes:
    starts = occasion.starts_at
    data = {
        "kind": kind,
        "lang": words.code,
        "title": _shown(occasion.title),
        "when": words.moment(starts) if starts else "",
        "heading": words.say(HEADING),
        "done": _say(words, DONE, day=words.day(now)),
        "signature": words.say(SIGNATURE),
        "people": people,
    }
    return typeset_pdf(TEMPLATE, json.dumps(data, ensure_ascii=False), int(now.timestamp()))


def _say(words: Language, text: Text, **said: str) -> str:
    return words.say(Text(text.msgid, said))


def _shown(text: str) -> str:
    return drawable(typeset(text))
