"""Why a value does not fit its type: msgspec says it in English, a person reads it in their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from fabrique.domain.text import Text

NOT_PLAIN = Text("A text holds a control character or half a character.")
# JSON's own kinds of values, as a person names them.
KINDS = {
    "null": Text("nothing (null)"),
    "bool": Text("true or false"),
    "int": Text("a whole number"),
    "float": Text("a number"),
    "str": Text("a text"),
    "array": Text("a list"),
    "object": Text("an object"),
    "datetime": Text("a date and time"),
}
OTHER = Text("something else")
RULES = (
    (r"Object contains unknown field `(?P<name>.*?)`?", Text("Unknown key “{name}”.")),
    (r"Object missing required field `(?P<name>.*)`", Text("The key “{name}” is missing.")),
    (
        r"Expected `(?P<wanted>[^`]*)`, got `(?P<got>[^`]*)`",
        Text("Found {got} where {wanted} was expected."),
    ),
    (r"Invalid (?:enum )?value '?(?P<name>.*?)'?", Text("Unknown kind or value “{name}”.")),
    (r"Expected `str` matching regex .*", NOT_PLAIN),
    (
        r"Expected `str` of length <= (?P<limit>\d+)",
        Text("A text is longer than {limit} characters."),
    ),
    (
        r"Expected `\w+` of length >= (?P<n>\d+)",
        Text("At least {n} is needed here.", {}, "At least {n} are needed here."),
    ),
    (
        r"Expected `\w+` of length <= (?P<n>\d+)",
        Text("At most {n} fits here.", {}, "At most {n} fit here."),
    ),
    (r"Expected `(?:int|float)` >= (?P<limit>\S+)", Text("This number is less than {limit}.")),
    (r"Expected `(?:int|float)` <= (?P<limit>\S+)", Text("This number is more than {limit}.")),
    (r"(?:Integer value|Number) out of range", Text("This number is too large.")),
    (
        r"Invalid RFC3339 encoded datetime|Expected `datetime` with .*",
        Text("This is not a date and time with its offset."),
    ),
)


def explained(message: str) -> Text:
    """Say what msgspec said; of a message that is not known here, only that it does not fit."""
    for pattern, text in RULES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return Text(text.msgid, _read(found.groupdict()), text.plural)
    return Text("This value does not fit here.")


def _read(found: Mapping[str, str]) -> dict[str, Any]:
    return {key: READERS.get(key, str)(value) for key, value in found.items()}


def _kind(name: str) -> Text:
    return KINDS.get(name, OTHER)


def _either(names: str) -> Text:
    first, *others = map(_kind, names.split(" | "))
    for other in others:
        first = Text("{one} or {other}", {"one": first, "other": other})
    return first


def _limit(written: str) -> Decimal:
    return Decimal(written).normalize()


READERS: dict[str, Callable[[str], Any]] = {
    "wanted": _either,
    "got": _kind,
    "limit": _limit,
    "n": int,
}
