"""From when, for whom and for how much: as the editor of a form sends it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict

from fabrique.domain.registration_letter import OWN
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.store.models import Gathering
from fabrique.web.numbers import is_whole, whole

MOST = 9999  # hours, or days
LONGEST = 2000  # characters added to a letter


def early_of(post: QueryDict) -> dict[str, int]:
    """Read how many days earlier each tier may register; raise `Invalid`."""
    found = {tier.value: post.get(f"early-{tier.value}", "").strip() for tier in Tier}
    return {tier: hours_of(days) for tier, days in found.items() if days and tier != Tier.GUEST}


def hours_of(text: str) -> int:
    """Read hours, or days; raise `Invalid`."""
    if not is_whole(text or "0"):
        raise Invalid(Text("Hours and days are whole numbers."))
    return min(whole(text), MOST)


def reminders_of(text: str) -> list[int]:
    """Read the hours of the reminders, as minutes; raise `Invalid`."""
    try:
        hours = [
            int(one) for one in text.replace("−", "-").replace(";", ",").split(",") if one.strip()
        ]
    except ValueError:
        said = Text("Reminders are hours: −24 is the day before, 18 the day after.")
        raise Invalid(said, ".reminders") from None
    return [one * 60 for one in hours if one and abs(one) <= 24 * 60][:6]


def letters_of(post: QueryDict) -> dict[str, str]:
    """Read what is added to the letters that leave by themselves; raise `Invalid`."""
    found = {what: post.get(f"letter-{what}", "").replace("\r\n", "\n").strip() for what in OWN}
    for what, words in found.items():
        if len(words) > LONGEST:
            said = Text("At most {most} characters fit here: shorten it.", {"most": LONGEST})
            raise Invalid(said, f".letter-{what}")
    return {what: words for what, words in found.items() if words}


def price_of(post: QueryDict) -> dict[str, Any]:
    """Read what it costs, and where one pays; raise `Invalid`."""
    price = post.get("price", "free")
    pay_at = post.get("pay_at", "").strip()
    if pay_at:
        try:
            URLValidator(schemes=["https"])(pay_at)
        except ValidationError:
            raise Invalid(Text("Where one pays is an https:// address."), ".pay_at") from None
    fees = {tier.value: _cents(post.get(f"fee-{tier.value}", "")) for tier in Tier}
    if price not in ("free", "flat", "link") or (price == "link" and not pay_at):
        raise Invalid(Text("Give the address where one pays."), ".pay_at")
    return {"price": price, "pay_at": pay_at, "fees": fees}


def _cents(text: str) -> int:
    try:
        amount = Decimal(text.strip().replace(",", ".") or "0")
    except InvalidOperation:
        raise Invalid(Text("A price is a number of euros."), ".fees") from None
    if not 0 <= amount <= 10_000:  # noqa: PLR2004 - nobody here pays more
        raise Invalid(Text("A price is a number of euros."), ".fees")
    return int(amount * 100)


def moment_of(text: str, gathering: Gathering) -> datetime | None:
    """Read a moment by the clocks of the gathering; raise `Invalid`."""
    if not text.strip():
        return None
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(Text("This is no date."), ".opens_at") from None
    return at.replace(tzinfo=ZoneInfo(gathering.zone)).astimezone(UTC)
