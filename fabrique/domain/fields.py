"""What can be set in a definition, as fields of a form: read from its type, whatever the kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from fabrique.domain.question import Condition
from fabrique.domain.shapes import Shape, shapes, tag_of
from fabrique.domain.step import Definition, Image
from fabrique.domain.text import Name, Text, Words

Path = tuple[str, ...]
Names = Mapping[str, Name]  # of the kinds of things that lists may hold
HIDDEN = ("id", "kind", "small")
MERGED = "settings"  # its fields stand among the others
USUAL = Text("As usual for this activity")


class Choice(Struct, frozen=True):
    """A value that may be chosen, `on` if it is; `then` is to be chosen among, once it is."""

    value: Any
    words: Words
    on: bool = False
    then: tuple[Choice, ...] = ()


class Field(Struct, frozen=True, kw_only=True):
    """Something to fill in. `path` is its place in the definition, by keys and ids.

    `widget` is one of text, long, lines, number, minutes, check, choice, picks, condition, picture,
    group, items; or kept, for what no form can show and no form touches.
    """

    path: Path
    widget: str
    words: Words
    hint: Text | None = None
    value: Any = None  # as JSON has it
    needed: bool = False
    optional: bool = False
    bare: bool = False  # a group without words of its own
    low: float | None = None
    high: float | None = None
    of: str = ""  # the list into which picks point
    choices: tuple[Choice, ...] = ()
    fields: tuple[Field, ...] = ()
    items: tuple[Item, ...] = ()
    kinds: tuple[Choice, ...] = ()  # of things that may be added


class Item(Struct, frozen=True):
    """One of a list of things with ids: a question."""

    id: str
    kind: str
    name: Words
    title: str
    fields: tuple[Field, ...]


def form(definition: Definition, names: Names) -> tuple[Field, ...]:
    """Give the fields of a definition, in the order in which people think of them."""
    return _Form(definition, names).fields(definition, type(definition), ())


class _Form(Struct, frozen=True):
    whole: Definition
    names: Names

    def fields(self, value: Any, struct: type[Struct], path: Path) -> tuple[Field, ...]:
        return tuple(
            self.field(shape, (*path, name), getattr(value, name, None))
            for name, shape in shapes(struct).items()
            if name not in HIDDEN
        )

    def field(self, shape: Shape, path: Path, value: Any) -> Field:
        make: More = _MORE.get(shape.widget, _Form.plain)
        return Field(
            path=path,
            widget=shape.widget,
            words=shape.label.text,
            hint=shape.label.hint,
            needed=shape.needed,
            optional=shape.optional,
            low=shape.low,
            high=shape.high,
            of=shape.label.of,
            **make(self, shape, path, value),
        )

    def plain(self, _shape: Shape, _path: Path, value: Any) -> dict[str, Any]:
        return {"value": msgspec.to_builtins(value)}

    def group(self, shape: Shape, path: Path, value: Any) -> dict[str, Any]:
        inside = self.fields(value, shape.base, path)
        needed = tuple(one for one in inside if one.path[-1] not in shape.label.without)
        return {"fields": needed, "bare": path[-1] == MERGED}

    def picture(self, _shape: Shape, path: Path, value: Image | None) -> dict[str, Any]:
        words = self.field(shapes(Image)["alt"], (*path, "alt"), value and value.alt)
        return {"value": value and value.src, "fields": (words,)}

    def items(self, shape: Shape, path: Path, value: Any) -> dict[str, Any]:
        found = tuple(self.item(one, path) for one in value or ())
        tags = map(tag_of, shape.members)
        return {"items": found, "kinds": tuple(Choice(t, self.names.get(t, t)) for t in tags)}

    def item(self, one: Any, path: Path) -> Item:
        tag = tag_of(type(one))
        fields = self.fields(one, type(one), (*path, one.id))
        return Item(one.id, tag, self.names.get(tag, tag), getattr(one, "title", ""), fields)

    def choice(self, shape: Shape, _path: Path, value: Any) -> dict[str, Any]:
        said = shape.label.choices
        usual = [Choice("", USUAL, value is None)] if shape.optional else []
        found = (Choice(one, said.get(one, str(one)), one == value) for one in shape.values)
        return {"choices": (*usual, *found), "value": "" if value is None else str(value)}

    def picks(self, shape: Shape, path: Path, value: tuple[int, ...] | None) -> dict[str, Any]:
        around = (getattr(one, shape.label.of, None) for one in self.around(path))
        lines = next((one for one in around if one), ())
        return {"choices": _numbered(lines, value or ())}

    def condition(self, _shape: Shape, path: Path, value: Condition | None) -> dict[str, Any]:
        """Give the other questions with options, and their options."""
        asked = next((one for one in self.around(path) if isinstance(one, tuple)), ())
        others = [one for one in asked if one.id != path[-2] and one.kind in ("single", "multiple")]
        named = value.question if value else None
        picked = value.choice if value else ()
        found = (
            Choice(
                one.id,
                one.title,
                one.id == named,
                _numbered(one.options, picked if one.id == named else ()),
            )
            for one in others
        )
        return {"choices": tuple(found)}

    def around(self, path: Path) -> Sequence[Any]:
        """Give what holds a place, the nearest first."""
        found: list[Any] = [self.whole]
        for key in path[:-1]:
            one = found[-1]
            things = {thing.id: thing for thing in one} if isinstance(one, tuple) else {}
            found.append(things.get(key) or getattr(one, key, None))
        return found[::-1]


More = Callable[[_Form, Shape, Path, Any], dict[str, Any]]
_MORE: Mapping[str, More] = {
    "group": _Form.group,
    "picture": _Form.picture,
    "items": _Form.items,
    "choice": _Form.choice,
    "picks": _Form.picks,
    "condition": _Form.condition,
}


def _numbered(lines: tuple[str, ...], on: tuple[int, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(place, line, place in on) for place, line in enumerate(lines))
