"""Badges with their codes, four a sheet, and attestations of presence, one a page: PDF/UA-1."""

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
from fabrique.domain.when import Span, said
from fabrique.formats.typst import typeset_pdf

TEMPLATE = (Path(__file__).parent / "badges.typ").read_bytes()
ALT = Text("Code to check {name} in")
HEADING = Text("Attestation of presence")
PRESENT = Text("We attest that {name} took part in “{title}”.")
DONE = Text("Done on {day}, to serve as needed.")
SIGNATURE = Text("For the organisers")
SIGN = Text("Name and signature")
HOUR = 60  # minutes


class Holder(Struct, frozen=True):
    """Whose badge it is, or whose attestation; `code` is a drawing, as SVG."""

    name: str
    line: str = ""
    seats: str = ""
    code: str = ""


class Occasion(Struct, frozen=True):
    """What they were there for, and who says so."""

    title: str
    when: Span | None
    place: str
    house: str


def badges(occasion: Occasion, people: Sequence[Holder], now: datetime, words: Language) -> bytes:
    """Set badges of A6, four a sheet, by name."""
    made = [
        {**to_builtins(one), "name": _shown(one.name), "alt": _say(words, ALT, name=one.name)}
        for one in people
    ]
    return _set("badges", occasion, made, now, words)


def attestations(
    occasion: Occasion, people: Sequence[Holder], now: datetime, words: Language
) -> bytes:
    """Set an attestation a page, A4."""
    title = _shown(occasion.title)
    made = [{"words": _say(words, PRESENT, name=_shown(one.name), title=title)} for one in people]
    return _set("attestations", occasion, made, now, words)


def _facts(occasion: Occasion, words: Language) -> list[tuple[str, str]]:
    """Give what stands below the sentence: when, where, how long if it was one day."""
    found = []
    if occasion.when is not None:
        found.append((words.say(Text("When")), said(occasion.when, words)))
    if occasion.place:
        found.append((words.say(Text("Where")), _shown(occasion.place)))
    if minutes := _minutes(occasion.when):
        hours, rest = divmod(minutes, HOUR)
        lasted = [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]
        found.append((words.say(Text("Duration")), "\u00a0".join(filter(None, lasted))))
    return found


def _minutes(when: Span | None) -> int:
    if when is None or when.all_day or when.ends_at is None or when.last != when.first:
        return 0
    return round((when.ends_at - when.starts_at).total_seconds() / 60)


def _set(
    kind: str,
    occasion: Occasion,
    people: Sequence[dict[str, str]],
    now: datetime,
    words: Language,
) -> bytes:
    data = {
        "kind": kind,
        "lang": words.code,
        "title": _shown(occasion.title),
        "when": said(occasion.when, words) if occasion.when else "",
        "facts": _facts(occasion, words),
        "heading": words.say(HEADING),
        "done": _say(words, DONE, day=words.day(now)),
        "signature": words.say(SIGNATURE),
        "sign": words.say(SIGN),
        "house": _shown(occasion.house),
        "people": people,
    }
    return typeset_pdf(TEMPLATE, json.dumps(data, ensure_ascii=False), int(now.timestamp()))


def _say(words: Language, text: Text, **said: str) -> str:
    return words.say(Text(text.msgid, said))


def _shown(text: str) -> str:
    return drawable(typeset(text))
