"""Read foreign JSON into our frozen types; say in a person's words where it does not fit."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from fabrique.domain.text import Invalid, Text

T = TypeVar("T")

LONGEST = 2000
# Tab and newline are the only control characters a text may hold; CR and lone surrogates are out.
_PLAIN = r"\A[^\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]*\Z"
Line = Annotated[str, Meta(max_length=LONGEST, pattern=_PLAIN)]
LARGEST = 2**53 - 1  # the largest whole number that every reader of JSON keeps exactly
Source = Annotated[str, Meta(max_length=410_000, pattern=_PLAIN)]  # may hold a picture itself
Whole = Annotated[int, Meta(ge=1, le=LARGEST)]
Index = Annotated[int, Meta(ge=0, le=LARGEST)]

_UNKNOWN = re.compile(r"unknown field `(?P<name>.*)`", re.DOTALL)
_MISSING = re.compile(r"missing required field `(?P<name>.*)`")
_EXPECTED = re.compile(r"Expected `(?P<wanted>.*)`, got `(?P<got>.*)`")
_TAG = re.compile(r"Invalid (?:enum )?value '(?P<name>.*)'", re.DOTALL)
_NOT_PLAIN = Text("A text holds a control character or half a character.")


class Part(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """A piece of a document: frozen, its unknown keys refused by name."""


def read(value: Any, shape: type[T], where: str = "") -> T:
    """Convert JSON values to `shape`; raise `Invalid` naming the key and the place."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise _explain(str(error), where) from None
    except UnicodeEncodeError:  # half a character, in a key or in a name of ours
        raise Invalid(_NOT_PLAIN, where) from None


def _explain(message: str, where: str) -> Invalid:
    what, _, path = message.partition(" - at `")
    place = where + path.rstrip("`").removeprefix("$")
    if found := _UNKNOWN.search(what):
        return Invalid(Text("Unknown key “{name}”.", found.groupdict()), place)
    if found := _MISSING.search(what):
        return Invalid(Text("The key “{name}” is missing.", found.groupdict()), place)
    if found := _EXPECTED.search(what):
        return Invalid(Text("Found {got} where {wanted} was expected.", found.groupdict()), place)
    if found := _TAG.search(what):
        return Invalid(Text("Unknown kind or value “{name}”.", found.groupdict()), place)
    if "matching regex" in what:
        return Invalid(_NOT_PLAIN, place)
    if "length" in what and "str" in what:
        return Invalid(Text("A text is longer than {limit} characters.", {"limit": LONGEST}), place)
    return Invalid(Text("This value does not fit: {detail}", {"detail": what}), place)
