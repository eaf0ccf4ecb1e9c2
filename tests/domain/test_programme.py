"""Programmes on any day of the year: both clock changes, several days, what overlaps."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.clashes import clashes, lanes, overlaps, sentence
from fabrique.domain.grid import STEP, board, free, nudge
from fabrique.domain.language import language
from fabrique.domain.programme import Item, Programme, Room, Voice, data, days, moment, read
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.domain.timetable import timetable

PARIS = ZoneInfo("Europe/Paris")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
NIGHTS = st.sampled_from([SPRING, AUTUMN, date(2026, 6, 9)])
ROOMS = (Room("a", "Grande salle", 200), Room("b", "Studio", 20))


def programme(*items, of=(date(2026, 6, 9),)):
    return Programme(title="Journées", zone="Europe/Paris", days=of, rooms=ROOMS, items=items)


def item(name, clock="10:00", minutes=60, day=date(2026, 6, 9), **fields):
    starts_at = moment(day, clock, "Europe/Paris") if clock else None
    return Item(id=name, title=name.upper(), starts_at=starts_at, minutes=minutes, **fields)


@st.composite
def programmes(draw):
    night = draw(NIGHTS)
    midnight = datetime(night.year, night.month, night.day, tzinfo=PARIS).astimezone(UTC)
    items = []
    for n in range(draw(st.integers(0, 9))):
        begins = draw(st.none() | st.integers(0, 47).map(lambda half: half * 30))
        items.append(
            Item(
                id=f"i{n}",
                title=draw(st.sampled_from(["Un", "Deux", "Trois"])),
                starts_at=None if begins is None else midnight + timedelta(minutes=begins),
                minutes=draw(st.sampled_from([15, 30, 60, 180, 600])),
                room=draw(st.sampled_from(["", "a", "b", "gone"])),
                audience=draw(st.sampled_from([tier.value for tier in Tier])),
                voices=draw(st.sampled_from([(), (Voice("v", "Zoé"),)])),
            )
        )
    return programme(*items, of=(night,))


MARCH = (datetime(2026, 3, 28), datetime(2026, 3, 30))  # noqa: DTZ001 - as a form gives them


@given(st.datetimes(*MARCH) | st.datetimes())
def test_an_hour_typed_is_the_hour_shown_or_is_refused(at):
    if not 1971 <= at.year <= 2037:
        return
    try:
        found = moment(at.date(), f"{at:%H:%M}", "Europe/Paris")
    except Invalid:
        assert at.date().month == 3
        assert at.hour == 2
        return
    assert f"{found.astimezone(PARIS):%Y-%m-%d %H:%M}" == f"{at:%Y-%m-%d %H:%M}"


def test_the_hour_that_spring_jumps_over_is_refused_and_the_doubled_one_is_the_first():
    with pytest.raises(Invalid, match="does not exist"):
        moment(SPRING, "02:30", "Europe/Paris")
    assert moment(AUTUMN, "02:30", "Europe/Paris") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("clock", ["", "soon", "25:00", "10:75", "-1:00"])
def test_what_is_no_hour_is_said(clock):
    with pytest.raises(Invalid, match="is not an hour"):
        moment(SPRING, clock, "Europe/Paris")


@pytest.mark.parametrize(("night", "ends"), [(SPRING, "04:30"), (AUTUMN, "02:30")])
def test_two_hours_last_two_hours_whatever_clocks_do(night, ends):
    late = item("a", "01:30", 120, night)
    whole = programme(late, of=(night,))
    assert f"{whole.ends(late):%H:%M}" == ends
    assert late.span[1] - late.span[0] == timedelta(hours=2)


@given(NIGHTS, st.integers(0, 4), st.integers(0, 23))
def test_each_day_of_a_gathering_is_counted_once(first, more, hour):
    starts_at = datetime(first.year, first.month, first.day, hour, tzinfo=PARIS)
    last = first + timedelta(days=more)
    ends_at = datetime(last.year, last.month, last.day, 23, 59, tzinfo=PARIS)
    found = days(starts_at, ends_at, "Europe/Paris")
    assert found == tuple(first + timedelta(days=n) for n in range(more + 1))
    midnight = datetime(last.year, last.month, last.day, tzinfo=PARIS) + timedelta(days=1)
    assert days(starts_at, midnight, "Europe/Paris") == found


@given(programmes())
def test_what_overlaps_is_found_as_if_each_two_were_looked_at(whole):
    slow = {frozenset((a.id, b.id)) for a, b in combinations(whole.items, 2) if a.meets(b)}
    assert {frozenset((a.id, b.id)) for a, b in overlaps(whole.items)} == slow
    assert len(overlaps(whole.items)) == len(slow)


@given(programmes())
def test_no_item_hides_another_in_its_column(whole):
    found = lanes(whole.placed)
    assert set(found) == {one.id for one in whole.placed}
    for a, b in overlaps(whole.placed):
        assert found[a.id][0] != found[b.id][0]
    assert all(0 <= lane < of for lane, of in found.values())


@given(programmes())
def test_a_timetable_shows_each_item_once_and_each_line_is_full(whole):
    for day in whole.all_days():
        table = timetable(whole, day)
        cells = [cell for line in table.lines for cell in line.cells]
        shown = [cell.item.id for cell in cells if cell.item]
        assert sorted(shown) == sorted(one.id for one in whole.on(day))
        width = max(sum(column.lanes for column in table.columns), 1)
        assert sum(cell.rows * cell.columns for cell in cells) == width * len(table.lines)


@given(programmes())
def test_a_programme_written_and_read_is_the_same(whole):
    assert read(data(whole)) == whole


def said(whole):
    english = language("en")
    return [english.say(sentence(one, whole, english)) for one in clashes(whole)]


def test_clashes_are_said_in_words():
    zoe = (Voice("z", "Zoé"),)
    whole = programme(
        item("a", "10:00", 60, room="a", voices=zoe),
        item("b", "10:30", 60, room="a"),
        item("c", "10:45", 30, room="b", voices=zoe, seats=30),
        item("d", "11:30", room="a"),
        item("e", day=date(2026, 6, 11), confirmed=False),
        item("f", None, voices=zoe),
    )
    assert said(whole) == [
        "“A” and “B” are both in Grande salle, Tuesday 9 June at 10:30.",
        "Zoé is expected in “A” and in “C” at once, Tuesday 9 June at 10:45.",
        "“C” has 30 seats, and Studio holds 20.",
        "“E” is outside the days of the gathering: Thursday 11 June at 10:00.",
        "Whoever proposed “E” has not confirmed yet.",
    ]


def test_what_touches_does_not_clash():
    assert clashes(programme(item("a", room="a"), item("b", "11:00", room="a"))) == ()


@given(programmes())
def test_who_is_farther_sees_less_and_nothing_else(whole):
    guest, member, adherent = (
        {one.id for one in whole.seen_by(tier).items}
        for tier in (Tier.GUEST, Tier.MEMBER, Tier.ADHERENT)
    )
    assert guest <= member <= adherent == {one.id for one in whole.items}
    assert clashes(whole.keeping(())) == ()


@given(programmes(), st.integers(-3, 3), st.integers(-3, 3), st.integers(-90, 90))
def test_a_key_moves_an_item_by_so_much_and_an_edge_stops_it(whole, minutes, rooms, longer):
    for one in whole.placed:
        spot = nudge(whole, one, minutes * STEP, rooms, longer)
        assert spot.starts_at - one.starts_at == timedelta(minutes=minutes * STEP)
        assert spot.room in {"", "a", "b"}
        assert spot.minutes == max(one.minutes + longer, 5)


@given(programmes())
def test_a_board_shows_each_item_of_its_day_once_and_whole(whole):
    for day in whole.all_days():
        found = board(whole, day)
        slots = [slot for column in found.columns for slot in column.slots]
        assert sorted(slot.item.id for slot in slots) == sorted(one.id for one in whole.on(day))
        assert all(found.opens <= slot.minute < found.closes for slot in slots)


def test_an_item_goes_to_the_first_free_moment():
    day = date(2026, 6, 9)
    whole = programme(item("a", "09:00", 50, room="a"), item("b", "10:15", room="a"))
    long, short = item("c", None, 60), item("d", None, 15)
    assert free(whole, short, day, "a").starts_at == moment(day, "10:00", whole.zone)
    assert free(whole, long, day, "a").starts_at == moment(day, "11:15", whole.zone)
    assert free(whole, long, day, "b").starts_at == moment(day, "9:00", whole.zone)
    full = programme(item("a", "08:00", 900, room="a"))
    assert free(full, long, day, "a").starts_at == moment(day, "9:00", whole.zone)
