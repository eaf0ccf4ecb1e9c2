"""What templates may do with the values of the house; nothing here decides anything."""

from __future__ import annotations

import json as standard
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from math import sqrt
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template import Context, Library, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fabrique.actions.minutes.outside import named
from fabrique.domain import relative
from fabrique.domain.blocks import Bar, Cloud
from fabrique.domain.language import Language, language
from fabrique.domain.pictures import embedded, mark
from fabrique.domain.registry import discover
from fabrique.domain.step import Image
from fabrique.domain.text import Text, Words
from fabrique.domain.typography import typeset

register = Library()
SIZES = 6  # of words in a cloud
TINTS = 5  # of post-its
MANY, CROWD = 5, 8  # bars or columns: above, they are drawn smaller, and smaller still
GROUP = 3  # a code is read aloud by threes


def _language() -> Language:
    return language(get_language() or "fr")


@register.filter
def say(words: Words) -> str:
    """Say words of ours in the reader's language; users' words come back, made harmless."""
    return typeset(_language().say(words))


@register.filter
def address(src: str) -> str:
    """Give where a picture is fetched from, once and kept: beside the screens of its session.

    Nothing for an address that is none of ours: its words are shown, and nobody is asked.
    """
    name = mark(src)
    if name:
        return f"picture/{name}"
    return src if embedded(src) else ""


@register.filter
def light(image: Image) -> str:
    """Give the picture that a phone, or a corner of the console, needs."""
    return image.small or image.src


@register.filter
def figure(value: float, places: int | None = None) -> str:
    """Write a number as the language does."""
    return _language().figure(value, places)


@register.filter
def millis(at: datetime) -> int:
    """Write a moment as scripts count: milliseconds since 1970."""
    return round(at.timestamp() * 1000)


@register.filter
def moment(at: datetime) -> str:
    """Write a day to come and its hour, by the clocks of `at`; as stored, by those of the house."""
    return _language().moment(_here(at))


def _here(at: datetime) -> datetime:
    """Tell by the clocks of the house what comes from a table as it is; a zone given stays."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)) if at.tzinfo is UTC else at


@register.simple_tag
def slot(starts_at: datetime, ends_at: datetime, zone: str = "") -> str:
    """Write when something begins and ends, by the clocks of a zone."""
    place = ZoneInfo(zone or settings.TIME_ZONE)
    return _language().span(starts_at.astimezone(place), ends_at.astimezone(place))


@register.simple_tag
def model_host() -> str:
    """Name the host of the language model that sessions of this house may agree to."""
    return named()


@register.filter
def rule(moment_said: str) -> Text:
    """Say a moment that is counted from a gathering: "J-21"."""
    return relative.said(moment_said)


@register.filter
def of_key(values: Mapping[str, Any] | None, key: str) -> Any:
    """Give the value of a field by its name; nothing for one that is not there."""
    return (values or {}).get(key, "")


@register.filter
def day(on: date) -> str:
    """Write a day: "mardi 24 novembre 2026"."""
    return _language().day(_here(on) if isinstance(on, datetime) else on)


@register.filter
def typed(at: datetime | None) -> str:
    """Write a moment as a form does, by the clocks of `at`; nothing for none."""
    return f"{at:%Y-%m-%dT%H:%M}" if at else ""


@register.filter
def brief(value: float) -> str:
    """Write a number to one decimal at most, and none where it is whole."""
    return _language().figure(round(Decimal(str(value)), 1).normalize())


@register.filter
def minutes(seconds: float) -> str:
    """Write a duration as people plan it: minutes, and seconds where they count."""
    whole, rest = divmod(round(seconds), 60)
    if whole and rest:
        return f"{whole} min {rest} s"
    return f"{whole} min" if whole else f"{rest} s"


@register.filter
def json(value: Any) -> str:
    """Write a value for an attribute that a script reads."""
    return standard.dumps(value, ensure_ascii=False, separators=(",", ":"))


@register.simple_tag(takes_context=True)
def root(context: Context) -> SafeString:
    """Write the attributes that the root of every fragment carries (docs/live-protocol.md)."""
    part = context["part"]
    place = (
        format_html(' data-within="{}" data-rank="{}"', part.within, f"{part.rank:g}")
        if part.within
        else ""
    )
    return format_html('id="{}"{}', part.key, place)


@register.simple_tag
def body(**values: Any) -> str:
    """Write the body of an act for `data-body`."""
    return json(values)


@register.filter
def asked(question: Any) -> str:
    """Find the template that asks a question."""
    return f"questions/{question.kind}.html#phone"


@register.filter
def promise(question: Any) -> Text:
    """Give what a question's kind promises to whoever answers it."""
    said: Text = discover("fabrique.questions")[question.kind].promise(question)
    return said


