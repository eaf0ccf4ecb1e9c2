"""What is kept of a session beside its lines, and what the journal answers about one."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Behind(Exception):  # noqa: N818 - not an error: the world moved on
    """Lines were decided on a past that is no longer the last: read again, decide again."""

    def __init__(self, session: int) -> None:
        super().__init__(session)
        self.session = session


class Taken(Exception):  # noqa: N818 - an answer, not an error
    """The code or the archive belongs to another session."""


class Head(Struct, frozen=True):
    """A session; `plan` is JSON text, `fingerprint` the sum of the archive it came from."""

    id: int
    code: str
    epoch: str
    last_seq: int
    plan: str
    created_at: datetime
    ended_at: datetime | None
    fingerprint: str | None = None
