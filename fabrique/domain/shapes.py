"""Types of settings as a form sees them: which widget, which limits, in which order."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import cache
from inspect import isclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import fields as fields_of

from fabrique.domain.labels import Label, label_of
from fabrique.domain.question import Condition
from fabrique.domain.step import Image

FIRST = ("title", "instruction")  # of what is asked; the rest of what all kinds share comes last


class Shape(Struct, frozen=True):
    """A type without its wrappings; `optional` where None is not the same as empty."""

    base: Any
    label: Label
    needed: bool
    optional: bool
    low: float | None
    high: float | None

    @property
    def widget(self) -> str:
        """Name what it is filled in with; "kept" for what no form can show."""
        base = self.base
        if self.label.kept or base in _WIDGETS:
            return "kept" if self.label.kept else _WIDGETS[base]
        if get_origin(base) is tuple:
            return self._widget_of_many()
        if get_origin(base) is Literal or (isclass(base) and issubclass(base, Enum)):
            return "choice"
        if base in (int, float):
            return "minutes" if self.label.minutes else "number"
        if base is str:
            return "long" if self.label.long else "text"
        return "group" if isclass(base) and issubclass(base, Struct) else "kept"

    def _widget_of_many(self) -> str:
        inner, *rest = get_args(self.base)
        if self.members:
            return "items"
        plain = get_args(inner)[0] if get_origin(inner) is Annotated else inner
        if rest != [...] or plain not in (str, int):
            return "kept"
        if plain is int:
            return "picks" if self.label.of else "kept"
        return "lines"

    @property
    def members(self) -> tuple[type[Struct], ...]:
        """Give the types of things with ids that a list may hold; none for any other type."""
        if get_origin(self.base) is not tuple:
            return ()
        inner = get_args(self.base)[0]
        found = get_args(inner) if get_origin(inner) in _UNIONS else (inner,)
        return found if all(_is_thing(one) for one in found) else ()

    @property
    def values(self) -> tuple[Any, ...]:
        """Give the values among which to choose."""
        if get_origin(self.base) is Literal:
            return get_args(self.base)
        return tuple(one.value for one in self.base)


_UNIONS = (Union, UnionType)
_WIDGETS = {Image: "picture", Condition: "condition", bool: "check"}


def tag_of(struct: type[Struct]) -> str:
    """Give the kind of a thing."""
    return str(struct.__struct_config__.tag or struct.__name__)


@cache
def shapes(struct: type[Struct]) -> dict[str, Shape]:
    """Give the settings of a type by name: title and instruction, its own, what all kinds have."""
    hints = get_type_hints(struct, include_extras=True)
    needed = {one.name: one.required for one in fields_of(struct)}
    names = sorted(needed, key=_place(struct))
    return {name: _shape(name, hints[name], needed=needed[name]) for name in names}


def _place(struct: type[Struct]) -> Callable[[str], tuple[bool, bool, int]]:
    known = struct.__struct_fields__
    parents = [set(names_of(one)) for one in struct.__mro__[1:] if "title" in names_of(one)]
    common = parents[-1] if parents else set()  # by the first of the line: Definition, Question
    return lambda name: (name not in FIRST, name in common, known.index(name))


def names_of(kind: type[Any]) -> tuple[str, ...]:
    """Give the names of the fields of a type, none for what has no field."""
    found = getattr(kind, "__struct_fields__", ())
    return found if isinstance(found, tuple) else ()


def _shape(name: str, hint: Any, *, needed: bool) -> Shape:
    label, low, high, optional = None, None, None, False
    while True:
        if get_origin(hint) is Annotated:
            hint, *notes = get_args(hint)
            label = next((one for one in notes if isinstance(one, Label)), label)
            for meta in (one for one in notes if isinstance(one, Meta)):
                low, high = _either(low, meta.ge), _either(high, meta.le)
        elif get_origin(hint) in _UNIONS and type(None) in get_args(hint):
            rest = tuple(one for one in get_args(hint) if one is not type(None))
            hint, optional = rest[0] if len(rest) == 1 else Union[rest], True  # noqa: UP007 - built
        else:
            return Shape(hint, label_of(name, label), needed, optional, low, high)


def _either(one: float | None, other: float | None) -> float | None:
    return other if one is None else one


def _is_thing(one: Any) -> bool:
    return isclass(one) and issubclass(one, Struct) and "id" in one.__struct_fields__
