"""JSON values of any of our types, found by walking the type: hostile words first."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from msgspec import inspect

from tests.laws.ink import MARK, Ink

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
    "hgGAWjR9awAAAABJRU5ErkJggg=="
)
Taken = Callable[[Any], bool]


def better(data: dict[str, Any], fields: Any, ink: Ink, taken: Taken) -> dict[str, Any]:
    """Write in every field that takes it, one after the other."""
    for field in (*fields, *fields):  # what is refused alone may do once another is there
        key = field.encode_name
        if MARK.search(str(data.get(key))):
            continue
        before = data.get(key, msgspec.UNSET)

        def fits(value: Any, rest: dict[str, Any] = data, key: str = key) -> bool:
            return taken(rest | {key: value})

        found = next((one for one in _values(before, field.type, ink, fits) if fits(one)), before)
        data = data if found is before else data | {key: found}
    return data


def _values(before: Any, shape: inspect.Type, ink: Ink, taken: Taken) -> Iterator[Any]:
    """Give what a field may hold, written in ink first."""
    match shape:
        case inspect.UnionType():
            for one in shape.types:
                if _fits(before, one):
                    yield from _values(before, one, ink, taken)
        case inspect.StrType():
            yield from ink()
            if before is msgspec.UNSET:
                yield DOT
        case inspect.VarTupleType() if isinstance(before, list):
            yield _each(before, shape.item_type, ink, taken)
        case inspect.VarTupleType() if isinstance(shape.item_type, inspect.StrType):
            yield [next(ink()), next(ink())]
        case inspect.StructType():
            starts = [before] if isinstance(before, dict) else bodies(shape, ink, ())
            yield from (better(one, shape.fields, ink, taken) for one in starts)


def _fits(before: Any, shape: inspect.Type) -> bool:
    tag = shape.tag if isinstance(shape, inspect.StructType) else None
    return tag is None or not isinstance(before, dict) or before.get("kind") == tag


def _each(before: list[Any], shape: inspect.Type, ink: Ink, taken: Taken) -> list[Any]:
    after = list(before)
    for place, old in enumerate(before):

        def fits(value: Any, place: int = place) -> bool:
            return taken([*after[:place], value, *after[place + 1 :]])

        after[place] = next((v for v in _values(old, shape, ink, fits) if fits(v)), old)
    return after


def bodies(shape: Any, ink: Ink, known: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    """Give bodies of a type, the most hostile first."""
    wanted = {f.encode_name: [*_guess(f.type, ink, known)] for f in shape.fields}
    spare = {f.encode_name for f in shape.fields if not f.required}
    choices = [
        sorted([*values, *[msgspec.UNSET] * (key in spare)], key=_without_words)
        for key, values in wanted.items()
    ]
    for values in itertools.product(*choices):
        made = zip(wanted, values, strict=True)
        yield {key: value for key, value in made if value is not msgspec.UNSET}


def _without_words(value: Any) -> int:
    """Words first, then nothing, then the rest."""
    return 0 if MARK.search(str(value)) else 1 if value is msgspec.UNSET else 2


def _guess(shape: inspect.Type, ink: Ink, known: tuple[Any, ...]) -> Iterator[Any]:
    match shape:
        case inspect.UnionType():
            for one in shape.types:
                yield from _guess(one, ink, known)
        case inspect.StrType():
            yield from (*ink(), DOT, *(one for one in known if isinstance(one, str)))
        case inspect.IntType():
            yield from (0, 1)
        case inspect.BoolType():
            yield True
        case inspect.VarTupleType() | inspect.ListType():
            for one in _guess(shape.item_type, ink, known):
                yield [one]
                yield [one, *itertools.islice(ink(), 1)]
        case inspect.DictType():
            yield from ({"text": next(ink())}, {"value": 3, "comment": next(ink())})
            yield from ({"choice": [0]}, {"order": [0, 1]}, {"order": [0, 1, 2]})
            yield from (one for one in known if isinstance(one, dict))
