"""A draft by a language model of others: asked only where the room was told which host reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from fabrique.actions.history import note
from fabrique.actions.minutes.consent import check_objections
from fabrique.actions.minutes.draft import Tool, propose
from fabrique.actions.minutes.sources import archive_of
from fabrique.domain.conduct import unheard
from fabrique.domain.minutes import Draft
from fabrique.domain.session import Session, fold
from fabrique.domain.text import Invalid, Text, Words
from fabrique.store.here import kinds
from fabrique.store.models import Asking, Minutes, Person

DRAFTER = "llm"
LEASE = timedelta(minutes=2)
BUSY = ("waiting", "working")
OFF = Text("No language model is named in this house.")
UNTOLD = Text(
    "Those present were not told that {host} would read what is said: it was not switched on at the"
    " console while the session went on. Nothing is sent."
)
LEFT = Text(
    "{n} person left before {host} was named on the screens: nothing is sent.",
    {},
    "{n} people left before {host} was named on the screens: nothing is sent.",
)
SILENT = Text("There is no transcript: a language model has nothing to read.")
ALREADY = Text("A draft is being made: wait for it, or give it up.")


def model() -> dict[str, Any]:
    """Give the settings of the model of this house."""
    found: dict[str, Any] = settings.MODEL
    return found


def named() -> str:
    """Name the host of the model of this house; nothing where none may be asked."""
    told = model()
    found = urlsplit(str(told["url"]))
    secret = found.scheme == "https" or (found.scheme == "http" and told["local"])
    plain = found.hostname and found.username is None and told["name"]
    return found.netloc.lower() if secret and plain else ""


def tool() -> str:
    """Name the model with its host, as each of its sentences is labelled."""
    return f"{model()['name']} ({named()})"


def check_told(minutes: Minutes) -> None:
    """Raise `Invalid`, saying why, unless everybody who came was told which host will read it."""
    host = named()
    if not host:
        raise Invalid(OFF, DRAFTER)
    _content, archive = archive_of(minutes)
    left = unheard(fold(Session(archive.plan), archive.entries, kinds()), host)
    if left is None:
        raise Invalid(Text(UNTOLD.msgid, {"host": host}), DRAFTER)
    if left:
        raise Invalid(Text(LEFT.msgid, {"n": left, "host": host}, LEFT.plural), DRAFTER)
    if not minutes.cues.exists():
        raise Invalid(SILENT, DRAFTER)
    check_objections(minutes)  # what somebody may yet have cut is not sent to others


def ask(minutes: Minutes, by: Person, now: datetime) -> Asking:
    """Have the model asked, by the worker of the house; raise `Invalid` where it may not be."""
    check_told(minutes)
    with transaction.atomic():
        Minutes.objects.select_for_update().get(pk=minutes.pk)
        if Asking.objects.filter(minutes=minutes, state__in=BUSY).exists():
            raise Invalid(ALREADY, DRAFTER)
        Asking.objects.filter(minutes=minutes).delete()
        made = Asking.objects.create(
            minutes=minutes, host=named(), tool=tool()[:200], by=by, at=now
        )
        note("minutes.model", minutes, by, host=made.host, tool=made.tool)
    return made


def give_up(minutes: Minutes, by: Person) -> None:
    """Have it stopped: what comes back after that is not kept."""
    with transaction.atomic():
        rows = Asking.objects.filter(minutes=minutes, state__in=BUSY)
        if rows.update(state="stopped", claimed_until=None):
            note("minutes.model-gone", minutes, by)


def claim(now: datetime) -> Asking | None:
    """Take the next one, for whoever works now; None where none waits."""
    free = Q(state="waiting") | Q(state="working", claimed_until__lt=now)
    row = Asking.objects.filter(free).order_by("at").first()
    fresh = {"state": "working", "claimed_until": now + LEASE}
    if row is None or not Asking.objects.filter(free, pk=row.pk).update(**fresh):
        return None
    return Asking.objects.select_related("minutes__gathering", "by").get(pk=row.pk)


def wanted(row: Asking) -> bool:
    """Say whether what is being made is still awaited."""
    return Asking.objects.filter(pk=row.pk, state="working").exists()


def tell(row: Asking, share: float, now: datetime) -> None:
    """Say how far the work is."""
    rows = Asking.objects.filter(pk=row.pk, state="working")
    rows.update(share=share, claimed_until=now + LEASE)


def done(row: Asking, made: Draft, told: Iterable[Words]) -> int:
    """Lay what came back before whoever reviews, where it is still awaited; give how many."""
    with transaction.atomic():
        rows = Asking.objects.filter(pk=row.pk, state="working")
        if not rows.update(state="done", share=1, claimed_until=None, told=_kept(told)):
            return 0
        count = propose(row.minutes, made, Tool(DRAFTER, row.tool), row.by)
        Asking.objects.filter(pk=row.pk).update(proposed=count)
    return count


def broke(row: Asking, why: Text) -> None:
    """Say that nothing came of it; the text is as it was."""
    rows = Asking.objects.filter(pk=row.pk, state="working")
    rows.update(state="stopped", claimed_until=None, told=_kept([why]))


def _kept(told: Iterable[Words]) -> list[Any]:
    return [
        {"msgid": one.msgid, "params": dict(one.params)} if isinstance(one, Text) else one
        for one in told
    ]


def told_of(row: Asking) -> list[Words]:
    """Give what whoever reviews should know of it."""
    return [one if isinstance(one, str) else Text(one["msgid"], one["params"]) for one in row.told]
