"""Who somebody is to the association on a day: adherent, member or guest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from fabrique.domain.text import Text


class Tier(StrEnum):
    """From the nearest to the farthest; each may see what those after it may."""

    ADHERENT = "adherent"
    MEMBER = "member"
    GUEST = "guest"

    @property
    def rank(self) -> int:
        """0 for a guest, more for who is nearer."""
        return RANKS[self]

    def reaches(self, audience: Tier) -> bool:
        """Say whether what is for `audience` is for this tier too."""
        return self.rank >= audience.rank


RANKS = {Tier.GUEST: 0, Tier.MEMBER: 1, Tier.ADHERENT: 2}
NAMES = {
    Tier.ADHERENT: Text("adherents"),
    Tier.MEMBER: Text("members"),
    Tier.GUEST: Text("everybody"),
}


class Span(Struct, frozen=True):
    """A membership: of a person, or of the structure that a person represents; days included."""

    starts_on: date
    ends_on: date | None  # None: until it is ended
    paid: bool


def tier(memberships: Iterable[Span], day: date, *, known: bool) -> Tier:
    """Say what somebody is on `day`.

    Adherent: a paid membership covers the day. Member: the association knows them (an account), or
    a membership covers the day and is not paid. Guest: anybody else. What was paid before or will
    be paid after does not count: it is the day of the gathering that decides.
    """
    covering = [one for one in memberships if covers(one, day)]
    if any(one.paid for one in covering):
        return Tier.ADHERENT
    return Tier.MEMBER if known or covering else Tier.GUEST


def covers(span: Span, day: date) -> bool:
    """Say whether a membership covers a day."""
    return span.starts_on <= day and (span.ends_on is None or day <= span.ends_on)
