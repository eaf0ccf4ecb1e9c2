"""Entries of one's own calendar (RFC 5545): the closing of a session, gatherings and their changes.

The same thing keeps its UID and raises its SEQUENCE, so that a calendar moves it instead of adding
another. What was taken back says so: a calendar strikes it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache

from icalendar import Alarm, Calendar, Event, Timezone, vText

from fabrique.domain.announcement import Announcement, GatheringNews, Happens, Message
from fabrique.domain.language import Language
from fabrique.domain.text import Text
from fabrique.domain.told import facts, line, where
from fabrique.domain.typography import printable
from fabrique.domain.when import Span

CLOSES = Text("Closes: {title}")
GONE = {
    Happens.CANCELLED: Text("Cancelled: {title}"),
    Happens.POSTPONED: Text("Postponed: {title}"),
}
SINCE, UNTIL = date(1970, 1, 1), date(2038, 1, 1)
PUBLISH, CANCEL = "PUBLISH", "CANCEL"
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class Ical:
    """Calendars, of one event or of many."""

    def compose(self, about: Announcement, language: Language) -> Message:
        """Write the closing of a session, with a call a day before."""
        title = language.say(Text(CLOSES.msgid, {"title": line(about.title)}))
        until = about.until.astimezone(UTC)
        event = _event(f"{about.code}-closing@fabrique", about.now, title)
        event.add("dtstart", until)
        event.add("dtend", until)
        event.add("description", about.address)
        event.add("url", about.address)
        call = Alarm()
        call.add("action", "DISPLAY")
        call.add("trigger", timedelta(days=-1))
        call.add("description", vText(title))
        event.add_component(call)
        body = _written([event])
        return Message("text/calendar; charset=utf-8", f"fabrique-{about.code}.ics", title, body)

    def tell(self, news: GatheringNews, language: Language) -> Message:
        """Write a gathering as a file of its own: its method says whether it is taken back."""
        method = CANCEL if news.happens in GONE else PUBLISH
        body = calendar([news], language, method=method)
        media_type = f"text/calendar; charset=utf-8; method={method}"
        return Message(media_type, f"fabrique-{news.uid[:8]}.ics", line(news.title), body)


def calendar(
    many: Iterable[GatheringNews], language: Language, *, name: str = "", method: str = PUBLISH
) -> str:
    """Write the calendar of several gatherings; those without a date are left out."""
    dated = [news for news in many if news.when is not None]
    events = [gathering(news, language) for news in dated]
    zones = sorted({news.when.zone for news in dated if news.when and not news.when.all_day})
    return _written(events, zones, name=name, method=method)


def gathering(news: GatheringNews, language: Language) -> Event:
    """Write one gathering."""
    assert news.when is not None  # noqa: S101 - the caller left the others out
    pattern = GONE.get(news.happens)
    title = line(news.title)
    event = _event(
        f"{news.uid}@fabrique",
        news.now,
        language.say(Text(pattern.msgid, {"title": title})) if pattern else title,
    )
    _times(event, news.when)
    event.add("sequence", news.sequence)
    event.add("status", _status(news.happens))
    event.add("url", news.address)
    told = [language.pair(label, value) for label, value in facts(news, language)]
    event.add("description", words("\n".join([*told, news.address])))
    event.add("location", words(where(news, language)))
    return event


def _status(happens: Happens) -> str:
    if happens in GONE:
        return "CANCELLED"
    return "TENTATIVE" if happens is Happens.ANNOUNCED else "CONFIRMED"


def _times(event: Event, when: Span) -> None:
    if when.all_day:
        event.add("dtstart", when.first)
        event.add("dtend", when.last + timedelta(days=1))
    else:
        event.add("dtstart", when.begins)
        event.add("dtend", when.ends)


def _event(uid: str, now: datetime, title: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", vText(title))
    return event


def _written(
    events: Iterable[Event], zones: Iterable[str] = (), *, name: str = "", method: str = PUBLISH
) -> str:
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Fabrique//FR")
    made.add("method", method)
    if name:
        made.add("x-wr-calname", words(name))
    for zone in zones:
        made.add_component(_zone(zone))
    for event in events:
        made.add_component(event)
    written: bytes = made.to_ical()
    return written.decode()


@cache  # as many as there are zones in use
def _zone(name: str) -> Timezone:
    """Give what a calendar must know of a zone, of the years that all of them can count."""
    return Timezone.from_tzid(name, first_date=SINCE, last_date=UNTIL)


def words(text: str) -> str:
    """Give users' words without controls; a new line is the only one that is kept."""
    return printable(_BREAKS.sub("\n", text))


KIND = Ical()
