"""What screens say of how the room is led, and to whom."""

import pytest

from fabrique.live.screens import SCREENS, Figures, parts
from tests.importers.scripts import KINDS
from tests.live.place import Place
from tests.live.rules.driver import Driver
from tests.store.instance import fresh_journal_file

NAMES = {"ana": "Ana"}


@pytest.fixture
def room():
    return Driver()


def shown(room, screen, **figures):
    found = parts(room.session, KINDS, screen, NAMES, Figures(**figures))
    return {part.key: part.view for part in found}


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_says_what_is_paused_recorded_and_done_now(room, screen):
    quiet = shown(room, screen)
    assert not quiet["session-paused"].on
    assert not quiet["session-recording"].on
    assert quiet["session-told"].text == ""
    room.send("freeze", on=True)
    room.send("record", on=True)
    room.send("tell", text="On lit")
    told = shown(room, screen)
    assert told["session-paused"].on
    assert told["session-recording"].on
    assert told["session-told"].text == "On lit"
    room.send("end")
    over = shown(room, screen)
    assert not over["session-paused"].on
    assert not over["session-recording"].on
    assert over["session-told"].text == ""


def test_only_the_console_sees_people_hands_and_notes(room):
    room.send("hand", "ana", on=True)
    room.send("note", text="Secret", mark="decision")
    others = {"session-hands", "session-room", "session-switches", "person:ana", "person:bo"}
    assert others <= set(shown(room, "console"))
    for screen in ("phone", "stage"):
        keys = shown(room, screen)
        assert not others & set(keys)
        assert not any(key.startswith("note:") for key in keys)


def test_hands_stand_in_order_and_the_floor_is_given_to_one(room):
    room.send("hand", "bo", on=True)
    room.send("hand", "ana", on=True)
    hands = shown(room, "console")["session-hands"]
    assert [(one.id, one.name, one.heads) for one in hands.asking] == [
        ("bo", "", 3),
        ("ana", "Ana", 1),
    ]
    room.send("give", participant="bo")
    hands = shown(room, "console")["session-hands"]
    assert [one.id for one in hands.asking] == ["ana"]
    assert hands.floor.id == "bo"
    room.send("lower", participant="bo")
    assert shown(room, "console")["session-hands"].floor is None


def test_the_floor_ends_with_whoever_is_taken_out(room):
    room.send("give", participant="ana")
    room.send("expel", participant="ana")
    assert shown(room, "console")["session-hands"].floor is None


def test_people_are_connected_answered_taken_out(room):
    room.send("open", step="words")
    room.send("answer", "ana", "r1", text="élan")
    room.send("expel", participant="bo")
    found = shown(room, "console", here=frozenset({"ana"}))
    ana, bo = found["person:ana"], found["person:bo"]
    assert (ana.here, ana.answered, ana.expelled) == (True, True, False)
    assert (bo.here, bo.answered, bo.expelled) == (False, False, True)
    assert found["session-room"].people == 4
    assert found["session-room"].expelled == 1


def test_a_crowd_is_listed_from_the_latest_and_nobody_who_is_out_is_forgotten(room):
    room.send("expel", participant="ana")
    for n in range(250):
        room.send("join", f"p{n}")
    people = [key for key in shown(room, "console") if key.startswith("person:")]
    assert len(people) == 201
    assert {"person:ana", "person:p249"} <= set(people)
    assert "person:bo" not in people


def test_a_note_tells_how_long_after_the_start(room):
    room.send("note", text="a", at=75)
    room.send("note", text="b", at=3671, mark="action")
    notes = {key: one for key, one in shown(room, "console").items() if key.startswith("note:")}
    assert [(one.moment, one.text, one.mark) for one in notes.values()] == [
        ("1:15", "a", "note"),
        ("1:01:11", "b", "action"),
    ]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = Place(fresh_journal_file(tmp_path_factory.mktemp("conduct")))
    yield place
    place.end()


def test_who_is_sent_away_hears_why(place):
    console, ana = place.client("console"), place.client(who="ana")
    console.until_shown('"joined": "1"')
    assert "ack" in console.asked("lock", on=True)
    late = place.client(who="late")
    assert late.wait(lambda frame: "bye" in frame) == {"bye": "locked"}
    assert "ack" in console.asked("expel", participant="ana")
    assert ana.wait(lambda frame: "bye" in frame) == {"bye": "expelled"}
    again = place.client(who="ana")
    assert again.wait(lambda frame: "bye" in frame) == {"bye": "expelled"}
    console.asked("readmit", participant="ana")
    assert place.client(who="ana").wait(lambda frame: "welcome" in frame)
    console.asked("lock", on=False)


def test_a_hand_that_was_lowered_is_lowered_on_its_phone(place):
    console, bo = place.client("console"), place.client(who="bo")
    assert bo.asked("hand", on=True)["mine"][""]["hand"]
    console.asked("lower", participant="bo")
    told = bo.wait(lambda frame: "mine" in frame and "ack" not in frame)
    assert told["mine"][""]["hand"] is False
    console.asked("give", participant="bo")
    assert bo.wait(lambda frame: "mine" in frame)["mine"][""]["floor"] is True


def test_consoles_that_are_open_are_counted(place):
    first = place.client("console")
    first.wait(lambda frame: "welcome" in frame)
    before = place.hall.presence.consoles()
    place.client("console").wait(lambda frame: "welcome" in frame)
    first.wait(lambda frame: frame.get("set", {}).get("session-room"))
    assert place.hall.presence.consoles() == before + 1
