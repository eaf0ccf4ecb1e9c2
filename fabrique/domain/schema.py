"""Read foreign JSON into our frozen types; say in a person's words where it does not fit."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from fabrique.domain.misfit import NOT_PLAIN, explained
from fabrique.domain.text import Invalid

T = TypeVar("T")

LONGEST = 2000
# Tab and newline are the only control characters a text may hold; CR and lone surrogates are out.
_PLAIN = r"\A[^\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]*\Z"
Line = Annotated[str, Meta(max_length=LONGEST, pattern=_PLAIN)]
LARGEST = 2**53 - 1  # the largest whole number that every reader of JSON keeps exactly
Source = Annotated[str, Meta(max_length=410_000, pattern=_PLAIN)]  # may hold a picture itself
Whole = Annotated[int, Meta(ge=1, le=LARGEST)]
Index = Annotated[int, Meta(ge=0, le=LARGEST)]
LONGEST_RUN = 10 * 366 * 86_400  # seconds: an activity does not stay open for ever
Seconds = Annotated[float, Meta(ge=0, le=LONGEST_RUN)]


class Part(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """A piece of a document: frozen, its unknown keys refused by name."""


def read(value: Any, shape: type[T], where: str = "") -> T:
    """Convert JSON values to `shape`; raise `Invalid` naming the key and the place."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        raise Invalid(explained(message), where + path.rpartition("$")[2].rstrip("`")) from None
    except UnicodeEncodeError:  # half a character, in a key or in a name of ours
        raise Invalid(NOT_PLAIN, where) from None
