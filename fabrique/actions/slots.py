"""When the team can host: its free and blocked slots, and what already stands in a slot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.series import set_documented
from fabrique.actions.video import moved, providers
from fabrique.domain.gathering import PUBLIC, State
from fabrique.domain.language import language
from fabrique.domain.relative import real
from fabrique.domain.text import Invalid, Name, Text
from fabrique.store.models import Gathering, Person, Slot

LONGEST = timedelta(days=14)
MOST = 53  # weeks in a row, made at once
WEEK = 7
LIVE = (
    State.PROPOSED.value,
    State.PREPARED.value,
    State.ANNOUNCED.value,
    State.PUBLISHED.value,
)
LOCK = 4_020_001  # PostgreSQL's name of "one slot is kept at a time"


class Clash(Struct, frozen=True):
    """What stands in a slot: a gathering that holds the video account, or a blocked slot."""

    title: str  # empty: the slot is blocked
    who: str
    note: str
    starts_at: datetime
    ends_at: datetime
    public: bool = True  # announced: before, its title is its group's and the team's


def read_moment(given: str, where: str) -> datetime:
    """Read what a form gives, by the clocks of the house; raise `Invalid`."""
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        raise Invalid(Text("Write a day and an hour."), where) from None
    return real(found.replace(tzinfo=None), ZoneInfo(settings.TIME_ZONE))


def read_slot(starts: str, ends: str) -> tuple[datetime, datetime]:
    """Read a beginning and an end; raise `Invalid` where they are not in order."""
    begins, over = read_moment(starts, "starts_at"), read_moment(ends, "ends_at")
    if over <= begins:
        raise Invalid(Text("The end comes after the beginning."), "ends_at")
    if over - begins > LONGEST:
        raise Invalid(Text("A slot lasts two weeks at most."), "ends_at")
    return begins, over


def add(
    kind: str, slot: tuple[datetime, datetime], words: str, weeks: int, by: Person
) -> list[Slot]:
    """Say that the team is free, or is not: once, or so many weeks in a row. Raises `Invalid`."""
    if kind not in ("free", "blocked"):
        raise Invalid(Text("Choose one of what is offered."), "kind")
    if not 1 <= weeks <= MOST:
        raise Invalid(Text("From 1 to {most} weeks.", {"most": MOST}), "weeks")
    with transaction.atomic():
        made = [
            Slot.objects.create(
                kind=kind, starts_at=_later(slot[0], n), ends_at=_later(slot[1], n), note=words
            )
            for n in range(weeks)
        ]
        note("slot added", made[0], by, kind=kind, weeks=weeks)
    return made


def _later(at: datetime, weeks: int) -> datetime:
    place = ZoneInfo(settings.TIME_ZONE)
    clocks = at.astimezone(place).replace(tzinfo=None)
    return real(clocks + timedelta(days=WEEK * weeks), place)


def drop(slot: int, by: Person) -> None:
    """Take a slot of the team out."""
    with transaction.atomic():
        for row in Slot.objects.filter(pk=slot):
            note("slot dropped", row, by, kind=row.kind)
            row.delete()


def free(now: datetime, most: int = 30) -> list[Slot]:
    """Give the free slots to come in which nothing stands yet."""
    rows = Slot.objects.filter(kind="free", starts_at__gt=now).order_by("starts_at")[: most * 2]
    found = list(rows)
    taken = all_clashes([(one.starts_at, one.ends_at) for one in found])
    return [one for one, clash in zip(found, taken, strict=True) if not clash][:most]


def clashes(
    starts_at: datetime, ends_at: datetime, besides: Gathering | None = None
) -> list[Clash]:
    """Say what stands in a slot already."""
    return all_clashes([(starts_at, ends_at)], besides)[0]


def all_clashes(
    slots: Sequence[tuple[datetime, datetime]], besides: Gathering | None = None
) -> list[list[Clash]]:
    """Say what stands in each of several slots, in two queries."""
    if not slots:
        return []
    first, last = min(one for one, _ in slots), max(one for _, one in slots)
    found = [*_held(first, last, besides), *_blocked(first, last)]
    return [
        [one for one in found if one.starts_at < ends and starts < one.ends_at]
        for starts, ends in slots
    ]


def _held(first: datetime, last: datetime, besides: Gathering | None) -> list[Clash]:
    """Give the gatherings that use, or will use, the house's single video account."""
    rows = Gathering.objects.filter(
        state__in=LIVE, starts_at__lt=last, ends_at__gt=first, mode__in=("remote", "hybrid")
    )
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    apart = [kind for kind, one in providers().items() if not one.single]
    # A link of one's own, or a room of Jitsi, holds nobody up.
    found = rows.exclude(video__kind__in=apart).order_by("starts_at")
    return [_clash(one) for one in found.select_related("proposer")]


def _clash(one: Gathering) -> Clash:
    assert one.starts_at is not None  # noqa: S101 - only dated ones were asked for
    assert one.ends_at is not None  # noqa: S101
    public = State(one.state) in PUBLIC
    return Clash(one.title, str(one.proposer or ""), "", one.starts_at, one.ends_at, public)


def _blocked(first: datetime, last: datetime) -> list[Clash]:
    rows = Slot.objects.filter(kind="blocked", starts_at__lt=last, ends_at__gt=first)
    return [
        Clash("", "", one.note, one.starts_at, one.ends_at) for one in rows.order_by("starts_at")
    ]


def one_at_a_time() -> None:
    """Wait for whoever keeps a slot now: two that overlap are never kept unseen.

    SQLite has one writer as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def place(
    row: Gathering,
    slot: tuple[datetime, datetime],
    by: Person,
    *,
    anyway: bool = False,
) -> None:
    """Give a gathering its date, in a transaction; raise `Invalid` where something stands there."""
    one_at_a_time()
    if not anyway and (found := clashes(*slot, besides=row)):
        raise Invalid(said(found[0], row.zone), "clash")
    sequence = row.sequence + 1 if row.starts_at and row.starts_at != slot[0] else row.sequence
    row.starts_at, row.ends_at, row.sequence = *slot, sequence
    row.save(update_fields=["starts_at", "ends_at", "sequence"])
    set_documented(row)
    moved(row)
    note("slot kept", row, by, starts_at=slot[0].isoformat(), ends_at=slot[1].isoformat())


def said(clash: Clash, zone: str, *, to_team: bool = False) -> Text:
    """Say who stands in a slot, and when; what is not announced has no title for other groups."""
    place_of = ZoneInfo(zone)
    begins, ends = clash.starts_at.astimezone(place_of), clash.ends_at.astimezone(place_of)
    when = Name(*(language(code).span(begins, ends) for code in ("fr", "en")))
    what = {"title": clash.title, "who": clash.who, "note": clash.note, "when": when}
    if clash.title and not (clash.public or to_team):
        if clash.who:
            return Text("{who} prepares a gathering that is then: {when}.", what)
        return Text("Another group prepares a gathering that is then: {when}.", what)
    if clash.title and clash.who:
        return Text("“{title}”, by {who}, is then: {when}.", what)
    if clash.title:
        return Text("“{title}” is then: {when}.", what)
    if clash.note:
        return Text("The team is not free: {when} ({note}).", what)
    return Text("The team is not free: {when}.", what)
