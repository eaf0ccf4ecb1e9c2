"""What screens say at one's own pace."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from fabrique.live.screens import Figures, parts
from tests.importers.scripts import KINDS
from tests.live.rules.driver import Driver
from tests.live.rules.test_pacing import DATE, STEPS

CHAT = {"kind": "chat", "title": "Fil"}


@pytest.fixture
def room():
    found = Driver(STEPS)
    found.send("order.add", step=CHAT)
    found.send("begin")
    found.send("pace.until", until=DATE)
    return found


def shown(room, screen):
    return {one.key: one for one in parts(room.session, KINDS, screen, {}, Figures())}


def test_before_it_opens_the_phone_says_until_when(room):
    view = shown(room, "phone")["session-pace"].view
    assert (view.state, view.steps) == ("soon", ())
    assert view.until == datetime(2026, 3, 12, 18, tzinfo=ZoneInfo("Europe/Paris"))
    assert view.until.hour == 18
    assert "session-waiting" not in shown(room, "phone")


def test_the_phone_has_all_the_steps_and_nothing_of_the_room(room):
    room.send("pace.open")
    found = shown(room, "phone")
    assert [step.run for step in found["session-pace"].view.steps] == ["r2", "r3"]
    assert {"r2", "r3", "session-pace-after"} <= set(found)
    assert "r1" not in found  # the chat is for the room
    assert "r1" in shown(room, "console")
    assert found["session-pace"].rank < found["r2"].rank < found["session-pace-after"].rank
    assert found["r2"].view.closes_at is None  # no countdown of ten days


def test_closed_steps_stay_and_shown_results_too(room):
    room.send("pace.open")
    room.send("pace.close")
    room.send("reveal", run="r2")
    view = shown(room, "phone")["session-pace"].view
    assert view.state == "closed"
    assert [step.phase for step in view.steps] == ["revealed", "closed"]
    assert "r3" in shown(room, "console")  # every step is at hand, not only the last
    assert "r2" in shown(room, "stage")


def test_the_stage_says_it_is_open_elsewhere(room):
    room.send("pace.open")
    found = shown(room, "stage")
    assert "r2" not in found
    assert found["session-pace"].view.state == "open"


def test_nothing_goes_on_or_ends_by_one_key_while_it_is_open(room):
    room.send("pace.open")
    order = shown(room, "console")["session-order"].view
    assert (order.current, order.next) == ("", "")
    room.send("pace.close")
    order = shown(room, "console")["session-order"].view
    assert (order.current, order.next) == ("ideas", "pause")


def test_who_answered_any_step_is_counted_once(room):
    room.send("pace.open")
    room.send("answer", "bo", "r3", text="élan")
    body = {"question": "tier", "answer": {"choice": [0]}}
    room.send("answer", "bo", "r2", **body)
    assert shown(room, "console")["session-figures"].view.answered == 3
    assert shown(room, "stage")["session-foot"].view.answered == 3


def test_the_room_led_live_is_as_before(room):
    room.send("pace.open")
    room.send("pace.close")
    room.send("open", step="race")
    found = shown(room, "phone")
    assert "session-pace" not in found
    assert "r1" in found


def test_the_animation_sees_what_it_set(room):
    room.send("pace.sort", name="Type", lines="Lieu: 6", question="ask/tier")
    for screen in ("console", "prepare"):
        view = shown(room, screen)["session-pace"].view
        assert (view.waiting, view.others, view.open) == (2, 2, 0)
        assert [(one.name, one.lines, one.question) for one in view.sorts] == [
            ("Type", "Lieu: 6", "Vous êtes")
        ]
        assert [one.value for one in view.choices] == ["ask/tier"]
