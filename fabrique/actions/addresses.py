"""Addresses that people leave: kept apart from all else, seen by the team, taken out by a link.

After each change the table is laid out anew, in the order of ids drawn by chance: neither its rows
nor the bytes of its file tell who came when.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import QuerySet

from fabrique.actions.access import read_removal, removal_token
from fabrique.domain.formulas import guarded
from fabrique.domain.language import Language
from fabrique.domain.listings import NO, YES
from fabrique.domain.text import Invalid, Text
from fabrique.formats.csv import MARK
from fabrique.store.here import here, prepared
from fabrique.store.models import Address, Dispatch

MOST = 5000  # addresses a session
KEPT = timedelta(days=365)  # after the date; the reminders' own go when it is past
CLOSING = "closing"  # how the keys of reminders begin: then session, date, address
COLUMNS = (Text("Address"), Text("To be reminded"), Text("To be written to"))


def leave(session: int, email: str, *, remind: bool, contact: bool) -> str:
    """Keep an address; give the token that takes it out. Raises `Invalid`.

    Nothing told differs by whether it was here already.
    """
    shown = email.strip().lower()
    try:
        validate_email(shown)
    except ValidationError:
        said = Text("This does not look like an e-mail address: check it, nothing was kept.")
        raise Invalid(said, "email") from None
    if not (remind or contact):
        raise Invalid(Text("Choose what this address is for."), "for")
    with transaction.atomic():
        mine = Address.objects.filter(session=session, email=shown).first()
        if mine is None:
            _check_room(session)
            mine = Address(session=session, email=shown)
        mine.remind, mine.contact = mine.remind or remind, mine.contact or contact
        _lay_out([mine, *Address.objects.exclude(pk=mine.pk)])
    _forget_old_pages()
    return removal_token(mine.pk)


def _check_room(session: int) -> None:
    if Address.objects.filter(session=session).count() >= MOST:
        raise Invalid(Text("No more addresses are taken here: write to whoever runs this."))


def _lay_out(rows: Iterable[Address]) -> None:
    ordered = sorted(rows, key=lambda row: row.pk)
    Address.objects.all().delete()
    Address.objects.bulk_create(ordered)


def _forget_old_pages() -> None:
    # The log holds the pages as they were, in the order in which they came.
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def take_out(token: str) -> None:
    """Erase the address that a link is about; raise `NoAccess` for a link of nobody's."""
    erase(read_removal(token))


def erase(address: int, session: int | None = None) -> None:
    """Erase an address, of one session if it is said."""
    rows = Address.objects.filter(pk=address)
    rows = rows if session is None else rows.filter(session=session)
    with transaction.atomic():
        for row in rows:
            letters_of(row.session).filter(key__endswith=f":{row.pk}").delete()
            row.retention.erase(row)
    _forget_old_pages()


def letters_of(session: int) -> QuerySet[Dispatch]:
    """Give the reminders of a session in the outbox: they hold addresses, and go with them."""
    return Dispatch.objects.filter(key__startswith=f"{CLOSING}:{session}:")


def listed(session: int) -> list[Address]:
    """Give the addresses of a session, by their letters."""
    return list(Address.objects.filter(session=session).order_by("email"))


def as_csv(session: int, language: Language) -> bytes:
    """Write them for a spreadsheet: an address a line, and what it may be used for."""
    rows = [COLUMNS, *(_cells(one) for one in listed(session))]
    lines = (";".join(f'"{_quoted(language, cell)}"' for cell in row) for row in rows)
    return (MARK + "".join(f"{line}\r\n" for line in lines)).encode()


def _cells(one: Address) -> tuple[Text | str, ...]:
    return one.email, YES if one.remind else NO, YES if one.contact else NO


def _quoted(language: Language, cell: Text | str) -> str:
    return guarded(language.say(cell)).replace('"', '""')


def forget_old(now: datetime) -> int:
    """Erase what has served: reminders once the date is past, all the rest a year later.

    Gives how many addresses went.
    """
    gone = 0
    for session in Address.objects.values_list("session", flat=True).distinct():
        rows = Address.objects.filter(session=session)
        end, last = _ends(session)
        if last is None or now >= last + KEPT:
            letters_of(session).delete()
            gone += rows.delete()[0]
        elif end is not None and now >= end:
            letters_of(session).delete()
            gone += rows.filter(contact=False).delete()[0]
            rows.update(remind=False)
    if gone:
        _forget_old_pages()
    return gone


def _ends(session: int) -> tuple[datetime | None, datetime | None]:
    """Give the date of a session, and from when its addresses are kept: None once it is gone."""
    try:
        head = here().head(session)
        end = prepared(head).pace.ends_at
    except LookupError:
        return None, None
    except Invalid:  # prepared by a house that has other kinds
        return None, head.created_at
    return end, end or head.created_at
