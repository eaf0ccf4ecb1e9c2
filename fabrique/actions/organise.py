"""The organising group: who is asked to join, who asks to, who leaves, who looks after what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from fabrique.actions import letters
from fabrique.actions.access import NoAccess
from fabrique.actions.history import note
from fabrique.domain.gathering import State
from fabrique.domain.schema import Line, read
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Call, Gathering, Organiser, Person, Task

MOST = 30  # invitations that wait for an answer
DAILY = 60  # invitations that one person sends in a day, whatever was withdrawn
LONGEST = 500
ROLE = 80
OPEN = (State.DRAFT.value, State.PROPOSED.value, State.PREPARED.value)
NOT_OPEN = Text("This invitation is no longer open: nothing was changed.")
SAME = Text("This address is asked already, or is of the group.")


def _signer() -> Signer:
    return Signer(salt="fabrique.call")


def token_of(call: Call) -> str:
    """Sign the link of an invitation."""
    return _signer().sign(str(call.pk))


def call_of(token: str) -> Call:
    """Find the invitation of a link; raise `NoAccess`."""
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        raise NoAccess from None
    found = Call.objects.select_related("gathering", "by").filter(pk=key, kind="invited").first()
    if found is None:
        raise NoAccess
    return found


def invite(gathering: Gathering, email: str, words: str, by: Person, now: datetime) -> Call:
    """Ask somebody by mail to join the group; raise `Invalid`, nothing being sent."""
    shown = email.strip().lower()
    try:
        validate_email(shown)
    except ValidationError:
        said = Text("This does not look like an e-mail address: check it, nothing was sent.")
        raise Invalid(said, "email") from None
    said_words = read(words.strip(), Line, "words")[:LONGEST]
    with transaction.atomic():
        row = _lock(gathering)
        waiting = Call.objects.filter(gathering=row, state="open")
        if waiting.filter(email=shown).exists() or Organiser.objects.filter(
            gathering=row, person__email=shown
        ):
            raise Invalid(SAME, "email")
        lately = Call.objects.filter(by=by, kind="invited", at__gt=now - timedelta(days=1))
        if lately.count() >= DAILY:
            said = Text("You have sent many invitations today: go on tomorrow, nothing was sent.")
            raise Invalid(said, "email")
        if waiting.count() >= MOST:
            raise Invalid(Text("Many invitations wait already: withdraw one first."), "email")
        call = Call.objects.create(
            gathering=row, kind="invited", email=shown, by=by, words=said_words, at=now
        )
        note("invited", row, by, call=str(call.pk))
        letters.write(shown, _invitation(call, by), call, f"call:{call.pk}", now, by)
    return call


def _lock(gathering: Gathering) -> Gathering:
    """Write to the gathering first: whoever changes its group waits for the others."""
    Gathering.objects.filter(pk=gathering.pk).update(slug=gathering.slug)
    return Gathering.objects.get(pk=gathering.pk)


def _title(gathering: Gathering) -> str:
    return gathering.title or gathering.question or "…"


def _invitation(call: Call, by: Person) -> letters.Note:
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


def open_for(call: Call, person: Person | None) -> bool:
    """Say whether somebody may accept an invitation.

    It is its address' own account's; where the address has none, whoever signs in with the link.
    """
    if call.state != "open":
        return False
    owner = Person.objects.filter(email=call.email, is_active=True).first()
    return owner is None or person is None or owner == person


def accept(call: Call, person: Person, now: datetime) -> None:
    """Join the group one was asked to; raise `Invalid`, `NoAccess` for somebody else's link."""
    with transaction.atomic():
        row = _lock(call.gathering)
        fresh = Call.objects.get(pk=call.pk)
        if fresh.state != "open":
            raise Invalid(NOT_OPEN)
        if not open_for(fresh, person):
            raise NoAccess
        _joined(row, person, now)
        Call.objects.filter(pk=call.pk).update(state="accepted", person=person)
        note("joined", row, person, call=str(call.pk))


def _joined(row: Gathering, person: Person, now: datetime) -> None:
    Organiser.objects.get_or_create(gathering=row, person=person, defaults={"since": now})


def decline(call: Call) -> None:
    """Say no to an invitation; raise `Invalid`."""
    with transaction.atomic():
        if not Call.objects.filter(pk=call.pk, state="open").update(state="declined"):
            raise Invalid(NOT_OPEN)
        note("invitation declined", call.gathering, call=str(call.pk))


