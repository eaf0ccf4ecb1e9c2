"""Releases: the draft frozen under a number, and a letter to each person whom a change concerns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from msgspec import Struct

from fabrique.actions.history import name_of, note
from fabrique.actions.outbox import Letter, put
from fabrique.actions.policy import allowed
from fabrique.actions.policy.gatherings import tier_for
from fabrique.actions.policy.viewer import Viewer
from fabrique.actions.programme.draft import draft
from fabrique.actions.programme.speakers import speaker_link
from fabrique.domain.changes import Change, changes, concerning, sentence
from fabrique.domain.language import Language, language
from fabrique.domain.programme import Programme, data, read
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.store.models import Gathering, Person, Pick, ProgrammeVersion, Speaker

SUBJECT = Text("{title}: the programme, version {number}")
BODY = Text(
    "Hello {name},\n\nIn the programme of “{title}”, here is what concerns you:\n\n{changes}\n"
    "{note}\nThe programme: {link}\n"
)
OWN = Text("Your page, with your parts and what we need from you: {link}\n")
WHY = Text(
    "\nYou receive this because you kept these items in your agenda; take them out there if you no "
    "longer wish to be told.\n"
)


class Concerned(Struct, frozen=True):
    """Somebody to write to, and of what."""

    email: str
    name: str
    language: str
    changes: tuple[Change, ...]
    speaker: Speaker | None = None


def current(gathering: Gathering) -> ProgrammeVersion | None:
    """Give the last release."""
    return gathering.versions.order_by("-number").first()


def coming(gathering: Gathering) -> tuple[Programme, tuple[Change, ...]]:
    """Give what would be released now, and what that changes."""
    last = current(gathering)
    whole = draft(gathering).frozen()
    return whole, changes(read(last.content) if last else None, whole)


def concerned(gathering: Gathering, found: tuple[Change, ...], today: date) -> list[Concerned]:
    """Give each person a letter is due to, once, by their letters; a first release tells speakers.

    Who speaks and picked hears of both in one letter.
    """
    people: dict[str, Concerned] = {}
    for one in (*_speaking(gathering, found), *_picking(gathering, found, today)):
        if one.changes:
            before = people.get(one.email)
            people[one.email] = _both(before, one) if before else one
    return [people[email] for email in sorted(people)]


def _both(one: Concerned, other: Concerned) -> Concerned:
    merged = dict.fromkeys((*one.changes, *other.changes))
    return Concerned(one.email, one.name, one.language, tuple(merged), one.speaker)


def _speaking(gathering: Gathering, found: tuple[Change, ...]) -> Iterator[Concerned]:
    for one in gathering.speakers.exclude(email="").select_related("person"):
        tongue = one.person.language if one.person else gathering.language
        own = concerning(found, set(), str(one.pk))
        yield Concerned(one.email, one.name, tongue, own, one)


def _picking(gathering: Gathering, found: tuple[Change, ...], today: date) -> Iterator[Concerned]:
    rows = Pick.objects.filter(item__gathering=gathering, person__is_active=True)
    by_person: dict[Person, set[str]] = {}
    for row in rows.select_related("person").order_by("person__email"):
        by_person.setdefault(row.person, set()).add(str(row.item_id))
    for person, items in by_person.items():
        viewer = Viewer(person, today)
        if not allowed(viewer, "gathering:see", gathering):
            continue  # who has left the association is told nothing more of it
        tier = tier_for(viewer, gathering)
        own = [one for one in found if tier.reaches(Tier(one.item.audience))]
        yield Concerned(person.email, str(person), person.language, concerning(own, items))


@transaction.atomic
def release(gathering: Gathering, words: str, by: Person, now: datetime) -> ProgrammeVersion:
    """Freeze the draft; its number rises, and so does the sequence of the calendar entry.

    Letters wait in the outbox for a person. Raises `Invalid` where nothing changed.
    """
    Gathering.objects.filter(pk=gathering.pk).update(sequence=F("sequence") + 1)
    gathering.refresh_from_db(fields=["sequence"])
    whole, found = coming(gathering)
    if not found:
        said = Text("Nothing changed since the last release: there is nothing to release.")
        raise Invalid(said)
    last = current(gathering)
    number = last.number + 1 if last else 1
    version = ProgrammeVersion.objects.create(
        gathering=gathering,
        number=number,
        content=data(whole),
        note=words,
        released_at=now,
        released_by=by,
    )
    people = concerned(gathering, found, timezone.localdate(now))
    for one in people:
        put(_letter(version, whole, one), f"programme:{version.pk}:{one.email}", now)
    note("programme.released", gathering, by, number=number, letters=len(people))
    return version


def _letter(version: ProgrammeVersion, whole: Programme, one: Concerned) -> Letter:
    tongue = language(one.language)
    gathering = version.gathering
    said = {
        "name": one.name,
        "title": gathering.title,
        "number": version.number,
        "changes": "".join(f"- {said}\n" for said in said_of(one.changes, whole, tongue)),
        "note": f"\n{version.note}\n" if version.note else "",
        "link": f"{settings.PUBLIC_URL}/g/{gathering.slug}/programme/",
    }
    body = tongue.say(Text(BODY.msgid, said))
    if one.speaker is not None:
        body += tongue.say(Text(OWN.msgid, {"link": speaker_link(one.speaker)}))
    else:
        body += tongue.say(WHY)
    subject = tongue.say(Text(SUBJECT.msgid, said))
    return Letter(relay="email", to=one.email, subject=subject, body=body, about=name_of(gathering))


def said_of(found: tuple[Change, ...], whole: Programme, tongue: Language) -> list[str]:
    """Say changes, a sentence each."""
    return [tongue.say(sentence(one, whole, tongue)) for one in found]
