"""A date closes by itself: in the very second, while nobody looks, and while the server is down."""

import threading
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fabrique.domain.entry import Op
from fabrique.domain.run import Run
from fabrique.domain.session import Session, fold
from fabrique.live import hub as hubs
from fabrique.live.room import GRACE
from fabrique.store.journal import Journal
from tests.live.place import KINDS, PLAN, Place, until
from tests.store.instance import fresh_journal_file

SOON = timedelta(seconds=1.5)
VOTERS = 3


def dated(path):
    """What `serve` asks of the journal."""

    def found():
        journal = Journal(path, KINDS)
        try:
            return journal.dated()
        finally:
            journal.close()

    return found


@pytest.fixture
def place(path):
    place = Place(path, dated=dated(path))
    yield place
    place.end()


def local(at):
    return at.astimezone(ZoneInfo(PLAN.timezone)).replace(tzinfo=None).isoformat()


def open_until(place, at):
    console = place.client("console")
    assert "ack" in console.asked("pace.until", until=local(at))
    assert "ack" in console.asked("pace.open")
    console.close()
    return at


def shut(place):
    return [one for one in place.entries() if one.kind == "session.shut"]


def closed(place):
    return {one.run for one in place.entries() if one.kind == "session.closed"}


class Voter:
    """Somebody who answers without a pause, all through the second of closing."""

    def __init__(self, place, who):
        self.client = place.client(who=who)
        self.who, self.acked, self.refused = who, {}, []
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        n = 0
        while len(self.refused) < 5:
            n += 1
            op = f"{self.who}-{n}"
            reply = self.client.asked("answer", "r1", op, choice=n % 5)
            if "ack" in reply:
                self.acked[op] = n % 5
            else:
                assert reply["why"] == "closed", reply
                self.refused.append(op)
            time.sleep(0.01)


def check(voters, entries, at):
    """What was acknowledged is kept, and counts; what was refused is not; nothing came later."""
    kept = {one.op: one for one in entries if one.kind == "tally.answer"}
    session = fold(Session(PLAN), entries, KINDS)
    for voter in voters:
        assert voter.acked
        assert set(voter.acked) == {op for op in kept if op.startswith(f"{voter.who}-")}
        assert not set(voter.refused) & set(kept)
        assert session.runs["r1"].state[voter.who][-1] == list(voter.acked.values())[-1]
    assert max(one.at for one in kept.values()) < at + GRACE


def race(place):
    at = open_until(place, datetime.now(UTC) + SOON)
    voters = [Voter(place, f"v{n}") for n in range(VOTERS)]
    for voter in voters:
        voter.thread.start()
    for voter in voters:
        voter.thread.join(30)
        assert not voter.thread.is_alive()
    until(lambda: closed(place) == {"r1", "r2"}, "the date to close")
    return voters, place.entries(), at


def test_in_the_second_of_closing_acknowledged_is_counted_and_refused_is_said(place):
    voters, entries, at = race(place)
    check(voters, entries, at)
    (line,) = shut(place)
    assert line.body.until == at.replace(microsecond=line.body.until.microsecond)
    # What would be wrong is seen: a line lost, one too many, an answer that nobody heard of.
    lost = next(one for one in entries if one.op in voters[0].acked)
    blank = [one for one in entries if one is not lost]
    with pytest.raises(AssertionError):
        check(voters, blank, at)
    voters[0].refused.append(lost.op)
    with pytest.raises(AssertionError):
        check(voters, entries, at)


def test_a_room_that_forgets_the_date_is_seen(place, monkeypatch):
    accepts = Run.accepts
    late = timedelta(seconds=1)
    monkeypatch.setattr(Run, "accepts", lambda run, at, grace: accepts(run, at - late, grace))
    voters, entries, at = race(place)
    with pytest.raises(AssertionError):
        check(voters, entries, at)


def test_a_date_that_came_while_the_server_was_down_closes_at_the_start(place):
    at = open_until(place, datetime.now(UTC) + SOON)
    place.stop()
    while datetime.now(UTC) < at + GRACE:
        time.sleep(0.05)
    assert shut(place) == []
    place.start()  # nobody comes, nobody asks
    until(lambda: closed(place) == {"r1", "r2"}, "the date to close")
    (line,) = shut(place)
    assert (line.participant, line.body.until) == ("", at)
    place.stop()
    place.start()
    until(lambda: place.session in place.hub.halls and place.hall.intake.idle)
    assert len(shut(place)) == 1


def test_a_session_that_waits_for_its_date_stays_in_memory(path, monkeypatch):
    monkeypatch.setattr(hubs, "IDLE", 0.0)
    place = Place(path, dated=dated(path))
    try:
        open_until(place, datetime.now(UTC) + 2 * SOON)
        until(lambda: shut(place), "the date to close")
        until(lambda: place.session not in place.hub.halls, "the memory to be given back")
    finally:
        place.end()


def test_another_date_in_time_is_the_one_that_closes(place):
    first = open_until(place, datetime.now(UTC) + SOON)
    console = place.client("console")
    assert "ack" in console.asked("pace.until", until=local(first + timedelta(days=1)))
    while datetime.now(UTC) < first + GRACE + timedelta(seconds=1):
        time.sleep(0.05)
    assert "ack" in place.client(who="ana").asked("answer", "r1", choice=1)
    assert shut(place) == []


def test_only_sessions_that_go_on_with_a_date_are_looked_at(tmp_path):
    path = fresh_journal_file(tmp_path)
    place = Place(path, dated=dated(path))
    try:
        assert dated(path)() == []
        place.hub.submit(place.session, Op("a", "pace.invited", datetime.now(UTC), body={}))
        open_until(place, datetime.now(UTC) + timedelta(days=1))
        assert dated(path)() == [place.session]
        assert "ack" in place.client("console").asked("end")
        assert dated(path)() == []
    finally:
        place.end()
