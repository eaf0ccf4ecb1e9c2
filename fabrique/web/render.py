"""Fragments: a frozen value in, HTML out. No request, no query, no clock.

The template of an activity is found by the name of its kind: `kinds/<kind>.html`, and its partial
by the name of the screen; fragments of the session itself are those of `live/session.html`, and of
how it is led, `live/conduct.html`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.template.base import Template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.translation import override

from fabrique.domain.session import FAMILY
from fabrique.domain.view import Part
from fabrique.live.studio import STUDIO

OF_THE_ROOM = frozenset({FAMILY, "conduct", "groups", "pace", STUDIO})  # fragments of no activity


def render(kind: str, partial: str, view: Any, language: str, part: Part) -> str:
    """Draw one fragment of a screen in `language`; its root carries the place `part` says."""
    with override(language):
        return _template(kind, partial).render(Context({"view": view, "part": part})).strip()


@cache
def _template(kind: str, partial: str) -> Template:
    file = f"live/{kind}.html" if kind in OF_THE_ROOM else f"kinds/{kind}.html"
    found: Template = get_template(f"{file}#{partial}").template  # type: ignore[attr-defined]
    return found
