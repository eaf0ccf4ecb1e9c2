from types import SimpleNamespace

import pytest

from fabrique.live import hub as hubs
from fabrique.live import presence as presences
from fabrique.live.limits import BURST, RATE, Bucket, most_connections
from fabrique.live.presence import AFTER_RESTART, AWAY, Presence
from tests.live.place import until


def link(who):
    return SimpleNamespace(seat=SimpleNamespace(participant=who))


@pytest.fixture
def presence():
    return Presence()


def test_gone_for_a_while_is_not_left(presence):
    one, two = link("ana"), link("ana")
    presence.add(one), presence.add(two)
    presence.drop(one, 0)
    assert presence.left(1000) == []
    presence.drop(two, 100)
    assert presence.left(100 + AWAY - 1) == []
    presence.add(one)
    assert presence.left(1000) == []
    presence.drop(one, 1000)
    assert presence.left(1000 + AWAY) == ["ana"]
    assert presence.left(5000) == []
    assert presence.empty


def test_after_a_restart_everybody_has_a_minute(presence):
    presence.add(link("bob"))
    presence.restore(["ana", "bob"], 0)
    assert presence.connected() == {"bob"}
    assert presence.left(AFTER_RESTART - 1) == []
    assert presence.left(AFTER_RESTART) == ["ana"]


def test_who_polls_is_here(presence):
    presence.polled("ana", 0)
    presence.polled("", 0)
    assert presence.connected() == {"ana"}
    presence.polled("ana", 20)
    assert presence.left(AWAY + 1) == []
    assert presence.left(20 + AWAY) == ["ana"]
    assert presence.connected() == set()


def test_the_animation_is_nobody(presence):
    console = link("")
    assert all(presence.add(link("")) for _ in range(50))
    assert presence.connected() == set()
    presence.add(console)
    presence.drop(console, 0)
    assert presence.left(1e9) == []


def test_a_bucket_slows_and_never_forgets():
    bucket = Bucket(0.0)
    assert [bucket.take(0.0) for _ in range(int(BURST))] == [0.0] * int(BURST)
    assert bucket.take(0.0) == pytest.approx(1 / RATE)
    assert bucket.take(0.0) == pytest.approx(2 / RATE)
    assert bucket.take(60.0) == 0.0


def test_there_is_room_for_a_theatre():
    assert most_connections() >= 200


def test_leaving_and_coming_back_are_written(place, console, monkeypatch):
    monkeypatch.setattr(presences, "AWAY", 0.3)
    phone = place.client(who="ana")
    console.until_shown('"joined": "1", "connected": "1"')
    phone.close()
    until(lambda: "session.went" in [e.kind for e in place.entries()])
    place.client(who="ana").hear()
    until(lambda: "session.came" in [e.kind for e in place.entries()])
    assert place.hall.intake.room.refused == {}


def test_a_dead_link_is_dropped_and_a_living_one_is_not(place, console, monkeypatch):
    monkeypatch.setattr(hubs, "period", lambda _link: 0.6)
    monkeypatch.setattr(hubs, "CHORES", 1)
    alive, dead = place.client(who="alive"), place.client(who="dead")
    alive.hear(), dead.hear()
    for one in list(place.hub.links):
        one.beat_at = 0.0
    for _ in range(5):
        assert alive.wait(lambda frame: "beat" in frame)["beat"] > 1e12
        alive.send(beat=1)
        console.send(beat=1)
    until(lambda: "dead" not in place.hall.presence.links)
    assert "alive" in place.hall.presence.links


def test_a_tab_that_is_looked_at_again_hears_sooner(place):
    phone = place.client(who="ana")
    phone.hear()
    phone.send(visible=False)
    until(lambda: not place.hall.presence.links["ana"][0].visible)
    (mine,) = place.hall.presence.links["ana"]
    mine.beat_at += 100
    phone.send(visible=True)
    until(lambda: mine.visible)
    assert mine.beat_at - place.hall._clock() < 11


def test_an_empty_session_leaves_the_memory(place, monkeypatch):
    monkeypatch.setattr(hubs, "IDLE", 0.1)
    stage = place.client("stage")
    stage.hear()
    assert place.session in place.hub.halls
    stage.close()
    until(lambda: place.session not in place.hub.halls)
    assert place.client("stage").hear()["welcome"]
