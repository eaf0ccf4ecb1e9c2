"""Signed links to ask about a text, for whoever is quoted and may not read it."""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer

from fabrique.actions.access import NoAccess
from fabrique.actions.requests.texts import Published
from fabrique.domain.resource import State
from fabrique.store.models import Edition, Resource


def token_of(text: Published) -> str:
    """Sign the link for somebody who is quoted and may not read the text, or has no account."""
    return _signer(type(text).__name__).sign(str(text.pk))


def edition_of(token: str) -> Edition:
    """Give what such a link is about: the last edition of minutes; raise `NoAccess`."""
    key = _key("Minutes", token)
    rows = Edition.objects.filter(minutes=key).select_related("minutes__gathering")
    found = rows.order_by("number").last()
    if found is None:
        raise NoAccess
    return found


def resource_of(token: str) -> Resource:
    """Give the text that no session made, while it is published; raise `NoAccess`."""
    found = Resource.objects.filter(pk=_key("Resource", token), state=State.PUBLISHED).first()
    if found is None:
        raise NoAccess
    return found


def _signer(kind: str) -> Signer:
    return Signer(salt=f"fabrique.{kind.lower()}.ask")


def _key(kind: str, token: str) -> UUID:
    try:
        return UUID(_signer(kind).unsign(token))
    except (BadSignature, ValueError):
        raise NoAccess from None
