"""Letters to people who registered, and the links in them; written in the change they tell of."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.signing import BadSignature, Signer
from msgspec import structs

from fabrique.actions.access import NoAccess
from fabrique.actions.history import name_of
from fabrique.actions.news import entry, news_of
from fabrique.actions.outbox import File, Letter, put
from fabrique.domain.language import Language, language
from fabrique.domain.news import News
from fabrique.domain.registration_letter import compose
from fabrique.domain.text import Text
from fabrique.store.models import Dispatch, Form, Gathering, Registration

BUDGET = 12  # letters to one address in an hour: whoever types that of somebody else stops there
SPAN = timedelta(hours=1)
NOBODY = ".invalid"  # an address that cannot be (RFC 2606): walk-ins, erased people


def token_of(registration: UUID) -> str:
    """Sign the link by which somebody sees and changes their registration."""
    return _signer().sign(registration.hex)


def read_token(token: str) -> UUID:
    """Give the registration that a link is about; raise `NoAccess`."""
    try:
        return UUID(hex=_signer().unsign(token))
    except (BadSignature, ValueError):
        raise NoAccess from None


def badge_of(registration: UUID) -> str:
    """Sign what a badge shows: it says who somebody is, to the door alone, and changes nothing."""
    return Signer(salt="fabrique.badge").sign(registration.hex)


def read_badge(token: str) -> UUID:
    """Give the registration that a badge is of; raise `NoAccess`."""
    try:
        return UUID(hex=Signer(salt="fabrique.badge").unsign(token))
    except (BadSignature, ValueError):
        raise NoAccess from None


def _signer() -> Signer:
    return Signer(salt="fabrique.registration")


def tell(
    row: Registration, gathering: Gathering, what: str, now: datetime, position: int = 0
) -> Dispatch | None:
    """Put a letter about what just happened to a registration: it leaves at once.

    None where nobody can be written to, or where this address was written to too often.
    """
    if row.email.endswith(NOBODY) or _spent(row, now):
        return None
    letter = written(row, gathering, what, position)
    return put(letter, f"{what}:{row.pk}:{_stamp(now)}", now, released=True)


def _stamp(now: datetime) -> str:
    return now.strftime("%Y%m%dT%H%M%S%f")


def _spent(row: Registration, now: datetime) -> bool:
    recent = Dispatch.objects.filter(
        to=row.email, created_at__gt=now - SPAN, about__startswith="registration:"
    )
    return recent.count() >= BUDGET


def written(row: Registration, gathering: Gathering, what: str, position: int = 0) -> Letter:
    """Write a letter to somebody who registered, in their language."""
    words = language(row.language)
    message = compose(_news(row, gathering, what, position), words)
    return Letter(
        relay="email",
        to=row.email,
        subject=message.subject,
        body=message.body,
        files=_entry(row, gathering, words) if what == "confirmed" else (),
        about=name_of(row),
    )


def _news(row: Registration, gathering: Gathering, what: str, position: int) -> News:
    zone = ZoneInfo(gathering.zone)
    form: Form | None = getattr(gathering, "form", None)
    mine = f"{settings.PUBLIC_URL}/r/{token_of(row.pk)}/"
    return News(
        what=what,
        title=gathering.title,
        name=row.name,
        at=gathering.starts_at.astimezone(zone) if gathering.starts_at else None,
        place=_place(row, gathering),
        link=mine,
        about=f"{settings.PUBLIC_URL}/g/{gathering.slug}/",
        room=f"{mine}room" if gathering.mode != "site" else "",
        position=position,
        until=row.offered_until.astimezone(zone) if row.offered_until else None,
        words=form.letters.get(what, "") if form else "",
        due=due(row, gathering),
    )


def _entry(row: Registration, gathering: Gathering, words: Language) -> tuple[File, ...]:
    """Give the calendar entry of the gathering, at the place where this person goes.

    It keeps the UID of the public one, so that whoever has both has one.
    """
    return entry(structs.replace(news_of(gathering), place=_place(row, gathering)), words)


def _place(row: Registration, gathering: Gathering) -> str:
    if row.pool.kind == "remote":
        return ""
    return row.pool.place or gathering.place


def due(row: Registration, gathering: Gathering) -> Text | None:
    """Say what is to be paid, and where."""
    form: Form | None = getattr(gathering, "form", None)
    if row.paid or form is None:
        return None
    price = {"price": euros(row.fee), "where": form.pay_at}
    if form.pay_at:
        return Text("To pay: {price} €, here:\n{where}", price)
    return Text("To pay: {price} €.", price)


def euros(cents: int) -> str:
    """Write a price: “12” or “12,50”."""
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02}" if rest else str(whole)
