"""What every ready-made file of the house has: TOML, and its sentences in both languages."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from fabrique.domain.schema import Line, Part
from fabrique.domain.text import Invalid, Name, Text

LANGUAGES = ("fr", "en")


class Bilingual(Part, frozen=True):
    """A sentence in both languages."""

    fr: Line
    en: Line

    def name(self) -> Name:
        """Give it as our words."""
        return Name(self.fr, self.en)


def read_toml(content: bytes) -> dict[str, Any]:
    """Read a file; raise `Invalid`, saying where."""
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError:
        raise Invalid(Text("This file is not text in UTF-8.")) from None
    except tomllib.TOMLDecodeError as error:
        raise Invalid(_unreadable(str(error))) from None


def _unreadable(message: str) -> Text:
    """Keep the place of what the library says in English."""
    if place := re.search(r"at line (?P<line>\d+), column (?P<column>\d+)", message):
        what = {key: int(value) for key, value in place.groupdict().items()}
        return Text("Not readable as TOML, line {line}, column {column}.", what)
    return Text("Not readable as TOML.")