def withdraw(gathering: Gathering, call: str, by: Person) -> None:
    """Take an invitation back; raise `Invalid`."""
    with transaction.atomic():
        rows = Call.objects.filter(pk=_uuid(call), gathering=gathering, state="open")
        if not rows.update(state="withdrawn"):
            raise Invalid(NOT_OPEN)
        note("invitation withdrawn", gathering, by, call=call)


def _uuid(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise Invalid(NOT_OPEN) from None


def looking(person: Person) -> Iterable[Gathering]:
    """Give the drafts and proposals that look for others to organise them, latest first.

    Each carries `asked`, whether this person asks to join it, and `mine`, whether they are in.
    """
    asked = Call.objects.filter(gathering=OuterRef("pk"), person=person, state="open")
    mine = Organiser.objects.filter(gathering=OuterRef("pk"), person=person)
    rows = Gathering.objects.filter(preparation__seeks=True, state__in=OPEN)
    said = Q(title="") & Q(question="")
    return (
        rows.exclude(said)
        .select_related("preparation", "proposer")
        .annotate(asked=Exists(asked), mine=Exists(mine))
        .order_by("-created_at")
    )


def ask(gathering: UUID, words: str, by: Person, now: datetime) -> Call:
    """Ask to join a group that looks for people; its proposer is told. Raises `Invalid`."""
    said_words = read(words.strip(), Line, "words")[:LONGEST]
    with transaction.atomic():
        row = looking(by).filter(pk=gathering).first()  # type: ignore[attr-defined]
        if row is None:
            raise Invalid(Text("It no longer looks for anybody: nothing was sent."))
        row = _lock(row)
        known = Call.objects.filter(gathering=row, email=by.email, state="open").first()
        if known is not None or Organiser.objects.filter(gathering=row, person=by).exists():
            raise Invalid(Text("You asked already, or are of the group."))
        call = Call.objects.create(
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
        row = _lock(gathering)
        found = Call.objects.filter(pk=_uuid(call), gathering=row, kind="asked", state="open")
        asked = found.select_related("person").first()
        if asked is None or asked.person is None:
            raise Invalid(NOT_OPEN)
        found.update(state="accepted" if yes else "declined")
        note("joined" if yes else "not taken", row, by, call=call)
        said = {"title": _title(row)}
        if yes:
            _joined(row, asked.person, now)
            subject = Text("You organise “{title}”", said)
            words = Text("You are now of the group that organises “{title}”.", said)
            path = reverse("draft-page", args=[row.pk, "checklist"])
        else:
            subject = Text("“{title}”: the group is complete", said)
            words = Text("The group of “{title}” thanks you, and goes on as it is.", said)
            path = reverse("accomplices")
        what = letters.Note(subject, words, path)
        letters.write(asked.person, what, asked, f"call:{call}:said", now)


def leave(gathering: Gathering, whom: str, by: Person) -> None:
    """Take somebody out of the group: themselves, or another; raise `Invalid` for the last one."""
    with transaction.atomic():
        row = _lock(gathering)
        group = Organiser.objects.filter(gathering=row)
        found = group.filter(person__pk=_uuid(whom)).select_related("person").first()
        if found is None:
            raise Invalid(Text("This person is not of the group: nothing was changed."))
        person = found.person
        if group.count() == 1:
            raise Invalid(Text("Somebody has to organise it: ask another person to join first."))
        if person != by and row.proposer_id == person.pk:
            raise Invalid(Text("Whoever proposed it can only leave by themselves."))
        group.filter(person=person).delete()
        Task.objects.filter(gathering=row, owner=person).update(owner=None)
        if row.proposer_id == person.pk:  # who comes next answers for it from now on
            heir = group.order_by("since", "id").first()
            Gathering.objects.filter(pk=row.pk).update(proposer=heir.person if heir else None)
        note("left" if person == by else "taken out", row, by, person=str(person.pk))


def entrust(gathering: Gathering, person: str, role: str, by: Person) -> None:
    """Say what somebody of the group looks after; raise `Invalid`."""
    shown = " ".join(read(role, Line, "role").split())
    if len(shown) > ROLE:
        raise Invalid(Text("At most {most} characters fit here: shorten it.", {"most": ROLE}))
    with transaction.atomic():
        rows = Organiser.objects.filter(gathering=gathering, person__pk=_uuid(person))
        if not rows.update(role=shown):
            raise Invalid(Text("This person is not of the group: nothing was changed."))
        note("role given", gathering, by, person=person, role=shown)
