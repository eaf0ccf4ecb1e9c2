"""Three groups over real sockets: each phone is told of its own table, and of no other."""

import pytest

from fabrique.live import screens
from fabrique.live.audience import Audience
from fabrique.live.order import EVERYBODY

TABLES = {"ana": 0, "bo": 0, "cy": 1, "di": 1, "ed": 2}
RUNS = ("r1", "r2", "r3")


class Room:
    def __init__(self, place):
        self.place = place
        self.console = place.client("console")
        self.stage = place.client("stage")
        self.phones = {who: place.client(who=who) for who in TABLES}
        for phone in self.phones.values():
            phone.until_shown("waiting")

    def lead(self, do, run=None, **body):
        reply = self.console.asked(do, run, **body)
        assert "ack" in reply, reply

    def split(self):
        self.lead("group.split", groups=["Un", "Deux", "Trois"], by="hand", of=TABLES)

    def play(self):
        """Everybody answers at their own table, is shown it, and the room comes together."""
        self.split()
        self.lead("open", step="one", group="*")
        for who, phone in self.phones.items():
            run = RUNS[TABLES[who]]
            phone.until_shown('"phase": "open"')
            assert "ack" in phone.asked("answer", run, choice=TABLES[who] + 1)
        self.lead("group.reveal", step="one")
        for who, phone in self.phones.items():
            phone.until_shown(f"(({TABLES[who] + 1},")

    def heard_of_others(self):
        """What any phone was ever sent of a run that is not its group's."""
        found = []
        for who, phone in self.phones.items():
            others = set(RUNS) - {RUNS[TABLES[who]]}
            for frame in phone.heard:
                found += [(who, key) for key in frame.get("set", {}) if key in others]
        return found


@pytest.fixture
def room(place):
    return Room(place)


def test_a_phone_is_told_of_its_own_table_only(room):
    room.play()
    assert room.heard_of_others() == []
    room.stage.until_shown("((3, 1),)")
    assert set(RUNS) <= set(room.stage.shown)
    assert set(RUNS) <= set(room.console.shown)


def test_the_test_above_sees_a_leak(room, monkeypatch):
    """Negative control: were phones drawn as stages are, it would be seen."""
    monkeypatch.setattr(screens, "_seen", lambda *_: EVERYBODY)
    room.play()
    assert room.heard_of_others() != []


def test_who_changes_tables_is_shown_the_other_and_forgets_the_first(room):
    room.split()
    room.lead("open", step="one", group="*")
    ana = room.phones["ana"].until_shown('"phase": "open"')
    assert "r1" in ana.shown
    epoch = ana.epoch
    room.lead("group.put", participant="ana", group="g2")
    while "r2" not in ana.shown:
        ana.hear()
    assert "r1" not in ana.shown
    assert ana.epoch != epoch, "what was shown is of another table: no patch may go on from it"
    assert "ack" in ana.asked("answer", "r2", choice=4)


def test_a_patch_drawn_for_one_table_does_not_follow_who_left_it():
    class Link:
        audience, missed, seq, slow_since = None, None, 5, 0.0
        written = ()

        def backlog(self):
            return 0

        def write(self, frame):
            self.written += (frame,)

    link, before, after = Link(), *(Audience(("phone", "fr", g), None) for g in ("g1", "g2"))
    before.add(link)
    patch = before.draw([], 5)
    link.seq = patch.since
    before.drop(link)
    after.add(link)
    before.deliver(link, patch, 0.0)
    assert link.written == ()
    link.audience = before
    before.deliver(link, patch, 0.0)
    assert len(link.written) == 1, "to whoever stayed, it goes"


def test_who_comes_back_by_another_table_is_shown_the_whole(room, place):
    room.split()
    ana = room.phones["ana"]
    while "session-group" not in ana.shown:
        ana.hear()
    at = [ana.epoch, ana.seq]
    ana.close()
    room.lead("group.put", participant="ana", group="g3")
    again = place.client(who="ana", at=at)
    assert again.wait(lambda frame: "set" in frame)["from"] == 0


def test_a_pen_is_told_to_whom_it_is_given_and_taken(room):
    room.split()
    ana, bo = room.phones["ana"], room.phones["bo"]
    assert ana.asked("pen", on=True)["mine"][""]["scribe"] is True
    assert bo.asked("pen", on=True)["why"] == "has_scribe"
    room.lead("group.scribe", participant="bo")
    bo.wait(lambda frame: frame.get("mine", {}).get("", {}).get("scribe"))
    ana.wait(lambda frame: frame.get("mine", {}).get("", {}).get("scribe") is False)


def test_a_stage_may_be_that_of_one_table(room, place):
    alone = place.client("stage", group="2")
    alone.hear()
    room.split()
    room.lead("open", step="one", group="*")
    alone.until_shown('"phase": "open"')
    assert ("r2" in alone.shown, "r1" in alone.shown, "r3" in alone.shown) == (True, False, False)
    while "r3" not in room.stage.shown:
        room.stage.hear()
    room.lead("group.show", group="3")
    while "r1" in room.stage.shown:
        room.stage.hear()
    assert "r3" in room.stage.shown
    assert "r2" in alone.shown, "its own table before the facilitator's choice"


def test_a_phone_does_not_choose_its_table(room, place):
    room.play()
    spy = place.client(who="ana", group="2")
    spy.wait(lambda frame: "set" in frame)
    assert ("r1" in spy.shown, "r2" in spy.shown) == (True, False)


def test_back_in_plenary_everybody_sees_the_same(room):
    room.play()
    room.lead("group.merge")
    room.lead("open", step="two")
    for phone in room.phones.values():
        while "r4" not in phone.shown:
            phone.hear()
        assert not set(RUNS) & set(phone.shown)
