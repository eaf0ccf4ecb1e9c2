"""Mails of the preparation: a few words and a link, to one person, in their language."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from msgspec import Struct

from fabrique.actions.history import name_of
from fabrique.actions.outbox import Letter, put
from fabrique.domain.language import language
from fabrique.domain.text import Text
from fabrique.store.models import Dispatch, Person

BODY = Text("Hello,\n\n{words}\n\n{link}\n")


class Note(Struct, frozen=True):
    """What a mail says, and the path of the page it leads to.

    `code` is the language of whoever has no account.
    """

    subject: Text
    words: Text
    path: str
    code: str = "fr"


def write(
    to: Person | str,
    what: Note,
    about: models.Model,
    key: str,
    now: datetime,
    by: Person | None = None,
) -> Dispatch:
    """Put a mail in the outbox, released: it follows from what somebody just did."""
    address, code = (to.email, to.language) if isinstance(to, Person) else (to, what.code)
    spoken = language(code)
    said = {"words": what.words, "link": settings.PUBLIC_URL + what.path}
    letter = Letter(
        relay="email",
        to=address,
        subject=spoken.say(what.subject),
        body=spoken.say(Text(BODY.msgid, said)),
        about=name_of(about),
    )
    return put(letter, key, now, released=by or True)
