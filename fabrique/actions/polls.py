"""Agree on a slot: a poll by a link, answered without an account, then one click keeps one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from msgspec import Struct

from fabrique.actions import letters, slots
from fabrique.actions.history import note
from fabrique.domain.language import language
from fabrique.domain.schema import Line, read
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Availability, Gathering, Option, Person, Poll

CHOICES = ("yes", "maybe", "no")
CHOICE_NAMES = {"yes": Text("Yes"), "maybe": Text("If need be"), "no": Text("No")}
MOST, MOST_ANSWERS = 20, 300
LONGEST_NAME = 80
KEPT = timedelta(days=90)  # after the poll has closed
CLOSED = Text("This poll is closed: nothing was changed. What you had chosen is shown below.")


class Tally(Struct, frozen=True):
    """What a slot got, and who said what."""

    option: Option
    yes: tuple[str, ...]
    maybe: tuple[str, ...]
    no: tuple[str, ...]
    best: bool


def open_poll(
    gathering: Gathering,
    wanted: Sequence[tuple[datetime, datetime]],
    closes_at: datetime,
    by: Person,
    now: datetime,
) -> Poll:
    """Ask about several slots; raise `Invalid`. One that was open is closed."""
    kept = sorted(set(wanted))
    if not kept:
        raise Invalid(Text("Choose at least one slot to ask about."), "slots")
    if len(kept) > MOST:
        raise Invalid(Text("A poll asks about {most} slots at most.", {"most": MOST}), "slots")
    if closes_at <= now:
        raise Invalid(Text("The poll closes after now: choose a later moment."), "closes_at")
    if any(starts <= now for starts, _ in kept):
        raise Invalid(Text("A slot that is past cannot be asked about."), "slots")
    with transaction.atomic():
        Poll.objects.filter(gathering=gathering, closed=False).update(closed=True)
        poll = Poll.objects.create(gathering=gathering, closes_at=closes_at, created_at=now)
        for starts, ends in kept:
            Option.objects.create(poll=poll, starts_at=starts, ends_at=ends)
        note("poll opened", gathering, by, slots=len(kept))
    return poll


def poll_of(gathering: Gathering) -> Poll | None:
    """Give the latest poll of a gathering."""
    return Poll.objects.filter(gathering=gathering).order_by("-id").first()


def is_open(poll: Poll, now: datetime) -> bool:
    """Say whether it may still be answered."""
    return not poll.closed and now < poll.closes_at


def digest(key: str) -> str:
    """Give what is kept of the secret of a device."""
    return hashlib.sha256(key.encode()).hexdigest()


def answer_of(poll: Poll, key: str, person: Person | None) -> Availability | None:
    """Give what this device answered, or this person elsewhere."""
    rows = Availability.objects.filter(poll=poll)
    own = rows.filter(key=digest(key)).first() if key else None
    if own is None and person is not None:
        own = rows.filter(person=person).first()
    return own


def answer(
    poll: Poll, given: Mapping[str, str], key: str, person: Person | None, now: datetime
) -> Availability:
    """Keep an answer, or change one's own; raise `Invalid`, what was kept before staying."""
    name = " ".join(read(given.get("name", ""), Line, "name").split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(Text("Write your name, so that the group knows who answered."), "name")
    email = _email(given.get("email", ""))
    with transaction.atomic():
        # Writes first: who answers while it closes comes before, or after, never between.
        Poll.objects.filter(pk=poll.pk).update(version=F("version") + 1)
        fresh = Poll.objects.get(pk=poll.pk)
        if not is_open(fresh, now):
            raise Invalid(CLOSED, "closed")
        choices = _choices(fresh, given)
        own = answer_of(fresh, key, person)
        if own is None and Availability.objects.filter(poll=fresh).count() >= MOST_ANSWERS:
            raise Invalid(Text("This poll has as many answers as it takes."), "closed")
        own = own or Availability(poll=fresh, key=digest(key), person=person)
        own.name, own.email, own.choices, own.at = name, email, choices, now
        own.save()
    return own


def _email(given: str) -> str:
    shown = given.strip().lower()
    if shown:
        try:
            validate_email(shown)
        except ValidationError:
            said = Text("This does not look like an e-mail address: correct it, or leave it out.")
            raise Invalid(said, "email") from None
    return shown


def _choices(poll: Poll, given: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for option in poll.options.all():
        choice = given.get(f"option-{option.pk}", "")
        if choice not in CHOICES:
            raise Invalid(Text("Answer for each slot: yes, if need be, or no."), "choices")
        found[str(option.pk)] = choice
    return found


def tallies(poll: Poll) -> list[Tally]:
    """Give what each slot got: the best one has the most yes, then the fewest no."""
    options = list(poll.options.order_by("starts_at", "ends_at"))
    answers = list(poll.answers.order_by("at", "id"))
    rows = [[_named(answers, one, choice) for choice in CHOICES] for one in options]
    ranks = [(len(yes), -len(no)) for yes, _, no in rows]
    top = max(ranks, default=(0, 0))
    return [
        Tally(one, yes, maybe, no, best=top[0] > 0 and rank == top)
        for one, (yes, maybe, no), rank in zip(options, rows, ranks, strict=True)
    ]


def _named(answers: Sequence[Availability], option: Option, choice: str) -> tuple[str, ...]:
    return tuple(one.name for one in answers if one.choices.get(str(option.pk)) == choice)


def keep(
    gathering: Gathering, option: int, by: Person, now: datetime, *, anyway: bool = False
) -> None:
    """Keep a slot: the gathering has its date, the poll closes, who left an address is told.

    Raises `Invalid`, with `where` "clash" if something stands there.
    """
    with transaction.atomic():
        rows = Option.objects.filter(pk=option, poll__gathering=gathering)
        chosen = rows.select_related("poll").first()
        if chosen is None:
            raise Invalid(Text("This slot is gone: nothing was changed."))
        Poll.objects.filter(pk=chosen.poll.pk).update(closed=True, version=F("version") + 1)
        row = Gathering.objects.get(pk=gathering.pk)
        slots.place(row, (chosen.starts_at, chosen.ends_at), by, anyway=anyway)
        Option.objects.filter(poll=chosen.poll).update(kept=False)
        Option.objects.filter(pk=option).update(kept=True)
        _tell(chosen, row, by, now)
    gathering.refresh_from_db()


def _tell(option: Option, row: Gathering, by: Person, now: datetime) -> None:
    for one in option.poll.answers.exclude(email="").select_related("person"):
        code = one.person.language if one.person else row.language
        when = language(code).moment(option.starts_at.astimezone(ZoneInfo(row.zone)))
        said = {"title": row.title, "when": when}
        what = letters.Note(
            Text("{title}: {when}", said),
            Text("The slot of “{title}” is settled: {when}.", said),
            reverse("poll", args=[option.poll.token]),
            code,
        )
        letters.write(one.email, what, option.poll, f"kept:{option.pk}:{one.pk}", now, by)


def forget_old(now: datetime) -> int:
    """Erase what people answered, once it has served; say how many answers went."""
    rows = Availability.objects.filter(poll__closes_at__lt=now - KEPT)
    with transaction.atomic():
        return rows.delete()[0]


def close(gathering: Gathering, by: Person) -> None:
    """Close a poll without keeping a slot."""
    with transaction.atomic():
        Poll.objects.filter(gathering=gathering, closed=False).update(closed=True)
        note("poll closed", gathering, by)
