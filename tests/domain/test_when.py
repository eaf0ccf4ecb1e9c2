"""Days and hours by the clocks of a place: both changes of clocks, whole days, months."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.language import Language
from fabrique.domain.text import Invalid
from fabrique.domain.when import Span, bounds, local, month, next_month, said, span_of

PARIS, ZONE = ZoneInfo("Europe/Paris"), "Europe/Paris"
FR, EN = Language("fr"), Language("en")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))


@given(DAYS, TIMES)
def test_the_clocks_of_the_place_say_what_was_written(day, hour):
    try:
        at = local(day, hour, ZONE)
    except Invalid:
        # The one hour of the year that no clock says.
        assert (day.month, time(2) <= hour < time(3), day.weekday()) == (3, True, 6)
        return
    assert at.astimezone(PARIS).replace(tzinfo=None) == datetime.combine(day, hour)


def test_the_hour_that_does_not_exist_is_refused_and_the_one_that_comes_twice_is_the_first():
    with pytest.raises(Invalid):
        local(SPRING, time(2, 30), ZONE)
    assert local(AUTUMN, time(2, 30), ZONE) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_evening_over_a_change_of_clocks_lasts_as_long_as_it_lasts():
    starts, ends = span_of((SPRING, SPRING), (time(1), time(4)), ZONE)
    assert ends - starts == timedelta(hours=2)
    starts, ends = span_of((AUTUMN, AUTUMN), (time(1), time(4)), ZONE)
    assert ends - starts == timedelta(hours=4)


@given(DAYS, st.integers(0, 30))
def test_whole_days_cover_their_days_and_are_over_after_the_last(first, length):
    last = first + timedelta(days=length)
    starts, ends = span_of((first, last), None, ZONE)
    span = Span(starts, ends, ZONE, all_day=True)
    assert (span.first, span.last) == (first, last)
    evening = datetime.combine(last, time(23, 59, 30), PARIS)
    assert not span.is_over(evening)
    assert span.is_over(evening + timedelta(minutes=1))


@given(DAYS, TIMES, st.timedeltas(timedelta(minutes=1), timedelta(days=20)))
def test_a_span_is_over_when_it_ends_and_never_ends_before_it_begins(day, hour, length):
    try:
        starts = local(day, hour, ZONE)
    except Invalid:
        return
    span = Span(starts, starts + length, ZONE)
    assert span.first <= span.last
    assert not span.is_over(starts)
    assert span.is_over(starts + length)
    assert said(span, FR)
    assert said(span, EN)


def test_what_ends_at_midnight_does_not_reach_into_the_next_day():
    starts, ends = local(SPRING, time(20), ZONE), local(date(2026, 3, 30), time(), ZONE)
    assert Span(starts, ends, ZONE).last == SPRING


@pytest.mark.parametrize(
    ("days", "hours"),
    [
        ((SPRING, SPRING), (time(12), time(12))),
        ((AUTUMN, SPRING), (time(12), time(13))),
        ((SPRING, AUTUMN), None),
    ],
)
def test_what_cannot_be_is_refused(days, hours):
    with pytest.raises(Invalid):
        span_of(days, hours, ZONE)


def test_it_is_said_as_people_say_it():
    one = Span(local(AUTUMN, time(18, 30), ZONE), local(AUTUMN, time(20), ZONE), ZONE)
    assert said(one, FR) == "dimanche 25 octobre 2026, 18\u00a0h\u00a030 – 20\u00a0h"
    assert said(one, EN) == "Sunday 25 October 2026, 18:30 – 20:00"
    starts, ends = span_of((AUTUMN, date(2026, 10, 26)), None, ZONE)
    assert said(Span(starts, ends, ZONE, all_day=True), EN) == (
        "Sunday 25 October 2026 to Monday 26 October 2026"
    )
    assert said(Span(starts, None, ZONE, all_day=True), EN) == "Sunday 25 October 2026"
    assert said(Span(one.starts_at, None, ZONE), EN) == "Sunday 25 October 2026 at 18:30"


@given(st.integers(2000, 2100), st.integers(1, 12))
def test_a_month_has_each_of_its_days_once_in_whole_weeks(year, number):
    weeks = month(year, number)
    days = [day for week in weeks for day in week]
    assert [day.weekday() for day in days] == [*range(7)] * len(weeks)
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    own = [day for day in days if (day.year, day.month) == (year, number)]
    assert own[0].day == 1
    assert (own[-1] + timedelta(days=1)).day == 1
    assert days.index(own[0]) < 7
    assert len(days) - 1 - days.index(own[-1]) < 7


@given(st.integers(2000, 2100), st.integers(1, 12))
def test_the_bounds_of_a_month_are_midnights_whatever_the_clocks_do(year, number):
    since, until = (at.astimezone(PARIS) for at in bounds(year, number, ZONE))
    weeks = month(year, number)
    assert (since.date(), since.time()) == (weeks[0][0], time())
    assert (until.date(), until.time()) == (weeks[-1][-1] + timedelta(days=1), time())
    assert next_month(*next_month(year, number, -1)) == (year, number)
