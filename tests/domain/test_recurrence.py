from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.recurrence import following, next_month

PARIS = "Europe/Paris"


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 9, 8), date(2026, 10, 13)),  # the second Tuesday
        (date(2026, 12, 1), date(2027, 1, 5)),  # over a year
        (date(2026, 9, 29), date(2026, 10, 27)),  # a fifth Tuesday, then a last one
        (date(2026, 1, 31), date(2026, 2, 28)),
    ],
)
def test_the_next_one_is_on_the_same_weekday_of_the_month(day, after):
    assert next_month(day) == after


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_it_is_in_the_next_month_on_the_same_weekday_and_of_the_same_rank(day):
    after = next_month(day)
    assert after.weekday() == day.weekday()
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == 1
    rank, was = (after.day - 1) // 7, (day.day - 1) // 7
    assert rank == was or (was == 4 and rank == 3)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.integers(15, 600))  # noqa: DTZ001 - by the clocks
def test_it_begins_at_the_same_hour_and_lasts_as_long(clocks, minutes):
    starts = clocks.replace(hour=18, tzinfo=ZoneInfo(PARIS))
    ends = (starts.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(PARIS))
    begins, over = following(starts, ends, PARIS)
    assert begins.time() == starts.time()
    assert over.astimezone(UTC) - begins.astimezone(UTC) == timedelta(minutes=minutes)
