"""The sound beside the text: how far it is, and where a moment lies in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.actions.minutes import recording as verbs
from fabrique.domain.kept import moved, tidy
from fabrique.domain.text import Invalid, Text
from fabrique.jobs.refusals import SENTENCES
from fabrique.store.models import Asking, Minutes, Recording
from fabrique.web.pages.minutes.found import minutes_of

# After these, the same work may well succeed.
AGAIN = {SENTENCES[one].msgid for one in ("sound_stopped", "disk_full", "memory_short")}


@never_cache
@require_safe
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how far a recording is, for a page that waits."""
    found, _me = minutes_of(request, pk)
    return JsonResponse(told_of(recording_of(found)))


def told_of(row: Recording | None) -> dict[str, Any]:
    """Give how far a recording is, as pages ask for it."""
    if row is None:
        return {"state": ""}
    told = {"id": str(row.pk), "state": row.state, "live": row.live, "size": row.size}
    return {**told, "received": verbs.received(row), "share": row.share, "left": row.left}


@never_cache
@require_safe
def asking(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how far the draft of a language model is, for a page that waits."""
    found, _me = minutes_of(request, pk)
    row = Asking.objects.filter(minutes=found).first()
    return JsonResponse({"state": row.state if row else "", "share": row.share if row else 0})


def recording_of(found: Minutes) -> Recording | None:
    """Give the recording of some minutes, if there is one."""
    return Recording.objects.filter(minutes=found).first()


def heard(found: Minutes) -> dict[str, Any]:
    """Give what pages show of it."""
    row = recording_of(found)
    if row is None:
        return {"recording": None, "sound": False}
    why = Text(row.error["msgid"], row.error["params"]) if row.error else None
    received = verbs.received(row) if row.state == "coming" else row.size
    again = why is not None and why.msgid in AGAIN
    told = {"recording": row, "sound": row.state == "ready", "why": why, "again": again}
    return {**told, "received": received}


def clock(found: Minutes) -> Callable[[int], int]:
    """Give what tells where a moment of what was recorded lies in the sound, in milliseconds."""
    row = recording_of(found)
    removed = tidy((start, end) for start, end in row.removed) if row else ()
    return lambda at: moved(at, removed)


def day_of(typed: str) -> date | None:
    """Read a day; none where nothing is typed. Raises `Invalid`."""
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Invalid(Text("Write a day."), "kept_until") from None
