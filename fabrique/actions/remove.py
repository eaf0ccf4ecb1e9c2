"""Remove: take back a session that was imported, as long as nothing was added to it."""

from __future__ import annotations

from contextlib import suppress

from fabrique.domain.archive import fingerprint
from fabrique.domain.pictures import media_name
from fabrique.domain.text import Invalid, Text
from fabrique.store.here import drop_media, here, media, pictures_of
from fabrique.store.journal import Behind, Head
from fabrique.store.models import Address, Minutes, Reminder
from fabrique.store.whole import whole

MADE_HERE = Text("Session {code} was made here: only what was imported can be removed.")
CHANGED = Text("Something was added to session {code} since it was imported: it stays.")


def removable(head: Head) -> Text | None:
    """Say why a session stays, if it does."""
    what = {"code": head.code}
    if head.fingerprint is None:
        return Text(MADE_HERE.msgid, what)
    left = Address.objects.filter(session=head.id).exists()
    left = left or Minutes.objects.filter(session=head.code).exists()
    if left or fingerprint(whole(here(), head.id, media().carried)) != head.fingerprint:
        return Text(CHANGED.msgid, what)
    return None


def remove(head: Head) -> None:
    """Erase a session whole: its lines, its names, the pictures that no other refers to.

    Raises `Invalid` for what was not imported, or went on since; then nothing changed.
    """
    pictures = {name for src in pictures_of(head) if (name := media_name(src))}
    why = removable(head)
    if why is None:
        with suppress(Behind):
            here().remove(head)
            for model in (Address, Reminder):  # what came at that very moment
                model.objects.filter(session=head.id).delete()
            drop_media(pictures, head.created_at.timestamp())
            return
        why = Text(CHANGED.msgid, {"code": head.code})
    raise Invalid(why)
