"""What users wrote as Markdown, and dates, as pages show them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

import nh3
from django.template import Library
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from fabrique.actions.messages import why as why_of
from fabrique.domain import when as days
from fabrique.domain.announcement import Happens
from fabrique.domain.gathering import State
from fabrique.domain.language import language
from fabrique.domain.occasions import occasion as occasion_of
from fabrique.domain.text import Name, Text
from fabrique.domain.told import MODES
from fabrique.domain.typography import typeset

register = Library()
TAGS = set("p br strong em a ul ol li blockquote code pre h2 h3 h4 hr".split())
ATTRIBUTES = {"a": {"href", "title"}}
SCHEMES = {"http", "https", "mailto"}
LOWER = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
UNDER = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
# Nothing in a text ends the element that holds it.
_HARMLESS = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")


def _lowered(tokens: list, levels: dict[str, str]) -> list:  # type: ignore[type-arg]
    for token in tokens:
        token.tag = levels.get(token.tag, token.tag)
    return tokens


@register.filter
def marked(text: str) -> SafeString:
    """Draw Markdown under a title of ours; whatever is written, only what is listed comes out."""
    return _drawn(text, LOWER)


@register.filter
def whole_text(text: str) -> SafeString:
    """Draw Markdown right under the title of a page."""
    return _drawn(text, UNDER)


def _drawn(text: str, levels: dict[str, str]) -> SafeString:
    tokens = _lowered(_parser.parse(typeset(text)), levels)
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has just made it safe


@register.filter
def spell(when: days.Span) -> str:
    """Say when, in the reader's language."""
    return days.said(when, language(get_language() or "fr"))


@register.filter
def opens(when: days.Span) -> str:
    """Write the hour it begins, by the clocks of its place."""
    return language(get_language() or "fr").time(when.begins)


@register.filter
def month_name(number: int) -> str:
    """Name a month."""
    return language(get_language() or "fr").habits.months[number - 1]


@register.filter
def weekday_name(number: int) -> str:
    """Name a day of the week, Monday being 0."""
    return language(get_language() or "fr").habits.days[number]


@register.filter
def mode_name(mode: str) -> Text:
    """Say whether one comes, or looks in from elsewhere."""
    return MODES[mode]


@register.filter
def occasion(kind: str) -> Name:
    """Name a kind of gathering."""
    return occasion_of(kind)


@register.filter
def why(error: str) -> Text:
    """Say why a message has not left."""
    return why_of(error)


@register.filter
def host(address: str) -> str:
    """Give the house that an address leads to."""
    return urlsplit(address).hostname or ""


@register.filter
def linked_data(told: dict[str, Any]) -> SafeString:
    """Write what a page is, for search engines: data, which no browser runs."""
    text = json.dumps(told, ensure_ascii=False).translate(_HARMLESS)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - no tag


@register.simple_tag
def querystring_of(asked: dict[str, str], **more: object) -> str:
    """Write what an address is asked with; nothing for nothing."""
    found = urlencode({**asked, **more})
    return f"?{found}" if found else ""


@register.filter
def is_gone(state: str) -> bool:
    """Whether it will not take place on its date."""
    return state in (State.CANCELLED, State.POSTPONED, Happens.CANCELLED, Happens.POSTPONED)
