"""Who speaks: their parts in the items, and the link by which they reach their own page."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction

from fabrique.actions.access import NoAccess
from fabrique.actions.history import note
from fabrique.actions.programme.draft import hold
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Item, Part, Person, Speaker

_SALT = "fabrique.speaker"


@transaction.atomic
def add_part(item: Item, name: str, email: str, role: str, by: Person | None) -> Part:
    """Give somebody a part in an item: the speaker of that address, or a new one.

    Raises `Invalid` for what is no address, and for somebody who has a part in it already.
    """
    hold(item.gathering)
    found = speaker_of(item.gathering, name, email)
    made, new = Part.objects.get_or_create(item=item, speaker=found, defaults={"role": role})
    if not new:
        raise Invalid(Text("{name} has a part in it already.", {"name": found.name}), "name")
    note("part.added", item, by, speaker=str(found.pk), role=role)
    return made


def speaker_of(gathering: Gathering, name: str, email: str) -> Speaker:
    """Find the speaker of an address, or make one; somebody without an address is always new."""
    shown = email.strip().lower()
    if shown:
        _checked(shown)
        found = gathering.speakers.filter(email=shown).first()
        if found is not None:
            return found
    person = Person.objects.filter(email=shown, is_active=True).first() if shown else None
    return Speaker.objects.create(gathering=gathering, person=person, name=name, email=shown)


def _checked(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        said = Text("This does not look like an e-mail address: check it, nothing was kept.")
        raise Invalid(said, "email") from None


@transaction.atomic
def remove_part(part: Part, by: Person) -> None:
    """Take a part back; who has none left is no longer a speaker."""
    note("part.removed", part.item, by, speaker=str(part.speaker_id))
    speaker = part.speaker
    part.delete()
    if not speaker.parts.exists() and not speaker.answers.exists():
        speaker.delete()


def speaker_link(speaker: Speaker) -> str:
    """Give the address of a speaker's own page."""
    token = Signer(salt=_SALT).sign(str(speaker.pk))
    return f"{settings.PUBLIC_URL}/g/{speaker.gathering.slug}/speaking/{token}/"


def read_speaker(gathering: Gathering, token: str) -> Speaker:
    """Find the speaker that a link is of; raise `NoAccess` for a link of nobody's."""
    try:
        name = Signer(salt=_SALT).unsign(token)
    except BadSignature:
        raise NoAccess from None
    found = gathering.speakers.filter(pk=name).select_related("person").first()
    if found is None:
        raise NoAccess
    return found
