"""A programme as a table, as JSON (docs/programme.md), somebody's items as a calendar."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Event

from fabrique.actions.programme.mine import Mine
from fabrique.domain.blocks import Report
from fabrique.domain.clashes import clashes
from fabrique.domain.language import Language
from fabrique.domain.listings import Cell, Listing
from fabrique.domain.preparation import ROLES, Role
from fabrique.domain.programme import KINDS, Kind, Programme, data
from fabrique.domain.text import Text, Words
from fabrique.domain.tier import NAMES, Tier
from fabrique.domain.typography import printable
from fabrique.formats import csv, xlsx
from fabrique.store.models import Gathering

FORM = "fabrique.programme/1"
COLUMNS: tuple[Words, ...] = (
    Text("Begins"),
    Text("Ends"),
    Text("Minutes"),
    Text("Room"),
    Text("Title"),
    Text("Kind"),
    Text("Speakers"),
    Text("Language"),
    Text("For whom"),
    Text("Seats of its own"),
    Text("About"),
)


def listing(whole: Programme, tongue: Language) -> Listing:
    """Give a line an item: those placed in order of time, then those that wait."""
    rows: list[tuple[Cell, ...]] = []
    for one in (*whole.placed, *whole.waiting):
        begins = whole.local(one) if one.starts_at else None
        voices = [f"{who.name} ({tongue.say(ROLES[Role(who.role)])})" for who in one.voices]
        rows.append(
            (
                begins,
                whole.ends(one) if begins else None,
                one.minutes,
                whole.room(one.room),
                one.title,
                KINDS[Kind(one.kind)],
                ", ".join(voices),
                one.language,
                NAMES[Tier(one.audience)],
                one.seats,
                one.about,
            )
        )
    return Listing("programme", Text("Programme"), whole.title, COLUMNS, tuple(rows))


def _report(gathering: Gathering, whole: Programme, tongue: Language) -> Report:
    """Give the listing as the formats take it."""
    at = gathering.starts_at or gathering.created_at
    return Report(
        title=whole.title,
        kind="programme",
        language=gathering.language,
        starts_at=at,
        ends_at=gathering.ends_at or at,
        timezone=whole.zone,
        facilitator="",
        introduction="",
        facts=(),
        sections=(),
        results={},
        fingerprint="",
        listings=(listing(whole, tongue),),
    )


def as_csv(gathering: Gathering, whole: Programme, tongue: Language) -> bytes:
    """Write a table for a spreadsheet, no cell of it a formula."""
    return csv.KIND.files(_report(gathering, whole, tongue), tongue)["programme"]


def as_xlsx(gathering: Gathering, whole: Programme, tongue: Language) -> bytes:
    """Write the same as a workbook of one sheet."""
    return xlsx.KIND.sheets(_report(gathering, whole, tongue), tongue)


def as_json(_gathering: Gathering, whole: Programme, _tongue: Language) -> bytes:
    """Write what a solver reads: days, rooms, items with where they stand, and what clashes."""
    found: dict[str, Any] = {
        "format": FORM,
        **data(whole),
        "clashes": [{"what": one.what.value, "items": list(one.ids)} for one in clashes(whole)],
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


Write = Callable[[Gathering, Programme, Language], bytes]
FORMATS: Mapping[str, tuple[str, Write]] = {
    "csv": (csv.KIND.media_type, as_csv),
    "xlsx": (xlsx.KIND.media_type, as_xlsx),
    "json": ("application/json", as_json),
}


def calendar(items: Iterable[Mine], now: datetime) -> bytes:
    """Write a calendar; moments are in UTC, so that no clock is left to be guessed."""
    whole = Calendar()
    whole.add("prodid", "-//Fabrique//FR")
    whole.add("version", "2.0")
    for one in items:
        whole.add_component(event(one, now))
    return bytes(whole.to_ical())


def event(one: Mine, now: datetime) -> Event:
    """Write one item; the same one keeps its identity from release to release."""
    made = Event()
    made.add("uid", one.uid)
    made.add("sequence", one.sequence)
    made.add("dtstamp", now.astimezone(UTC))
    made.add("dtstart", one.starts_at.astimezone(UTC))
    made.add("dtend", one.ends_at.astimezone(UTC))
    made.add("summary", printable(one.title))
    where = ", ".join(part for part in (one.room, one.gathering.place) if part)
    if where:
        made.add("location", printable(where))
    if one.about:
        made.add("description", printable(one.about))
    made.add("url", one.address)
    if one.cancelled:
        made.add("status", "CANCELLED")
    return made
