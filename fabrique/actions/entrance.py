"""A link that signs one person in, once: for the first account, and where no mail leaves."""

from __future__ import annotations

import secrets
from datetime import date

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.core.validators import validate_email
from django.db import transaction

from fabrique.actions import access
from fabrique.actions.access import LINK_LASTS, NoAccess
from fabrique.actions.history import note
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Mandate, Person


def address_of(typed: str) -> str:
    """Read an e-mail address; raise `Invalid`."""
    email = typed.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(Text("“{email}” is no e-mail address.", {"email": email}), "email") from None
    return email


def made(email: str, name: str, role: str, today: date) -> Person:
    """Find a person or make them, give them a role if one is said; raise `Invalid`."""
    address = address_of(email)
    with transaction.atomic():
        person = Person.objects.filter(email=address).first()
        if person is None:
            person = Person.objects.create_user(address, name=name)
            note("person.made", person)
        if role:
            held = Mandate.objects.filter(person=person, role=role, until__isnull=True)
            if not held.exists():
                Mandate.objects.create(person=person, role=role, since=today)
                note("mandate.given", person, role=role)
    return person


def sign_in_link(person: Person) -> str:
    """Sign a link that works once, within a day."""
    return _signer().sign(f"{person.pk}.{secrets.token_urlsafe(9)}")


def peek(token: str) -> Person:
    """Give who a link signs in, if it may still be used; changes nothing, raises `NoAccess`."""
    try:
        who = _signer().unsign(token, max_age=LINK_LASTS).partition(".")[0]
    except BadSignature:
        raise NoAccess from None
    person = Person.objects.filter(pk=who, is_active=True).first()
    if person is None:
        raise NoAccess
    access.check_unspent(token)
    return person


def spend(token: str) -> Person:
    """Use a link, by POST only; raise `NoAccess` if it was used."""
    person = peek(token)
    access.spend(token)
    return person


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="fabrique.person")
