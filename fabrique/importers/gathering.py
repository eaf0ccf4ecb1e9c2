"""fabrique.gathering/1: a format of gathering, in French and in English, as one TOML file.

Its parts are copied into a gathering when it is chosen; what a file does not say is taken from
`_common.toml`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from fabrique.domain.checklist import LANES
from fabrique.domain.ready_made import LANGUAGES, Bilingual, read_toml
from fabrique.domain.registry import discover
from fabrique.domain.relative import relative
from fabrique.domain.schema import Line, Part, Whole, read
from fabrique.domain.text import Invalid, Name, Text

Told = Literal["confirmed", "before", "after"]  # letters that leave by themselves
FOLDER = Path(__file__).resolve().parent.parent / "gatherings"
COMMON = "_common.toml"


class Role(Part, frozen=True):
    """What somebody of the group looks after."""

    id: Line
    name: Bilingual


class Own(Part, frozen=True):
    """A step that this format adds to those of its lane."""

    id: Line
    phase: Literal["prepare", "document"]
    due: Line
    name: Bilingual


class _Document(Part, frozen=True):
    format: Literal["fabrique.gathering/1"]
    name: Bilingual
    about: Bilingual
    lane: Literal["prepared", "quick"]
    minutes: Whole
    audience: Literal["adherent", "member", "guest"]
    mode: Literal["remote", "site", "hybrid"]
    documented: Line
    method: Line = ""
    deadlines: dict[str, str] = {}
    roles: tuple[Role, ...] = ()
    questions: tuple[dict[str, Any], ...] = ()
    letters: dict[Told, Bilingual] = {}
    checklist: tuple[Own, ...] = ()


class GatheringFormat(Struct, frozen=True):
    """A format, its parts by language where they speak."""

    id: str
    name: Name
    about: Name
    lane: str
    minutes: int
    audience: str
    mode: str
    method: str
    documented: str
    deadlines: dict[str, str]
    roles: tuple[Role, ...]
    questions: dict[str, list[dict[str, Any]]]
    letters: dict[str, Name]  # what its group adds to the letters that leave by themselves
    own: tuple[Own, ...]


def read_format(name: str, content: bytes, common: dict[str, Any]) -> GatheringFormat:
    """Read a format; raise `Invalid`, saying where."""
    document = read({**common, **read_toml(content)}, _Document)
    _check_moments(document)
    return GatheringFormat(
        id=name,
        name=document.name.name(),
        about=document.about.name(),
        lane=document.lane,
        minutes=document.minutes,
        audience=document.audience,
        mode=document.mode,
        method=document.method,
        documented=document.documented,
        deadlines=document.deadlines,
        roles=document.roles,
        questions={code: _questions(document.questions, code) for code in LANGUAGES},
        letters={what: words.name() for what, words in document.letters.items()},
        own=document.checklist,
    )


def _check_moments(document: _Document) -> None:
    keys = {one.key for one in LANES[document.lane]}
    for key, rule in document.deadlines.items():
        if key not in keys:
            raise Invalid(Text("This lane has no step “{key}”.", {"key": key}), ".deadlines")
        relative(rule)
    for rule in (document.documented, *(one.due for one in document.checklist)):
        relative(rule)


def _questions(given: tuple[dict[str, Any], ...], code: str) -> list[dict[str, Any]]:
    """Give the questions in a language, each read by its kind so that none is wrong later."""
    found = []
    for n, raw in enumerate(given):
        shared = {key: value for key, value in raw.items() if key not in LANGUAGES}
        one = {**shared, **raw.get(code, {})}
        kinds = discover("fabrique.questions")
        if one.get("kind") not in kinds:
            raise Invalid(Text("There is no such kind of question."), f".questions[{n}].kind")
        plain = {key: value for key, value in one.items() if key != "kind"}
        read(plain, kinds[one["kind"]].question, f".questions[{n}]")
        found.append(one)
    return found


@cache
def formats() -> dict[str, GatheringFormat]:
    """Give every format of the house by file name, in order of name."""
    common = read_toml((FOLDER / COMMON).read_bytes())
    paths = sorted(path for path in FOLDER.glob("*.toml") if path.name != COMMON)
    return {path.stem: read_format(path.stem, path.read_bytes(), common) for path in paths}
