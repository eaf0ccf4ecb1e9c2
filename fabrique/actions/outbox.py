"""The outbox: whatever leaves the house is a row first, in the transaction of what it tells of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from fabrique.store.models import Dispatch, Person


class File(Struct, frozen=True):
    """A text that goes along: a calendar entry."""

    name: str
    media_type: str
    body: str


class Letter(Struct, frozen=True, kw_only=True):
    """Words for one place: a mail to an address, a post to a hook of the house."""

    relay: str  # the file name in fabrique/relays that wrote it: "email", "discord"…
    to: str
    subject: str = ""
    body: str
    files: tuple[File, ...] = ()
    headers: Mapping[str, str] = {}
    about: str = ""  # what it is about, as `history.name_of` names it
    batch: str = ""  # names those who get the same words: they are edited and released together


def put(
    letter: Letter,
    key: str,
    now: datetime,
    *,
    released: Person | bool = False,
    due_at: datetime | None = None,
    stale_at: datetime | None = None,
) -> Dispatch:
    """Keep a letter to be sent; the same `key` is kept once, whoever asks again.

    Answers to what somebody did themselves are `released` at once; what goes to many waits as a
    draft until a person releases it, or goes with the name of who did. After `stale_at` it is
    never sent: it was missed.
    """
    values = {
        "relay": letter.relay,
        "to": letter.to,
        "subject": " ".join(letter.subject.split()),  # a subject is one line
        "body": letter.body,
        "files": [
            {"name": f.name, "media_type": f.media_type, "body": f.body} for f in letter.files
        ],
        "headers": dict(letter.headers),
        "about": letter.about,
        "batch": letter.batch,
        "state": "released" if released else "draft",
        "released_by": released if isinstance(released, Person) else None,
        "due_at": due_at or now,
        "stale_at": stale_at,
        "created_at": now,
    }
    return Dispatch.objects.get_or_create(key=key, defaults=values)[0]
