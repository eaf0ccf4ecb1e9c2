"""What the team decides on texts: published, refused with a sentence, withdrawn, put back."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.library import shelf
from fabrique.actions.library.belonging import belong
from fabrique.actions.library.letters import tell_author
from fabrique.actions.library.write import ELSEWHERE, apply, locked
from fabrique.domain.belonging import Belonging
from fabrique.domain.resource import State, move
from fabrique.domain.submission import Given
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Person, Resource

LONGEST = 2000
FRESH = "texte-"  # how the address of a draft begins


def mark_of(resource: Resource) -> str:
    """Say which text is judged: another mark, another text than the one that was read."""
    at = resource.proposed.get("at") if resource.state == State.PUBLISHED else None
    return str(at or (resource.submitted_at.isoformat() if resource.submitted_at else ""))


class Decided(Struct, frozen=True):
    """What the team says of a text that it has read, and where it puts it."""

    mark: str  # of the text that was read
    word: str = ""
    belongs: Belonging | None = None  # None: as its author wants


def publish(resource: Resource, decided: Decided, by: Person, now: datetime) -> None:
    """Let it be read, or what its author changed; raise `Invalid` if it is not what was read."""
    with transaction.atomic():
        row = _read(resource, decided, by, now)
        if row.state == State.PUBLISHED:
            _take_changes(row, now)
        else:
            _put(row, now)
        if decided.belongs is not None:
            belong(row, decided.belongs)
            shelf.put(row)
        verb = "changed" if resource.state == State.PUBLISHED else "published"
        note("resource.changed" if verb == "changed" else "resource.published", row, by)
        tell_author(row, verb, by, now)
    resource.refresh_from_db()


def put_out(resource: Resource, by: Person, now: datetime) -> None:
    """Publish what the team itself wrote."""
    with transaction.atomic():
        row = locked(resource)
        _put(row, now)
        note("resource.published", row, by)
    resource.refresh_from_db()


def refuse(resource: Resource, decided: Decided, by: Person, now: datetime) -> None:
    """Say no in a sentence; what is published already stays as it is. Raises `Invalid`."""
    _wanted(decided.word)
    with transaction.atomic():
        row = _read(resource, decided, by, now)
        if row.state == State.PUBLISHED:
            row.files.filter(public=False).delete()
            row.proposed, verb = {}, "unchanged"
        else:
            row.state, verb = move(State(row.state), State.REFUSED).value, "refused"
        row.save()
        note("resource.refused", row, by, reason=row.word)
        tell_author(row, verb, by, now)
    resource.refresh_from_db()


def withdraw(resource: Resource, word: str, by: Person, now: datetime) -> None:
    """Take it out of the library, and say why; raise `Invalid`."""
    _wanted(word)
    with transaction.atomic():
        row = locked(resource)
        row.state = move(State(row.state), State.WITHDRAWN).value
        _said(row, word, by, now)
        row.save()
        shelf.take(row)
        note("resource.withdrawn", row, by, reason=row.word)
        tell_author(row, "withdrawn", by, now)
    resource.refresh_from_db()


def restore(resource: Resource, by: Person) -> None:
    """Put back what was withdrawn."""
    with transaction.atomic():
        row = locked(resource)
        row.state, row.word = move(State(row.state), State.PUBLISHED).value, ""
        row.save(update_fields=["state", "word"])
        shelf.put(row)
        note("resource.restored", row, by)
    resource.refresh_from_db()


def _read(resource: Resource, decided: Decided, by: Person, now: datetime) -> Resource:
    """Hold the row, if it still says what the team read; keep what the team says of it."""
    row = locked(resource)
    waits = row.state == State.SUBMITTED or (row.state == State.PUBLISHED and row.proposed)
    if not waits or mark_of(row) != decided.mark:
        raise Invalid(ELSEWHERE)
    _said(row, decided.word, by, now)
    return row


def _said(row: Resource, word: str, by: Person, now: datetime) -> None:
    tidy = word.replace("\r\n", "\n").strip()
    if len(tidy) > LONGEST:
        what = {"most": LONGEST}
        raise Invalid(Text("At most {most} characters fit here: shorten it.", what), "word")
    row.word, row.decided_by, row.decided_at = tidy, by, now


def _wanted(word: str) -> None:
    if not word.strip():
        raise Invalid(Text("Say why in a word: it is sent with the decision."), "word")


def _put(row: Resource, now: datetime) -> None:
    row.state = move(State(row.state), State.PUBLISHED).value
    row.published_on = row.published_on or timezone.localdate(now)
    row.updated_at = now
    if row.slug.startswith(FRESH):
        row.slug = free_slug(row.title)
    row.save()
    row.files.update(public=True)
    shelf.put(row)


def _take_changes(row: Resource, now: datetime) -> None:
    given = row.proposed.get("given")
    row.files.filter(pk__in=row.proposed.get("drop", [])).delete()
    row.files.update(public=True)
    row.proposed = {}
    row.updated_at = now
    row.save()
    if given:
        apply(row, msgspec.convert(given, Given), now)
    else:
        shelf.put(row)


def free_slug(title: str) -> str:
    """Give the address of a text, from its title; another if it is taken."""
    start = slugify(title)[:60].strip("-") or "texte"
    taken = set(Resource.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    n = 1
    while (found := start if n == 1 else f"{start}-{n}") in taken:
        n += 1
    return found
