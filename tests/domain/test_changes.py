"""The difference between two releases, in plain sentences."""

from datetime import date

from hypothesis import given
from msgspec import structs

from fabrique.domain.changes import What, changes, concerning, sentence
from fabrique.domain.language import language
from fabrique.domain.programme import Voice, moment
from tests.domain.test_programme import ROOMS, item, programme, programmes

MIRROR = {What.ADDED: What.WITHDRAWN, What.WITHDRAWN: What.ADDED}


@given(programmes())
def test_nothing_changed_between_a_release_and_itself(whole):
    assert changes(whole.frozen(), whole.frozen()) == ()


@given(programmes(), programmes())
def test_what_is_new_one_way_is_withdrawn_the_other_way(one, other):
    there = sorted((c.item.id, c.what) for c in changes(one, other))
    back = sorted((c.item.id, MIRROR.get(c.what, c.what)) for c in changes(other, one))
    assert there == back


@given(programmes())
def test_a_first_release_is_all_new(whole):
    found = changes(None, whole)
    assert [c.item.id for c in found] == [one.id for one in whole.placed]
    assert {c.what for c in found} <= {What.ADDED}


def said(before, after, code="en"):
    tongue = language(code)
    return [tongue.say(sentence(one, after, tongue)) for one in changes(before, after)]


def test_every_change_has_its_sentence():
    zoe = (Voice("z", "Zoé"),)
    a, b = item("a", room="a"), item("b", "11:00", voices=zoe)
    c, d = item("c", "14:00", room="b"), item("d", "15:00")
    before = programme(a, b, c, d)
    after = programme(
        structs.replace(a, starts_at=moment(date(2026, 6, 9), "9:00", "Europe/Paris"), room="b"),
        structs.replace(b, title="B 2", minutes=90, room="a", voices=()),
        structs.replace(c, room=""),
        item("e", "16:00", room="a"),
    )
    assert said(before, after) == [
        "Moved: “A” is now Tuesday 9 June at 09:00; it was Tuesday 9 June at 10:00.",
        "Room changed: “A” is in Studio instead of Grande salle.",
        "Renamed: “B” is now called “B 2”.",
        "“B 2” lasts 90 minutes instead of 60.",
        "“B 2” takes place in Grande salle.",
        "“B 2” no longer has a speaker.",
        "“C” no longer has a room; it was in Studio.",
        "New: “E”, Tuesday 9 June at 16:00, Grande salle.",
        "Withdrawn: “D”, which was to be Tuesday 9 June at 15:00.",
    ]


def test_a_room_that_changes_its_name_is_told_of():
    before = programme(item("a", room="a"))
    after = structs.replace(before, rooms=(structs.replace(ROOMS[0], name="Hall"), ROOMS[1]))
    assert [one.what for one in changes(before, after)] == [What.ROOM]


def test_who_picked_hears_of_what_they_had_and_who_speaks_of_their_own():
    zoe = (Voice("z", "Zoé"),)
    before = programme(item("a", voices=zoe), item("b", "11:00"))
    after = programme(item("b", "12:00"), item("c", "14:00", voices=zoe))
    found = changes(before, after)
    assert [one.item.id for one in concerning(found, {"b"})] == ["b"]
    assert [one.item.id for one in concerning(found, {"c"})] == []
    assert [one.item.id for one in concerning(found, set(), "z")] == ["c", "a"]
    assert concerning(found, set()) == ()
