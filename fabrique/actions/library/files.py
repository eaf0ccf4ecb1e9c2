"""Files that go with a text: kept once by the sum of their bytes, taken out with the last row."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.library import shelf, write
from fabrique.domain.resource import State
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Person, Resource, ResourceFile

LARGEST = 50 * 1024 * 1024  # bytes
MOST = 20  # files of a text
SPARED = 1024**3  # bytes of the disk that stay free
BLOCK = 1024 * 1024
FULL = Text("There is not enough room left on the disk of the server: nothing was kept.")
MANY = Text("A text has at most {n} files: take one out first.")


class Listed(Struct, frozen=True):
    """A file as those who write the text see it."""

    row: ResourceFile
    waits: bool  # to be added, until the team agrees
    leaves: bool  # to be taken out, until the team agrees


def folder() -> Path:
    """Give where the bytes lie."""
    return Path(settings.DATA) / "library"


def path_of(row: ResourceFile) -> Path:
    """Give where the bytes of a file lie."""
    return folder() / row.sha256[:2] / row.sha256


def listed(resource: Resource) -> list[Listed]:
    """Give the files of a text to those who write it."""
    out, published = resource.proposed.get("drop", []), resource.state == State.PUBLISHED
    return [
        Listed(one, published and not one.public, str(one.pk) in out)
        for one in resource.files.all()
    ]


def room_for(resource: Resource, size: int = 0) -> None:
    """Raise `Invalid` where no other file can be taken."""
    if resource.files.count() >= MOST:
        raise Invalid(Text(MANY.msgid, {"n": MOST}))
    if shutil.disk_usage(settings.DATA).free < size + SPARED:
        raise Invalid(FULL)


def add(
    resource: Resource, source: Path, name: tuple[str, str], by: Person, now: datetime
) -> ResourceFile:
    """Keep a file that was looked at; `name` is its title and what it is. Raises `Invalid`.

    In a text that is published, what its author adds waits for the team.
    """
    title, kind = name
    size = source.stat().st_size
    room_for(resource, size)
    digest = _keep(source)
    with transaction.atomic():
        row = write.locked(resource)
        if row.state in (State.SUBMITTED, State.WITHDRAWN) and row.submitter_id == by.pk:
            raise Invalid(write.WAITS)
        own = row.submitter_id == by.pk
        made = ResourceFile.objects.create(
            resource=row,
            title=title[:200],
            kind=kind,
            sha256=digest,
            size=size,
            public=row.state == State.PUBLISHED and not own,
            rank=row.files.count(),
            added_at=now,
        )
        note("resource.file", row, by, kind=kind, size=size)
        if row.state == State.PUBLISHED and own:
            write.wait(row, by, now)
        shelf.put(row)
    return made


def take_out(resource: Resource, pk: str, by: Person, now: datetime, *, team: bool) -> None:
    """Take a file out of a text; of a published one, its author asks the team to."""
    try:
        wanted = UUID(pk)
    except ValueError:
        raise Invalid(write.ELSEWHERE) from None
    with transaction.atomic():
        row = write.locked(resource)
        found = row.files.filter(pk=wanted).first()
        if found is None or (row.state == State.SUBMITTED and not team):
            raise Invalid(write.ELSEWHERE)
        if row.state == State.PUBLISHED and found.public and not team:
            out = {*row.proposed.get("drop", []), str(wanted)}
            write.wait(row, by, now, drop=sorted(out))
        else:
            found.delete()
            shelf.put(row)
        note("resource.unfiled", row, by, kind=found.kind)
    resource.refresh_from_db()


def sweep(before: datetime) -> int:
    """Take out the bytes that no row needs and nobody brought since; say how many."""
    needed: Sequence[str] = set(ResourceFile.objects.values_list("sha256", flat=True))  # type: ignore[assignment]
    gone = 0
    for path in folder().glob("*/*"):
        if path.name not in needed and path.stat().st_mtime < before.timestamp():
            path.unlink()
            gone += 1
    return gone


def _keep(source: Path) -> str:
    """Have the bytes on the disk under their sum; raise `Invalid` where they do not fit."""
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    place = folder() / digest[:2]
    part = place / f".{digest}.{secrets.token_hex(4)}"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with source.open("rb") as file, part.open("xb") as out:
            shutil.copyfileobj(file, out, BLOCK)
            out.flush()
            os.fsync(out.fileno())
        part.replace(place / digest)
    except OSError:
        raise Invalid(FULL) from None
    finally:
        part.unlink(missing_ok=True)
    return digest
