"""What the house sees done by itself, of the checklists of gatherings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from fabrique.actions.history import name_of
from fabrique.domain.gathering import State
from fabrique.store.models import Dispatch, Edition, Gathering

# What leaves for many; a mail is one only where its key says that it goes to the list.
RELAYS = ("discord", "newsletter", "network")


def facts(gatherings: Iterable[Gathering], now: datetime) -> dict[UUID, dict[str, str]]:
    """Say what the house sees done, or under way, by itself: step → state."""
    found = list(gatherings)
    keys = [one.pk for one in found]
    polled = _with("polls", keys)
    linked = _with("video", keys, Q(video__state="ready"))
    coming = _with("registrations", keys)
    told = _relayed(found)
    written = _with(
        "minutes", keys, Q(minutes__editions__in=Edition.objects.filter(withdrawn_at=None))
    )
    return {
        one.pk: {
            **_facts(one, now, polled=polled, linked=linked, coming=coming, told=told),
            "text": "done" if one.pk in written else "",
        }
        for one in found
    }


def _with(name: str, keys: list[UUID], also: Q | None = None) -> set[UUID]:
    rows = Gathering.objects.filter(also or Q(), pk__in=keys, **{f"{name}__isnull": False})
    return set(rows.values_list("pk", flat=True).distinct())


def _relayed(gatherings: list[Gathering]) -> set[str]:
    names = [name_of(one) for one in gatherings]
    public = Q(relay__in=RELAYS) | Q(key__contains=":list:")
    rows = Dispatch.objects.filter(
        public, about__in=names, state__in=("released", "sending", "sent")
    )
    return set(rows.values_list("about", flat=True))


def _facts(
    one: Gathering,
    now: datetime,
    *,
    polled: set[UUID],
    linked: set[UUID],
    coming: set[UUID],
    told: set[str],
) -> dict[str, str]:
    over = one.ends_at is not None and one.ends_at <= now
    held = over and one.state not in (State.CANCELLED, State.POSTPONED)
    dated = one.starts_at is not None
    found = {
        "subject": "done" if one.state != State.DRAFT else "",
        "slots": "done" if dated or one.pk in polled else "",
        "agree": "done" if dated else ("doing" if one.pk in polled else ""),
        "video": "done" if one.pk in linked else "",
        "publish": "done" if one.state == State.PUBLISHED else "",
        "relay": "done" if name_of(one) in told else "",
        "registrations": "done" if held else ("doing" if one.pk in coming else ""),
        "animate": "done" if held and one.session else "",
        "report": "done" if held and one.session else "",
        "method": "done" if one.session and one.lane == "quick" else "",
    }
    return {**found, "problem": found["subject"]}
