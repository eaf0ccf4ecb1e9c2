"""fabrique.method/1: a ready-made running order, in French and in English, as one TOML file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from fabrique.domain.definitions import read_definition
from fabrique.domain.ready_made import LANGUAGES, Bilingual, read_toml
from fabrique.domain.schema import Line, Part, Whole, read
from fabrique.domain.session import Kinds
from fabrique.domain.step import Definition
from fabrique.domain.text import Invalid, Name, Text

FOLDER = Path(__file__).resolve().parent.parent / "methods"


class _Document(Part, frozen=True):
    format: Literal["fabrique.method/1"]
    kind: Line
    name: Bilingual
    about: Bilingual
    steps: Annotated[tuple[dict[str, Any], ...], Meta(min_length=1)]
    credit: Bilingual | None = None  # what it is inspired by
    minutes: Whole | None = None  # what its steps last together


class Method(Struct, frozen=True):
    """A method; `steps` gives its running order by language code."""

    id: str
    kind: str
    name: Name
    about: Name
    credit: Name | None
    minutes: int | None
    steps: dict[str, tuple[Definition, ...]]


def read_method(name: str, content: bytes, kinds: Kinds) -> Method:
    """Read a method; a step's own language tables complete what both languages share.

    Raises `Invalid`, saying where.
    """
    raw = read_toml(content)
    document = read(raw, _Document)
    steps = {
        language: tuple(
            _step(step, language, kinds, f".steps[{n}]") for n, step in enumerate(document.steps)
        )
        for language in LANGUAGES
    }
    for language in LANGUAGES:
        _check_minutes(document.minutes, steps[language])
    return Method(
        id=name,
        kind=document.kind,
        name=document.name.name(),
        about=document.about.name(),
        credit=document.credit.name() if document.credit else None,
        minutes=document.minutes,
        steps=steps,
    )


def _check_minutes(minutes: int | None, steps: tuple[Definition, ...]) -> None:
    """A length that is said is the one that the steps make."""
    made = sum(step.seconds or 0 for step in steps)
    if minutes is not None and made != minutes * 60:
        what = {"minutes": minutes, "made": made}
        said = Text("{minutes} min are said, and the steps last {made} s.", what)
        raise Invalid(said, ".minutes")


def _step(step: dict[str, Any], language: str, kinds: Kinds, where: str) -> Definition:
    shared = {key: value for key, value in step.items() if key not in LANGUAGES}
    return read_definition({**shared, **step.get(language, {})}, kinds, where)


@cache
def _methods() -> tuple[Path, ...]:
    return tuple(sorted(FOLDER.glob("*.toml")))


def methods(kinds: Kinds) -> dict[str, Method]:
    """Give every method of the house by file name, in order of name."""
    return {path.stem: read_method(path.stem, path.read_bytes(), kinds) for path in _methods()}
