"""The bodies of entries as JSON and back, old versions and unknown kinds included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import msgspec

from fabrique.domain.schema import read
from fabrique.domain.session import Kinds, body_type
from fabrique.domain.text import Invalid, Text

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def write_body(body: Any) -> str:
    """Write a body as JSON text."""
    return msgspec.json.encode(body).decode()


def read_body(kinds: Kinds, kind: str, version: int, text: str | bytes) -> Any:
    """Give the typed body of a stored line; plain values where the kind is unknown here.

    Raises `Invalid` for what its type cannot hold.
    """
    if version == current_version(kinds, kind):
        try:
            return _decoder(body_type(kinds, kind)).decode(text)
        except msgspec.DecodeError:
            pass  # said properly below
    try:
        return type_body(kinds, kind, version, msgspec.json.decode(text))
    except msgspec.DecodeError:
        raise Invalid(Text("This is not JSON that can be read.")) from None


def type_body(kinds: Kinds, kind: str, version: int, data: Any) -> Any:
    """Give the typed body from JSON values; raise `Invalid`, also for a version from the future."""
    shape = body_type(kinds, kind)
    if shape is None:
        return data
    if version > current_version(kinds, kind):
        raise Invalid(
            Text("A newer Fabrique wrote this ({kind}): update this one.", {"kind": kind})
        )
    family, _, verb = kind.partition(".")
    if family in kinds and version < kinds[family].version:
        data = kinds[family].upcast(verb, version, data)
    return read(data, shape)


def current_version(kinds: Kinds, kind: str) -> int:
    """Give the version in which bodies of `kind` are written now."""
    family = kind.partition(".")[0]
    return kinds[family].version if family in kinds else 1


def to_micros(at: datetime) -> int:
    """Count microseconds since 1970, exactly."""
    return (at - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Give the moment, in UTC."""
    return _EPOCH + micros * _MICROSECOND


@cache
def _decoder(shape: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(Any if shape is None else shape)
