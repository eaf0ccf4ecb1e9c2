"""Calls: somebody asked to join an organising group, or who asks to; each answered once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from fabrique.actions import letters
from fabrique.actions.access import NoAccess
from fabrique.actions.history import note
from fabrique.actions.organise import key_of, lock, looking, welcome
from fabrique.domain.schema import Line, read
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Invitation, Organiser, Person

MOST = 30  # invitations that wait for an answer
DAILY = 60  # invitations that one person sends in a day, whatever was withdrawn
LONGEST = 500
NOT_OPEN = Text("This invitation is no longer open: nothing was changed.")
SAME = Text("This address is asked already, or is of the group.")


def _signer() -> Signer:
    return Signer(salt="fabrique.call")


def token_of(call: Invitation) -> str:
    """Sign the link of an invitation."""
    return _signer().sign(str(call.pk))


def call_of(token: str) -> Invitation:
    """Find the invitation of a link; raise `NoAccess`."""
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        raise NoAccess from None
    found = (
        Invitation.objects.select_related("gathering", "by").filter(pk=key, kind="invited").first()
    )
    if found is None:
        raise NoAccess
    return found


def invite(gathering: Gathering, email: str, words: str, by: Person, now: datetime) -> Invitation:
    """Ask somebody by mail to join the group; raise `Invalid`, nothing being sent."""
    shown = email.strip().lower()
    try:
        validate_email(shown)
    except ValidationError:
        said = Text("This does not look like an e-mail address: check it, nothing was sent.")
        raise Invalid(said, "email") from None
    said_words = read(words.strip(), Line, "words")[:LONGEST]
    with transaction.atomic():
        row = lock(gathering)
        waiting = Invitation.objects.filter(gathering=row, state="open")
        if waiting.filter(email=shown).exists() or Organiser.objects.filter(
            gathering=row, person__email=shown
        ):
            raise Invalid(SAME, "email")
        lately = Invitation.objects.filter(by=by, kind="invited", at__gt=now - timedelta(days=1))
        if lately.count() >= DAILY:
            said = Text("You have sent many invitations today: go on tomorrow, nothing was sent.")
            raise Invalid(said, "email")
        if waiting.count() >= MOST:
            raise Invalid(Text("Many invitations wait already: withdraw one first."), "email")
        call = Invitation.objects.create(
            gathering=row, kind="invited", email=shown, by=by, words=said_words, at=now
        )
        note("invited", row, by, call=str(call.pk))
        letters.write(shown, _invitation(call, by), call, f"call:{call.pk}", now, by)
    return call


def _title(gathering: Gathering) -> str:
    return gathering.title or gathering.question or "…"


def _invitation(call: Invitation, by: Person) -> letters.Note:
    said = {"name": str(by), "title": _title(call.gathering), "words": call.words}
    words = (
        Text("{name} asks you to organise “{title}” together.\n\n{words}", said)
        if call.words
        else Text("{name} asks you to organise “{title}” together.", said)
    )
    path = reverse("invited", args=[token_of(call)])
    return letters.Note(
        Text("Organise together: {title}", said), words, path, call.gathering.language
    )


def open_for(call: Invitation, person: Person | None) -> bool:
    """Say whether somebody may accept an invitation.

    It is its address' own account's; where the address has none, whoever signs in with the link.
    """
    if call.state != "open":
        return False
    owner = Person.objects.filter(email=call.email, is_active=True).first()
    return owner is None or person is None or owner == person


def accept(call: Invitation, person: Person, now: datetime) -> None:
    """Join the group one was asked to; raise `Invalid`, `NoAccess` for somebody else's link."""
    with transaction.atomic():
        row = lock(call.gathering)
        fresh = Invitation.objects.get(pk=call.pk)
        if fresh.state != "open":
            raise Invalid(NOT_OPEN)
        if not open_for(fresh, person):
            raise NoAccess
        welcome(row, person, now)
        Invitation.objects.filter(pk=call.pk).update(state="accepted", person=person)
        note("joined", row, person, call=str(call.pk))


def decline(call: Invitation) -> None:
    """Say no to an invitation; raise `Invalid`."""
    with transaction.atomic():
        if not Invitation.objects.filter(pk=call.pk, state="open").update(state="declined"):
            raise Invalid(NOT_OPEN)
        note("invitation declined", call.gathering, call=str(call.pk))


def withdraw(gathering: Gathering, call: str, by: Person) -> None:
    """Take an invitation back; raise `Invalid`."""
    with transaction.atomic():
        rows = Invitation.objects.filter(pk=key_of(call), gathering=gathering, state="open")
        if not rows.update(state="withdrawn"):
            raise Invalid(NOT_OPEN)
        note("invitation withdrawn", gathering, by, call=call)


def ask(gathering: UUID, words: str, by: Person, now: datetime) -> Invitation:
    """Ask to join a group that looks for people; its proposer is told. Raises `Invalid`."""
    said_words = read(words.strip(), Line, "words")[:LONGEST]
    with transaction.atomic():
        row = looking(by).filter(pk=gathering).first()  # type: ignore[attr-defined]
        if row is None:
            raise Invalid(Text("It no longer looks for anybody: nothing was sent."))
        row = lock(row)
        known = Invitation.objects.filter(gathering=row, email=by.email, state="open").first()
        if known is not None or Organiser.objects.filter(gathering=row, person=by).exists():
            raise Invalid(Text("You asked already, or are of the group."))
        call = Invitation.objects.create(
            gathering=row, kind="asked", email=by.email, person=by, words=said_words, at=now
        )
        note("asked to join", row, by, call=str(call.pk))
        if row.proposer is not None:
            said = {"name": str(by), "title": _title(row), "words": said_words}
            what = letters.Note(
                Text("{name} would like to organise “{title}” with you", said),
                Text("{name} offers to help with “{title}”: say yes or no.", said),
                reverse("draft-page", args=[row.pk, "group"]),
            )
            key = f"call:{call.pk}"
            letters.write(row.proposer, what, call, key, now)
    return call


def answer(gathering: Gathering, call: str, *, yes: bool, by: Person, now: datetime) -> None:
    """Say yes or no to somebody who asks to join, who is told; raise `Invalid`."""
    with transaction.atomic():
        row = lock(gathering)
        found = Invitation.objects.filter(
            pk=key_of(call), gathering=row, kind="asked", state="open"
        )
        asked = found.select_related("person").first()
        if asked is None or asked.person is None:
            raise Invalid(NOT_OPEN)
        found.update(state="accepted" if yes else "declined")
        note("joined" if yes else "not taken", row, by, call=call)
        said = {"title": _title(row)}
        if yes:
            welcome(row, asked.person, now)
            subject = Text("You organise “{title}”", said)
            words = Text("You are now of the group that organises “{title}”.", said)
            path = reverse("draft-page", args=[row.pk, "checklist"])
        else:
            subject = Text("“{title}”: the group is complete", said)
            words = Text("The group of “{title}” thanks you, and goes on as it is.", said)
            path = reverse("accomplices")
        what = letters.Note(subject, words, path)
        letters.write(asked.person, what, asked, f"call:{call}:said", now)
