"""fabrique.method/1: a ready-made running order, in French and in English, as one TOML file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from fabrique.domain.activity import Definition
from fabrique.domain.definitions import read_definition
from fabrique.domain.schema import Line, Part, read
from fabrique.domain.session import Kinds
from fabrique.domain.text import Invalid, Name, Text

FOLDER = Path(__file__).resolve().parent.parent / "methods"
LANGUAGES = ("fr", "en")


class Bilingual(Part, frozen=True):
    """A sentence in both languages."""

    fr: Line
    en: Line

    def name(self) -> Name:
        """Give it as our words."""
        return Name(self.fr, self.en)


class _Document(Part, frozen=True):
    format: Literal["fabrique.method/1"]
    kind: Line
    name: Bilingual
    about: Bilingual
    steps: Annotated[tuple[dict[str, Any], ...], Meta(min_length=1)]
    credit: Bilingual | None = None  # what it is inspired by


class Method(Struct, frozen=True):
    """A method; `steps` gives its running order by language code."""

    id: str
    kind: str
    name: Name
    about: Name
    credit: Name | None
    steps: dict[str, tuple[Definition, ...]]


def read_method(name: str, content: bytes, kinds: Kinds) -> Method:
    """Read a method; a step's own language tables complete what both languages share.

    Raises `Invalid`, saying where.
    """
    try:
        raw = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(Text("Not readable as TOML: {detail}", {"detail": str(error)})) from None
    document = read(raw, _Document)
    steps = {
        language: tuple(
            _step(step, language, kinds, f".steps[{n}]") for n, step in enumerate(document.steps)
        )
        for language in LANGUAGES
    }
    credit = document.credit.name() if document.credit else None
    about = document.about.name()
    return Method(name, document.kind, document.name.name(), about, credit, steps)


def _step(step: dict[str, Any], language: str, kinds: Kinds, where: str) -> Definition:
    shared = {key: value for key, value in step.items() if key not in LANGUAGES}
    return read_definition({**shared, **step.get(language, {})}, kinds, where)


@cache
def _methods() -> tuple[Path, ...]:
    return tuple(sorted(FOLDER.glob("*.toml")))


def methods(kinds: Kinds) -> dict[str, Method]:
    """Give every method of the house by file name, in order of name."""
    return {path.stem: read_method(path.stem, path.read_bytes(), kinds) for path in _methods()}
