"""Texts that somebody puts in the library: begun, saved, sent to the team, taken back."""

from __future__ import annotations

import secrets
from datetime import datetime

import msgspec
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from fabrique.actions.history import note
from fabrique.actions.library import shelf
from fabrique.actions.library.belonging import belong, of_row
from fabrique.actions.library.letters import tell_team
from fabrique.domain.resource import State, move
from fabrique.domain.submission import Given, check, names_of
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Person, Resource, ResourceAuthor

MOST = 50  # texts of one person that nobody else has read
OPEN = (State.DRAFT.value, State.REFUSED.value)
WAITS = Text("The team is reading it: take it back before you change it. Nothing was changed.")
ELSEWHERE = Text("Its state changed meanwhile: look at it again. Nothing was changed.")
OWN = ("title", "summary", "body", "kind", "format", "language", "licence", "audience", "link")


def begin(given: Given, by: Person, now: datetime) -> Resource:
    """Keep a new text as a draft of whoever writes it; raise `Invalid`."""
    check(given, timezone.localdate())
    if Resource.objects.filter(submitter=by, state__in=OPEN).count() >= MOST:
        raise Invalid(Text("You have too many drafts: send one, or throw one away."))
    with transaction.atomic():
        made = Resource(slug=f"texte-{secrets.token_hex(6)}", submitter=by, created_at=now)
        apply(made, given, now)
        note("resource.begun", made, by)
    return made


def said(resource: Resource) -> Given:
    """Give what it says, or what its author wants it to say."""
    waiting = resource.proposed.get("given")
    return msgspec.convert(waiting, Given) if waiting else _shown(resource)


def _shown(resource: Resource) -> Given:
    authors = list(resource.authors.all())
    day = resource.published_on
    return Given(
        **{name: getattr(resource, name) for name in OWN},
        published_on=day.isoformat() if day else "",
        **msgspec.structs.asdict(of_row(resource)),
        names="\n".join(one.name for one in authors if one.name),
        signs=any(one.person_id and one.person_id == resource.submitter_id for one in authors),
    )


def save(resource: Resource, given: Given, by: Person, now: datetime, *, team: bool) -> None:
    """Keep what is typed. In a text that is published, what its author changes waits for the team.

    Raises `Invalid`.
    """
    check(given, timezone.localdate())
    with transaction.atomic():
        row = locked(resource)
        if team and row.state in (State.PUBLISHED, State.WITHDRAWN):
            apply(row, given, now)
            note("resource.changed", row, by)
        elif row.state == State.PUBLISHED:
            row.proposed = row.proposed | {"given": msgspec.to_builtins(given)}
            _wait(row, by, now)
        elif row.state in OPEN:
            apply(row, given, now)
            note("resource.saved", row, by)
        else:
            raise Invalid(WAITS)
    resource.refresh_from_db()


def apply(row: Resource, given: Given, now: datetime) -> None:
    """Write what is given where readers see it, and on the shelf if it is published."""
    for name in OWN:
        setattr(row, name, getattr(given, name).replace("\r\n", "\n").strip())
    row.published_on = given.day or (row.published_on if row.state == State.PUBLISHED else None)
    row.updated_at = now
    row.save()
    belong(row, given)
    signs = {one.person_id: one for one in row.authors.filter(person__isnull=False)}
    row.authors.filter(person__isnull=True).delete()
    if row.submitter_id in signs and not given.signs:
        signs[row.submitter_id].delete()
    elif given.signs and row.submitter is not None and row.submitter_id not in signs:
        ResourceAuthor.objects.create(resource=row, person=row.submitter, agreed=True)
    ResourceAuthor.objects.bulk_create(
        ResourceAuthor(resource=row, name=name, rank=n) for n, name in enumerate(names_of(given), 1)
    )
    shelf.put(row)


def submit(resource: Resource, by: Person, now: datetime) -> None:
    """Give a draft to the team; raise `Invalid` for one that has nothing to read."""
    with transaction.atomic():
        row = locked(resource)
        if not (row.body.strip() or row.link or row.files.exists()):
            raise Invalid(
                Text("There is nothing to read yet: write a text, give an address or add a file."),
                "body",
            )
        if not row.summary.strip():
            raise Invalid(Text("Say in a sentence or two what it brings, and to whom."), "summary")
        row.state = move(State(row.state), State.SUBMITTED).value
        row.submitted_at, row.word = now, ""
        row.save(update_fields=["state", "submitted_at", "word"])
        note("resource.submitted", row, by)
        tell_team(row, by, now)
    resource.refresh_from_db()


def take_back(resource: Resource, by: Person) -> None:
    """Have the team read it no more: a draft again, or a published text as it was."""
    with transaction.atomic():
        row = locked(resource)
        if row.state == State.PUBLISHED:
            row.files.filter(public=False).delete()
            row.proposed = {}
        else:
            row.state = move(State(row.state), State.DRAFT).value
        row.save(update_fields=["state", "proposed"])
        note("resource.taken-back", row, by)
    resource.refresh_from_db()


def throw_away(resource: Resource, by: Person) -> None:
    """Delete, for good, a text that nobody else has read."""
    with transaction.atomic():
        row = locked(resource)
        if row.state not in OPEN:
            raise Invalid(ELSEWHERE)
        note("resource.dropped", row, by)
        row.delete()


def wait(resource: Resource, by: Person, now: datetime, **more: object) -> None:
    """Have the team look at what changed in a published text."""
    resource.proposed = resource.proposed | more
    _wait(resource, by, now)


def _wait(row: Resource, by: Person, now: datetime) -> None:
    first = "at" not in row.proposed
    row.proposed = row.proposed | {"at": now.isoformat()}
    row.save(update_fields=["proposed"])
    note("resource.proposed", row, by)
    if first:
        tell_team(row, by, now)


def locked(resource: Resource) -> Resource:
    """Give its row anew, held to the end of the transaction."""
    return Resource.objects.select_for_update().get(pk=resource.pk)


def mine(person: Person) -> models.QuerySet[Resource]:
    """Give the texts that somebody proposed, the last first."""
    return Resource.objects.filter(submitter=person).order_by("-updated_at", "-created_at")


def waiting() -> models.QuerySet[Resource]:
    """Give what the team has to read, first come first."""
    asked = Q(state=State.SUBMITTED.value) | (Q(state=State.PUBLISHED.value) & ~Q(proposed={}))
    return Resource.objects.filter(asked).select_related("submitter").order_by("submitted_at")
