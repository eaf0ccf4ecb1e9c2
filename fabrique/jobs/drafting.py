"""Drafts by a language model, made one at a time beside the worker that sends (`jobs/work.py`).

Whatever the endpoint does, what it wrote that stands is proposed, extracts stand for the rest, and
a sentence says what went wrong. A draft that was given up leaves nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from fabrique.actions.minutes import outside as verbs
from fabrique.actions.minutes.sources import material_of
from fabrique.domain.completion import Answer, Ask, Request
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid, Text
from fabrique.drafters.llm.chunks import chunks
from fabrique.jobs.endpoint import Endpoint, Unwanted, asking
from fabrique.store.models import Asking

REST = 1.0  # seconds between two looks
BROKE = Text("The house could not go on with this draft: nothing was changed. Ask for it again.")
Clock = Callable[[], datetime]


def once(stop: threading.Event, clock: Clock = timezone.now) -> bool:
    """Make one draft, if one waits; say whether."""
    row = verbs.claim(clock())
    if row is None:
        return False
    try:
        # Again, here: the room may have been told otherwise since it was asked for.
        verbs.check_told(row.minutes)
        _make(row, stop, clock)
    except Unwanted:
        pass  # stopped by whoever asked, or taken on by the next worker
    except Invalid as no:
        verbs.broke(row, no.text)
    except Exception:
        verbs.broke(row, BROKE)
        raise
    return True


def _make(row: Asking, stop: threading.Event, clock: Clock) -> None:
    material = material_of(row.minutes)
    drafter = discover("fabrique.drafters")[verbs.DRAFTER]
    faults: list[Text] = []

    def wanted() -> bool:
        return not stop.is_set() and verbs.wanted(row)

    found = Endpoint(**verbs.model())
    ask = _followed(asking(found, wanted, faults), row, len(chunks(material)), clock)
    made = drafter.draft(material, ask)
    if not wanted():
        raise Unwanted
    verbs.done(row, made, [*faults, *made.remarks])


def _followed(ask: Ask, row: Asking, parts: int, clock: Clock) -> Ask:
    """Say how far it is at each part that is begun."""
    begun: set[str] = set()

    def followed(request: Request) -> Answer:
        part = request.body["messages"][1]["content"]
        if part not in begun:
            verbs.tell(row, len(begun) / max(1, parts), clock())
            begun.add(part)
        return ask(request)

    return followed