@register.filter
def answered(shown: Any) -> str:
    """Find the template that shows the results of a question, by its kind."""
    own = f"questions/{shown.kind}.html#result"
    try:
        get_template(own)
    except TemplateDoesNotExist:
        return "parts/shown.html"
    return own


@register.filter
def drawn(drawing: Any) -> str:
    """Find the template of a drawing: bars, columns, cloud or wall."""
    return f"parts/{type(drawing).__name__.lower()}.html"


@register.filter
def of(value: float, whole: float) -> str:
    """Give the percentage that a length fills, for an SVG attribute."""
    return f"{100 * value / whole:.4g}" if whole else "0"


@register.filter
def rest(value: float, whole: float) -> str:
    """Give the percentage that is left above a column."""
    return f"{100 - 100 * value / whole:.4g}" if whole else "100"


@register.filter
def highest(bars: Sequence[Bar]) -> float:
    """Give the longest bar's value, 1 at least."""
    were = [bar.was.value for bar in bars if bar.was is not None]
    return max([1, *(bar.value for bar in bars), *were])


@register.filter
def density(items: Sequence[Any]) -> str:
    """Give the classes of a drawing that has too many items to draw them large."""
    if len(items) > CROWD:
        return " many crowd"
    return " many" if len(items) > MANY else ""


@register.filter
def scattered(cloud: Cloud) -> list[tuple[str, int, int]]:
    """Give (word, people, size from 1) in an order that a new word never upsets."""
    most = max((word.people for word in cloud.words), default=1)
    ordered = sorted(cloud.words, key=lambda word: crc32(word.label.encode()))
    return [(word.label, word.people, _size(word.people, most)) for word in ordered]


def _size(people: int, most: int) -> int:
    return 1 + round((SIZES - 1) * sqrt((people - 1) / (most - 1))) if most > 1 else SIZES // 2


@register.filter
def tint(key: str) -> int:
    """Give the tint of a post-it, from 1; the same on every screen."""
    return crc32(key.encode()) % TINTS + 1


@register.filter
def spaced(code: str) -> str:
    """Write a code by groups of three."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


@register.filter
def numbered(items: Sequence[Any]) -> list[tuple[int, Any]]:
    """Give (index from 0, item)."""
    return list(enumerate(items))


@register.filter
def upto(scale: int) -> range:
    """Give the grades of a scale."""
    return range(1, scale + 1)


@register.filter
def zipped(first: Sequence[Any], second: Sequence[Any]) -> list[tuple[int, Any, Any]]:
    """Give (index from 0, one, other) of two lists of the same length."""
    return [(i, *pair) for i, pair in enumerate(zip(first, second, strict=True))]


@register.filter
def run_of(within: str) -> str:
    """Give the run whose list `within` is: "step.1:list" → "step.1"."""
    return within.rpartition(":")[0]


@register.filter
def unfinished(order: Any) -> bool:
    """Whether the step that is on still waits to be closed, or to be shown."""
    on = (step for step in order.steps if step.id == order.current)
    return any(step.state == "open" or (step.asks and step.state == "closed") for step in on)
