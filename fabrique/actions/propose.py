"""Propose a gathering: a draft that is never lost, a format whose parts copy themselves, the team.

Two who write in the same draft are told, and nothing of either is lost.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from fabrique.actions import letters, shape
from fabrique.actions.history import note
from fabrique.domain.checklist import LANES
from fabrique.domain.gathering import State, move
from fabrique.domain.schema import Line, read
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.importers.gathering import formats
from fabrique.store.models import Gathering, Mandate, Organiser, Person, Preparation
from fabrique.store.models.gathering import MODES

OWN = {"title": 200, "question": 300, "about": 20_000}  # what the gathering itself says
NOTES = {"speaker": 500, "when": 500, "partners": 500, "support": 500}  # what the team reads
CHOICES = {"format": "", "audience": Tier.GUEST.value, "mode": "remote"}
MOST_DRAFTS = 50  # of one person
UNTITLED = Text("Untitled draft")


class Stale(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """Somebody saved this draft meanwhile; `saved` is what it says now."""

    def __init__(self, saved: dict[str, str]) -> None:
        super().__init__()
        self.saved = saved


def start(lane: str, by: Person, now: datetime) -> Gathering:
    """Begin a draft in a lane; raise `Invalid`."""
    if lane not in LANES:
        raise Invalid(Text("Choose one of the two ways."), "lane")
    if Gathering.objects.filter(proposer=by, state=State.DRAFT.value).count() >= MOST_DRAFTS:
        raise Invalid(Text("You have too many drafts: propose one, or throw one away."))
    with transaction.atomic():
        made = Gathering.objects.create(
            slug=f"brouillon-{secrets.token_hex(6)}",
            title="",
            lane=lane,
            proposer=by,
            language=by.language,
            created_at=now,
        )
        Preparation.objects.create(gathering=made)
        Organiser.objects.create(gathering=made, person=by, since=now)
        shape.take(made, formats()[shape.FORMAT_OF[lane]])
        made.save()
        note("draft begun", made, by, lane=lane)
    return made


def said(gathering: Gathering) -> dict[str, str]:
    """Give what a draft says, by field."""
    preparation = shape.preparation_of(gathering)
    own = {name: str(getattr(gathering, name)) for name in (*OWN, *CHOICES)}
    notes = {name: str(preparation.notes.get(name, "")) for name in NOTES}
    seeks = {"seeks": "1" if preparation.seeks else "", "wish": preparation.wish}
    return {**own, **notes, **seeks}


def save(gathering: Gathering, given: Mapping[str, str], version: int, by: Person) -> int:
    """Keep a draft as it is typed, unfinished or not; give its new version.

    Raises `Invalid` for what cannot be kept, `Stale` where somebody saved it meanwhile: what is
    on disk is then as it was.
    """
    _check(given)
    with transaction.atomic():
        rows = Preparation.objects.filter(gathering=gathering, version=version)
        if not rows.update(version=version + 1):
            raise Stale(said(Gathering.objects.get(pk=gathering.pk)))
        fresh = Gathering.objects.get(pk=gathering.pk)
        if fresh.state != State.DRAFT.value:
            raise Invalid(Text("It is with the team already: nothing was changed."))
        _write(fresh, given)
        note("draft saved", fresh, by, version=version + 1)
    gathering.refresh_from_db()
    return version + 1


def _check(given: Mapping[str, str]) -> None:
    for name, most in {**OWN, **NOTES, "wish": 500}.items():
        if len(given.get(name, "")) > most:
            what = {"most": most}
            raise Invalid(Text("At most {most} characters fit here: shorten it.", what), name)
    for name in ("title", "question", "wish", *NOTES):
        read(given.get(name, ""), Line, name)
    if given.get("format") not in formats():
        raise Invalid(Text("Choose a format."), "format")
    if given.get("audience") not in set(Tier) or given.get("mode") not in MODES:
        raise Invalid(Text("Choose one of what is offered."), "audience")


def _write(row: Gathering, given: Mapping[str, str]) -> None:
    # A format says where to begin: what was chosen beside it is kept.
    chosen = {
        name: given[name] for name in ("audience", "mode") if given[name] != str(getattr(row, name))
    }
    if given["format"] != row.format:
        shape.take(row, formats()[given["format"]])
    for name, value in chosen.items():
        setattr(row, name, value)
    for name in OWN:
        setattr(row, name, given.get(name, "").replace("\r\n", "\n").strip())
    row.save()
    Preparation.objects.filter(gathering=row).update(
        notes={name: given.get(name, "").strip() for name in NOTES},
        seeks=bool(given.get("seeks")),
        wish=given.get("wish", "").strip(),
    )


def propose(gathering: Gathering, by: Person, now: datetime) -> None:
    """Give a draft to the team; raise `Invalid` for one that lacks what the team needs."""
    if not gathering.title.strip():
        raise Invalid(Text("Give it a title, so that the team knows what it is about."), "title")
    if not gathering.question.strip():
        asked = Text("Write the question or the problem that you share.")
        raise Invalid(asked, "question")
    with transaction.atomic():
        Preparation.objects.filter(gathering=gathering).update(
            verdict="", word="", proposed_at=now, decided_at=None, decided_by=None
        )
        row = Gathering.objects.get(pk=gathering.pk)
        row.state = move(State(row.state), State.PROPOSED).value
        if row.slug.startswith("brouillon-"):
            row.slug = free_slug(row.title)
        row.save(update_fields=["state", "slug"])
        line = note("proposed", row, by)
        _tell_team(row, by, now, line.pk)
    gathering.refresh_from_db()


def _tell_team(row: Gathering, by: Person, now: datetime, line: int) -> None:
    what = letters.Note(
        Text("To be read: {title}", {"title": row.title}),
        Text("{name} proposes “{title}”.", {"name": str(by), "title": row.title}),
        reverse("team-proposals"),
    )
    staff = Mandate.objects.filter(role="staff", until__isnull=True, person__is_active=True)
    for mandate in staff.select_related("person").exclude(person=by):
        key = f"proposed:{line}:{mandate.person_id}"
        letters.write(mandate.person, what, row.preparation, key, now)


def free_slug(title: str) -> str:
    """Give the address of a gathering, from its title; another if it is taken."""
    start = slugify(title)[:60].strip("-") or "rendez-vous"
    taken = set(Gathering.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    n = 1
    while (found := start if n == 1 else f"{start}-{n}") in taken:
        n += 1
    return found


def throw_away(gathering: Gathering, by: Person) -> None:
    """Delete a draft, for good; raise `Invalid` for what is more than a draft."""
    with transaction.atomic():
        rows = Gathering.objects.filter(pk=gathering.pk, state=State.DRAFT.value, proposer=by)
        if not rows.exists():
            raise Invalid(Text("Only a draft of yours can be thrown away: nothing was changed."))
        note("draft thrown away", gathering, by)
        rows.delete()


def reopen(gathering: Gathering, by: Person) -> None:
    """Make a draft again of what was not taken up; what is elsewhere stays as it is."""
    with transaction.atomic():
        rows = Gathering.objects.filter(pk=gathering.pk, state=State.DECLINED.value)
        if rows.update(state=move(State.DECLINED, State.DRAFT).value):
            note("opened again", gathering, by)
