from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.language import language
from fabrique.domain.relative import real, relative, said
from fabrique.domain.text import Invalid

PARIS = "Europe/Paris"
PLACE = ZoneInfo(PARIS)
CHANGES = (date(2026, 3, 29), date(2026, 10, 25))  # an hour lost, an hour twice
HOURS = st.integers(0, 24 * 60 - 1)
NEAR = st.integers(-60, 60)


def at(day, minutes):
    clocks = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    return real(clocks, PLACE)


@given(st.sampled_from(CHANGES), NEAR, HOURS, st.integers(0, 400))
def test_days_keep_the_hour_of_the_clocks_over_a_change(change, away, minutes, n):
    starts = at(change + timedelta(days=away), minutes)
    found = relative(f"J-{n}").moment(starts, starts, PARIS)
    wanted = starts.replace(tzinfo=None) - timedelta(days=n)
    shown = found.replace(tzinfo=None)
    never = wanted.date() == CHANGES[0] and wanted.hour == 2
    assert shown == (wanted + timedelta(hours=1) if never else wanted)
    assert found.utcoffset() == PLACE.utcoffset(shown.replace(fold=found.fold))


@given(st.sampled_from(CHANGES), NEAR, HOURS, st.integers(0, 200))
def test_hours_are_hours_that_pass(change, away, minutes, n):
    starts = at(change + timedelta(days=away), minutes)
    ends = (starts.astimezone(UTC) + timedelta(hours=2)).astimezone(PLACE)
    before = relative(f"H-{n}").moment(starts, ends, PARIS)
    after = relative(f"H+{n}").moment(starts, ends, PARIS)
    assert starts.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=n)
    assert after.astimezone(UTC) - ends.astimezone(UTC) == timedelta(hours=n)


@given(st.sampled_from(CHANGES), NEAR, HOURS, st.integers(1, 400))
def test_more_days_are_earlier_before_and_later_after(change, away, minutes, n):
    starts = at(change + timedelta(days=away), minutes)
    moments = [relative(rule).day(starts, starts, PARIS) for rule in (f"J-{n}", "J-0", f"J+{n}")]
    assert moments[1] - moments[0] == moments[2] - moments[1] == timedelta(days=n)


def test_after_is_counted_from_the_end():
    starts, ends = at(date(2026, 5, 1), 9 * 60), at(date(2026, 5, 3), 17 * 60)
    assert relative("J+7").day(starts, ends, PARIS) == date(2026, 5, 10)
    assert relative("J-7").day(starts, ends, PARIS) == date(2026, 4, 24)


def test_an_hour_that_the_clocks_show_twice_is_the_first():
    assert at(CHANGES[1], 150).utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("rule", ["", "J", "J21", "-J3", "J-12345", "J-9999", "W-1", "J-1 ", "j-1"])
def test_what_is_no_rule_is_refused(rule):
    with pytest.raises(Invalid):
        relative(rule)


def test_a_rule_is_said_in_words():
    french = language("fr")
    assert french.say(said("J-21")) == "21 jours avant"
    assert french.say(said("J+1")) == "1 jour après"
    assert french.say(said("J-0")) == "le jour même"
    assert language("en").say(said("H-2")) == "2 hours before"
