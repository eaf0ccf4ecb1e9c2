"""What a text of the library is about, and what it belongs to, as a form gives it."""

from __future__ import annotations

import re

from msgspec import Struct

from fabrique.domain.fold_text import key
from fabrique.domain.text import Invalid, Text

MOST_THEMES, LONGEST_THEME = 8, 80
_BETWEEN = re.compile(r"[,;\n]")


class Belonging(Struct, frozen=True, kw_only=True):
    """Its themes, its gathering, its series; "" is none."""

    chosen: tuple[str, ...] = ()  # slugs of themes that there are
    themes: str = ""  # titles of new ones, between commas
    gathering: str = ""  # its id
    series: str = ""  # its id


def themes_of(given: Belonging) -> list[str]:
    """Give the titles that are typed, each once whatever its case and accents."""
    return each(_BETWEEN.split(given.themes))


def check_themes(given: Belonging) -> None:
    """Raise `Invalid` for too many, or for one that is too long."""
    typed = themes_of(given)
    if len(given.chosen) + len(typed) > MOST_THEMES or any(len(t) > LONGEST_THEME for t in typed):
        raise Invalid(
            Text("At most {n} themes, of a few words each.", {"n": MOST_THEMES}), "themes"
        )


def each(words: list[str]) -> list[str]:
    """Give each of them once, tidy; the first way to write it stays."""
    found = {key(tidy): tidy for one in reversed(words) if (tidy := " ".join(one.split()))}
    return list(reversed(found.values()))
