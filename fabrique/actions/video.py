"""The video link of a gathering: asked for here, had by the worker; the host's, for its group."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from fabrique.actions.history import note
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid, Text
from fabrique.domain.video import Account, Failed, Meeting, Provider, Steps, Wanted
from fabrique.store.models import Gathering, Person, VideoRoom
from fabrique.video.link import checked

CLAIM = timedelta(minutes=2)  # how long one who is at it keeps the others away
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)  # between two tries
MOST = 12  # tries by itself
_kept: dict[str, str] = {}  # tokens of this process, an hour at most: refused ones are renewed


def providers() -> dict[str, Provider]:
    """Give the providers that this house is set up for, by kind."""
    found: dict[str, Provider] = discover("fabrique.video")
    have = settings.VIDEO
    return {kind: one for kind, one in found.items() if all(have.get(name) for name in one.needs)}


def room_of(gathering: Gathering) -> VideoRoom | None:
    """Give the video room of a gathering, if it has one."""
    return VideoRoom.objects.filter(gathering=gathering).first()


def joining(gathering: Gathering) -> str:
    """Give the address by which people join from a distance; empty while there is none.

    The host's own is never given here.
    """
    room = room_of(gathering)
    return room.join_url if room is not None else ""


def want(gathering: Gathering, kind: str, given: str, by: Person, now: datetime) -> VideoRoom:
    """Ask for a link; the worker has it. Raises `Invalid`, what there was being kept."""
    if kind not in providers():
        raise Invalid(Text("Choose how you will meet."), "kind")
    link = checked(given) if kind == "link" else ""
    if kind != "link" and gathering.starts_at is None:
        raise Invalid(Text("Keep a slot first: the link is made for a date."), "kind")
    with transaction.atomic():
        Gathering.objects.filter(pk=gathering.pk).update(title=F("title"))  # writes first: a lock
        before = VideoRoom.objects.filter(gathering=gathering).first()
        if before and before.kind == kind:
            _check_wait(before, now)
        values: dict[str, Any] = {"state": "wanted", "error": {}, "tries": 0, "retry_at": None}
        values |= {"claimed_until": None, "kind": kind}
        if before is None or before.kind != kind:
            values |= {"join_url": "", "host_url": "", "provider_id": ""}
        if kind == "link":
            values |= {"join_url": link, "state": "ready"}
        room, _ = VideoRoom.objects.update_or_create(gathering=gathering, defaults=values)
        note("video wanted", gathering, by, kind=kind)
    return room


def _check_wait(room: VideoRoom, now: datetime) -> None:
    if room.error.get("asked") and room.retry_at and room.retry_at > now:
        left = {"n": max(1, round((room.retry_at - now).total_seconds() / 60))}
        said = Text(
            "The provider asks us to wait {n} more minute: it is tried again by itself.",
            left,
            "The provider asks us to wait {n} more minutes: it is tried again by itself.",
        )
        raise Invalid(said, "kind")


def due(now: datetime) -> list[UUID]:
    """Give the gatherings whose link waits to be had, or tried again."""
    waits = Q(state="wanted") | Q(state="failed", retry_at__lte=now)
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    rows = VideoRoom.objects.filter(waits & free).exclude(retry_at__gt=now)
    return list(rows.values_list("gathering", flat=True))


def claim(gathering: UUID, now: datetime) -> VideoRoom | None:
    """Take a link in hand, for a while; None if somebody else has, or if it is had."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    with transaction.atomic():
        rows = VideoRoom.objects.filter(free, gathering=gathering, state__in=("wanted", "failed"))
        if not rows.update(claimed_until=now + CLAIM):
            return None
    return VideoRoom.objects.select_related("gathering").get(gathering=gathering)


def steps(room: VideoRoom) -> Steps:
    """Say what is to be asked of the provider; raise `Failed` where it cannot be."""
    provider, about = providers().get(room.kind), room.gathering
    if provider is None or about.starts_at is None or about.ends_at is None:
        raise Failed(Text("This cannot be had as it is set up now: choose again how to meet."))
    wanted = Wanted(
        key=str(about.pk),
        title=about.title,
        starts_at=about.starts_at,
        minutes=round((about.ends_at - about.starts_at).total_seconds() / 60),
        zone=about.zone,
        provider_id=room.provider_id,
        given=room.join_url,
    )
    return provider.have(wanted, Account(settings.VIDEO, _kept, f"Fabrique-{secrets.token_hex(8)}"))


def settle(room: VideoRoom, meeting: Meeting) -> None:
    """Keep the links that were had."""
    with transaction.atomic():
        rows = VideoRoom.objects.filter(gathering=room.gathering, kind=room.kind)
        changed = rows.update(
            state="ready",
            join_url=meeting.join_url,
            host_url=meeting.host_url,
            provider_id=meeting.provider_id,
            error={},
            retry_at=None,
            claimed_until=None,
            starts_at=room.gathering.starts_at,
        )
        if changed:
            note("video ready", room.gathering, kind=room.kind)


def fail(room: VideoRoom, failed: Failed, now: datetime) -> None:
    """Keep why there is no link, and when it is tried again; a link that there was stays."""
    wait = min(FIRST * 2**room.tries, LONGEST)
    if failed.after is not None:
        wait = max(timedelta(seconds=failed.after), timedelta(seconds=1))
    again = failed.again and room.tries + 1 < MOST
    with transaction.atomic():
        VideoRoom.objects.filter(gathering=room.gathering, kind=room.kind).update(
            state="failed",
            error={"msgid": failed.text.msgid, "params": dict(failed.text.params)}
            | ({"asked": True} if failed.after is not None else {}),
            tries=F("tries") + 1,
            retry_at=now + wait if again else None,
            claimed_until=None,
        )
        note("video failed", room.gathering, kind=room.kind, said=failed.text.msgid)


def moved(gathering: Gathering) -> None:
    """Have the provider told of another date; called in the transaction that changes it."""
    single = [kind for kind, one in providers().items() if one.single]
    rows = VideoRoom.objects.filter(gathering=gathering, kind__in=single)
    rows.exclude(starts_at=gathering.starts_at).update(
        state="wanted", tries=0, retry_at=None, claimed_until=None
    )


def error_of(room: VideoRoom) -> Text | None:
    """Say why there is no link."""
    return Text(room.error["msgid"], room.error["params"]) if room.error else None
