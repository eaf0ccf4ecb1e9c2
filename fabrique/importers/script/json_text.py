"""JSON as strictly as a script needs it: one meaning, nothing guessed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn

from fabrique.domain.text import Invalid, Text

UNREAD = "expected"  # the key of a script that is for its readers, whatever it holds
NO_OPINION = "value"  # the one key that may be null


class _Doubled(dict[str, Any]):
    """An object in which a key is given twice."""


def parse_json(content: bytes) -> Any:
    """Read JSON in UTF-8; raise `Invalid` for anything else, NaN and double keys included."""
    try:
        text = content.decode("utf-8-sig")
        document = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_object)
    except UnicodeDecodeError:
        raise Invalid(Text("This file is not text in UTF-8.")) from None
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise Invalid(Text("Not readable as JSON, line {line}, column {column}.", place)) from None
    except (RecursionError, ValueError):
        raise Invalid(Text("Not readable as JSON.")) from None
    _check(document)
    return document


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Doubled(found)


def _check(document: Any) -> None:
    """Refuse what types do not see: double keys, null for an absent key, endless numbers."""
    waiting = [(document, "")]
    while waiting:
        value, where = waiting.pop()
        if isinstance(value, _Doubled):
            raise Invalid(Text("A key is given twice in the same object."), where)
        if isinstance(value, float) and not math.isfinite(value):
            raise Invalid(Text("This number is too large."), where)
        waiting += _inside(value, where)


def _inside(value: Any, where: str) -> Iterator[tuple[Any, str]]:
    if isinstance(value, list):
        yield from ((one, f"{where}[{n}]") for n, one in enumerate(value))
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == UNREAD and not where:
                continue
            if one is None and key != NO_OPINION:
                what = {"name": key}
                raise Invalid(Text("The key “{name}” is null: leave it out instead.", what), where)
            yield one, f"{where}.{key}"
