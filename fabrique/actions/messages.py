"""What waits to leave the house, as a person sees it: the same words and all who get them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from msgspec import Struct, structs

from fabrique.actions.history import note
from fabrique.actions.news import letters, news_of
from fabrique.domain.announcement import Happens
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Dispatch, Gathering, Person

GONE = Text("There is nothing to do here any more: somebody released or dropped it meanwhile.")
EMPTY = Text("A message needs a subject and some words.")
PAST = Text("What it tells of is past: nothing was sent. Drop it.")
SUBJECT, BODY = 200, 20_000
ORDER = ("draft", "failed", "released", "sending", "missed", "sent", "dropped")
UNCERTAIN = "uncertain"  # the error of what may have left or not
REASONS = {
    UNCERTAIN: Text(
        "It was under way when the line or the house broke: it may have arrived. Look there before"
        " you send it again."
    ),
    "replaced": Text("A later message takes its place."),
    "silent": Text("Whoever would get it asked to hear no more."),
    "unreachable": Text(
        "The other side cannot be reached ({detail}): it is tried again by itself."
    ),
    "smtp": Text("The mail server said: {detail}"),
    "hook": Text("The webhook said: {detail}"),
    "unset": Text(
        "No webhook is set under the name “{detail}”: whoever installed this house sets it."
    ),
    "unwritable": Text("This address or this subject cannot be written in a mail."),
}
OVER = 60  # batches of what is over that a page shows


class Batch(Struct, frozen=True):
    """The same words by the same relay, and everybody they go to."""

    key: str
    relay: str
    subject: str
    body: str
    about: str
    to: tuple[str, ...]
    states: dict[str, int]
    errors: dict[str, int]
    created_at: datetime
    due_at: datetime
    stale_at: datetime | None
    has_calendar: bool

    @property
    def count(self) -> int:
        """How many places it goes to."""
        return len(self.to)

    @property
    def state(self) -> str:
        """Where it is: what a person has to look at comes first."""
        return next(state for state in ORDER if state in self.states)


def why(error: str) -> Text:
    """Say why a row is where it is."""
    code, _, detail = error.partition(" ")
    found = REASONS.get(code)
    return Text(found.msgid, {"detail": detail}) if found else Text("{detail}", {"detail": error})


def of(gathering: Gathering) -> list[Batch]:
    """Give the messages about a gathering: drafts, then what failed, what waits, what left."""
    return _batches(Dispatch.objects.filter(about=f"gathering:{gathering.pk}"))


def about(name: str) -> list[Batch]:
    """Give the messages about a thing, as history names it."""
    return _batches(Dispatch.objects.filter(about=name).exclude(batch=""))


def of_house() -> list[Batch]:
    """Give every message of the house that somebody may have to look at, and the last that left."""
    open_ = Dispatch.objects.exclude(state__in=("sent", "dropped"))
    over = Dispatch.objects.filter(state__in=("sent", "dropped")).order_by("-id")[:OVER]
    return _batches([*open_, *over])


def previewed(gathering: Gathering, happens: Happens) -> list[Batch]:
    """Give the messages that would be drafted, without keeping any."""
    news = news_of(gathering, happens)
    if happens is Happens.PUBLISHED:  # seats open with it, if nobody says otherwise
        news = structs.replace(news, registers=True)
    told = letters(gathering, news)
    now = gathering.changed_at
    rows = [
        Dispatch(
            relay=one.relay,
            to=one.to,
            subject=one.subject,
            body=one.body,
            about=one.about,
            batch=one.batch,
            created_at=now,
            files=[{"media_type": file.media_type} for file in one.files],
        )
        for one in told
    ]
    return _batches(rows)


def _batches(rows: Iterable[Dispatch]) -> list[Batch]:
    together: dict[str, list[Dispatch]] = {}
    for row in rows:
        together.setdefault(row.batch or f"one:{row.pk}", []).append(row)
    found = [_batch(key, some) for key, some in together.items()]
    found.sort(key=lambda one: one.created_at, reverse=True)
    return sorted(found, key=lambda one: ORDER.index(one.state))


def _batch(key: str, rows: list[Dispatch]) -> Batch:
    one = rows[0]
    return Batch(
        key=key,
        relay=one.relay,
        subject=one.subject,
        body=one.body,
        about=one.about,
        to=tuple(sorted(row.to for row in rows)),
        states=dict(Counter(row.state for row in rows)),
        errors=dict(Counter(row.error for row in rows if row.error)),
        created_at=one.created_at,
        due_at=min(row.due_at for row in rows),
        stale_at=one.stale_at,
        has_calendar=any("calendar" in file["media_type"] for file in one.files),
    )


def rewrite(key: str, about: str | None, subject: str, body: str, by: Person) -> int:
    """Change the words of a draft, for all who will get it; raise `Invalid`."""
    subject, body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    if not subject or not body or len(subject) > SUBJECT or len(body) > BODY:
        raise Invalid(EMPTY)
    return _act(key, about, ("draft",), by, "rewritten", subject=subject, body=f"{body}\n")


def release(key: str, about: str | None, by: Person, now: datetime) -> int:
    """Let it go, under the name of who says so; raise `Invalid`."""
    with transaction.atomic():
        count = _act(key, about, ("draft",), by, "released", state="released", released_by=by)
        late = _rows(key, about).filter(state="released", stale_at__lt=now)
        if late.update(state="missed"):
            raise Invalid(PAST)
    return count


def drop(key: str, about: str | None, by: Person) -> int:
    """Have it never leave; raise `Invalid` where it is too late."""
    states = ("draft", "released", "failed", "missed")
    return _act(key, about, states, by, "dropped", state="dropped")


def again(key: str, about: str | None, by: Person, now: datetime) -> int:
    """Try once more what failed; raise `Invalid`."""
    fresh = {"state": "released", "tries": 0, "error": "", "due_at": now, "released_by": by}
    return _act(key, about, ("failed",), by, "retried", **fresh)


def _act(
    key: str, about: str | None, states: tuple[str, ...], by: Person, verb: str, **values: object
) -> int:
    with transaction.atomic():
        count = _rows(key, about).filter(state__in=states).update(**values)
        if not count:
            raise Invalid(GONE)
        row = _rows(key, about).first()
        if row is not None:
            note(f"dispatch.{verb}", row, by, batch=key, count=count)
    return count


def _rows(key: str, about: str | None) -> QuerySet[Dispatch]:
    """Find the rows of a batch; `about` keeps the pages of one gathering to its own."""
    kind, _, number = key.partition(":")
    if kind == "one":
        rows = Dispatch.objects.filter(
            pk=int(number) if number.isascii() and number.isdigit() else 0
        )
    else:
        rows = Dispatch.objects.filter(batch=key).exclude(batch="")
    return rows if about is None else rows.filter(about=about)
