"""A running order as one plain form: every text of a definition is a field, named by its place.

Nothing here knows a kind: whatever is a title, an instruction, or a list of labels can be edited.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from fabrique.domain.text import Text

Path = tuple[str | int, ...]
TEXTS = {"title": Text("Title"), "instruction": Text("Instruction")}
LISTS = {
    "options": Text("Options, one a line"),
    "columns": Text("Columns, one a line"),
    "accepted": Text("Right answers, one a line"),
}


class Field(Struct, frozen=True):
    """A text to edit; `lines` is for a list of labels."""

    name: str
    label: Text
    value: str
    lines: bool = False
    needed: bool = True


def fields(definition: Mapping[str, Any], *path: str | int) -> Iterator[Field]:
    """Give the fields of a definition, in the order of its keys."""
    for key, label in TEXTS.items():
        yield Field(_name(path, key), label, definition.get(key) or "", needed=key == "title")
    for key, label in LISTS.items():
        if key in definition:
            yield Field(_name(path, key), label, "\n".join(definition[key]), lines=True)
    for place, inner in _inside(definition):
        yield from (
            field
            for field in fields(inner, *path, *place)
            if place[0] == "questions" or field.lines
        )


def edited(definition: Mapping[str, Any], posted: Mapping[str, str], *path: str | int) -> Any:
    """Give a copy of a definition with the texts of a form that was sent."""
    changed = copy.deepcopy(dict(definition))
    _edit(changed, posted, path)
    return changed


def _edit(definition: dict[str, Any], posted: Mapping[str, str], path: Path) -> None:
    for key in TEXTS:
        value = posted.get(_name(path, key))
        if value is None:
            continue
        if value.strip():
            definition[key] = _clean(value)
        elif key != "title":
            definition.pop(key, None)
    for key in LISTS:
        if (value := posted.get(_name(path, key))) is not None and key in definition:
            definition[key] = [line.strip() for line in _clean(value).split("\n") if line.strip()]
    for place, inner in _inside(definition):
        _edit(inner, posted, (*path, *place))


def _inside(definition: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    for number, question in enumerate(definition.get("questions", ())):
        yield ("questions", number), question
    if isinstance(settings := definition.get("settings"), dict):
        yield ("settings",), settings


def _name(path: Path, key: str) -> str:
    return ".".join(map(str, (*path, key)))


def _clean(value: str) -> str:
    """Bring a browser's line ends to ours."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()
