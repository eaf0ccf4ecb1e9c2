"""All that the house holds about one person: given to them, or erased for good."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import msgspec
from django.contrib.sessions.models import Session
from django.db import connections, transaction

from fabrique.actions.history import note
from fabrique.domain.formulas import guarded
from fabrique.domain.zipped import zipped
from fabrique.formats.csv import MARK
from fabrique.store.here import drop_media, media
from fabrique.store.models import Person
from fabrique.store.retention import about, personal, retention_of

PICTURES = ("photo", "banner")
USER = "_auth_user_id"  # where Django's sessions say whose they are


def held(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give what each table holds about a person, by the name of the table."""
    found: dict[str, list[dict[str, Any]]] = {}
    for model in personal():
        said, which = retention_of(model), about(model, person)
        if said is None or which is None:
            continue
        rows = [said.export(row) for row in model._default_manager.filter(which)]  # noqa: SLF001
        if any(rows):
            found[model._meta.model_name or ""] = rows  # noqa: SLF001 - Django's API
    return found


def as_zip(person: Person) -> bytes:
    """Write it all: one JSON file, a table (CSV) for each kind of line, the pictures."""
    found = held(person)
    files = {"data.json": msgspec.json.format(msgspec.json.encode(found, enc_hook=str))}
    files |= {f"{name}.csv": _table(rows) for name, rows in found.items()}
    for which in PICTURES:
        name = getattr(person, which)
        if name and (content := media().read(name)):
            files[f"{which}.{name.rpartition('.')[2]}"] = content
    return zipped(files)


def _table(rows: list[dict[str, Any]]) -> bytes:
    head = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    sheet.writerow(head)
    sheet.writerows([guarded(_cell(row.get(key, ""))) for key in head] for row in rows)
    return (MARK + out.getvalue()).encode()


def _cell(value: Any) -> str:
    plain = value is None or isinstance(value, str | int | float)
    return str("" if value is None else value) if plain else msgspec.json.encode(value).decode()


def forget(person: Person, now: datetime, by: Person | None = None) -> dict[str, int]:
    """Erase a person from every table of the house; say how many lines of each were touched."""
    pictures = {name for which in PICTURES if (name := getattr(person, which))}
    touched: dict[str, int] = {}
    with transaction.atomic():
        other = by if by is not None and by.pk != person.pk else None
        note("person.forgotten", person, by=other)
        for model in personal():
            said, which = retention_of(model), about(model, person)
            if said is None or which is None:
                continue
            rows = list(model._default_manager.filter(which))  # noqa: SLF001 - Django's API
            for row in rows:
                said.erase(row)
            if rows:
                touched[model._meta.model_name or ""] = len(rows)  # noqa: SLF001
        _sign_out(person)
    drop_media(pictures, now.timestamp())
    forget_old_pages()
    return touched


def _sign_out(person: Person) -> None:
    """End every visit of theirs, on every device."""
    for visit in Session.objects.all().iterator():
        said = msgspec.json.encode(visit.get_decoded(), enc_hook=str).decode()
        if visit.get_decoded().get(USER) == str(person.pk) or person.email in said:
            visit.delete()


def forget_old_pages() -> None:
    """Have the logs of the databases hold nothing of what was erased."""
    # What is erased is written over at once (`secure_delete`); the log still holds it until here.
    for connection in connections.all():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
