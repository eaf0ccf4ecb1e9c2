"""When something takes place, by the clocks of its place: said, counted in days, laid in months.

A moment is kept in UTC. The days it covers, and whether it is over, are those of its zone: both
clock changes are only ever seen here.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from fabrique.domain.language import Language
from fabrique.domain.text import Invalid, Text

DAY = timedelta(days=1)
WEEK = 7
LONGEST = timedelta(days=60)
NO_SUCH_HOUR = Text("The clocks go forward that night: this hour does not exist. Choose another.")


class Span(Struct, frozen=True):
    """From a moment to another; whole days are told without hours, the last one included."""

    starts_at: datetime
    ends_at: datetime | None
    zone: str
    all_day: bool = False

    @property
    def begins(self) -> datetime:
        """The beginning by the clocks of the place."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def ends(self) -> datetime:
        """The end by the same clocks; the beginning where none is known."""
        return (self.ends_at or self.starts_at).astimezone(ZoneInfo(self.zone))

    @property
    def first(self) -> date:
        """The day it begins."""
        return self.begins.date()

    @property
    def last(self) -> date:
        """The last day it covers: what ends at midnight does not reach into the next day."""
        ends = self.ends
        until = ends.date() - DAY if ends.time() == time() else ends.date()
        return max(self.first, until)

    def is_over(self, now: datetime) -> bool:
        """Say whether it is past: whole days are over when the last one is."""
        if self.all_day or self.ends_at is None:
            return now.astimezone(ZoneInfo(self.zone)).date() > self.last
        return now >= self.ends_at


def local(day: date, hour: time, zone: str) -> datetime:
    """Give the moment when the clocks of a place say this; raise `Invalid` if they never do.

    Where they say it twice, it is the first time.
    """
    at = datetime.combine(day, hour, ZoneInfo(zone))
    if at.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != at.replace(
        tzinfo=None
    ):
        raise Invalid(NO_SUCH_HOUR)
    return at.astimezone(UTC)


def span_of(
    days: tuple[date, date], hours: tuple[time, time] | None, zone: str
) -> tuple[datetime, datetime]:
    """Give the beginning and the end; without hours, of whole days. Raises `Invalid`."""
    first, last = days
    opens, closes = hours or (time(), time(23, 59))
    starts, ends = local(first, opens, zone), local(last, closes, zone)
    if ends <= starts:
        raise Invalid(Text("The end comes before the beginning: correct one of them."))
    if ends - starts > LONGEST:
        raise Invalid(Text("A gathering lasts sixty days at most: check the year."))
    return starts, ends


def said(span: Span, language: Language) -> str:
    """Say when: "mardi 24 novembre 2026, 18 h 30 – 20 h 30"."""
    one_day = span.first == span.last
    if span.all_day:
        first, last = language.day(span.first), language.day(span.last)
        return first if one_day else language.say(Text("{first} to {last}", _two(first, last)))
    day, opens = language.day(span.first), _hour(span.begins, language)
    if span.ends_at is None:
        return language.say(Text("{day} at {hour}", {"day": day, "hour": opens}))
    closes = _hour(span.ends, language)
    if span.ends.date() == span.first:
        return f"{day}, {opens} – {closes}"
    until = language.day(span.ends.date())
    return language.say(Text("{first} to {last}", _two(f"{day}, {opens}", f"{until}, {closes}")))


def _two(first: str, last: str) -> dict[str, str]:
    return {"first": first, "last": last}


def _hour(at: datetime, language: Language) -> str:
    """Write an hour as the language does, out of what it writes of a moment."""
    return language.moment(at).rpartition(language.habits.at)[2]


def month(year: int, number: int) -> list[list[date]]:
    """Give the weeks of a month, Monday first, the days around it included."""
    first = date(year, number, 1)
    start = first - timedelta(days=first.weekday())
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    weeks = -(-(after - start).days // WEEK)
    return [[start + timedelta(days=WEEK * w + d) for d in range(WEEK)] for w in range(weeks)]


def bounds(year: int, number: int, zone: str) -> tuple[datetime, datetime]:
    """Give the moments between which a month view shows: its whole weeks, in this zone."""
    weeks = month(year, number)
    start, after = weeks[0][0], weeks[-1][-1] + DAY
    tz = ZoneInfo(zone)
    return (
        datetime.combine(start, time(), tz).astimezone(UTC),
        datetime.combine(after, time(), tz).astimezone(UTC),
    )


def next_month(year: int, number: int, step: int = 1) -> tuple[int, int]:
    """Give the month that is `step` months away."""
    count = year * 12 + number - 1 + step
    return count // 12, count % 12 + 1
