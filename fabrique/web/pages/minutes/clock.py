"""The clock of a recording on its page: when it began, its chapters, and how they are moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fabrique.actions.minutes import align
from fabrique.actions.minutes.clock import Timed
from fabrique.domain.cited import moment
from fabrique.domain.kept import moved
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Minutes, Person

MOMENT = re.compile(r"\A(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d))?\Z")
SECONDS = re.compile(r"\A[-+]?\d{1,5}(?:[.,]\d{1,3})?\Z")
HOW = {
    "name": Text("as the name of the file says"),
    "file": Text("as the file says"),
    "time": Text("as somebody said"),
    "ear": Text("as somebody heard"),
    "live": Text("as it was recorded here"),
    "announced": Text("when the screens said that it was recorded"),
    "session": Text("with the session, for want of anything better"),
}
Given = Mapping[str, str]


def chaptered(found: Timed | None) -> dict[str, Any]:
    """Give the chapters as a player shows them: (where in words, in milliseconds, title)."""
    if found is None:
        return {"chapters": []}
    return {"chapters": [(moment(at), at, title) for at, title in align.sounded(found)]}


def clocked(found: Timed | None) -> dict[str, Any]:
    """Give what the page of the recording shows of its clock."""
    if found is None:
        return {}
    clock, how = found.known
    began = clock.began.astimezone(ZoneInfo(found.session.plan.timezone))
    return {"began": f"{began:%H:%M:%S}", "how": HOW[how], "anchors": align.anchors(found)}


def finder(found: Timed | None) -> Callable[[str, str], int | None]:
    """Give what says where an idea, a vote, a message… is heard in the sound, if it is."""

    def where(ref: str, quote: str) -> int | None:
        place = found.place(ref, quote) if found else None
        return None if found is None or place is None else moved(place, found.removed)

    return where


def _time(given: Given, found: Minutes, me: Person) -> str:
    try:
        typed = time.fromisoformat(given.get("began", ""))
    except ValueError:
        raise Invalid(Text("Write a time as 18:02, or 18:02:30."), "began") from None
    align.by_time(found, typed.replace(tzinfo=None), me)
    return "clock"


def _ear(given: Given, found: Minutes, me: Person) -> str:
    parts = MOMENT.match(given.get("heard", "").strip())
    if parts is None:
        raise Invalid(Text("Listen first, or write a moment as 1:00, or 1:02:33."), "heard")
    hours, minutes, seconds, tenths = (int(part or 0) for part in parts.groups())
    heard = ((hours * 60 + minutes) * 60 + seconds) * 1000 + tenths * 100
    align.by_ear(found, given.get("anchor", ""), heard, me)
    return "clock"


def _shift(given: Given, found: Minutes, me: Person) -> str:
    typed = given.get("shift", "").strip()
    if not SECONDS.match(typed):
        raise Invalid(Text("Write how many seconds: 2, or -1.5."), "shift")
    align.shift(found, timedelta(seconds=float(typed.replace(",", "."))), me)
    return "clock"


ACTS: Mapping[str, Callable[[Given, Minutes, Person], str]] = {
    "clock-time": _time,
    "clock-ear": _ear,
    "clock-shift": _shift,
}
