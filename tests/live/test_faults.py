"""What goes wrong, and how the room shows that it noticed. Each fault test can fail."""

import threading

import pytest

from fabrique.live.writer import Writer
from fabrique.store.journal import Behind, Journal
from tests.live.place import KINDS, Place, reader, serving, until


class Disk:
    """A switch between the hub and its journal."""

    def __init__(self, path):
        self.path, self.error, self.full, self.unreadable = path, None, False, False
        self.held = threading.Event()
        self.held.set()
        self._read = reader(path)

    def open(self):
        return Switched(self)

    def read(self, session):
        if self.unreadable:
            raise OSError(5, "I/O error")
        return self._read(session)


class Switched(Journal):
    def __init__(self, disk):
        super().__init__(disk.path, KINDS)
        self.disk = disk

    def append(self, batch):
        self.disk.held.wait()
        if self.disk.error:
            raise self.disk.error
        if self.disk.full:  # SQLite itself finds no page any more
            self._db.execute("PRAGMA max_page_count=1").fetchall()
        super().append(batch)


@pytest.fixture
def disk(path):
    return Disk(path)


@pytest.fixture
def place(path, disk):
    place = Place(path, open_journal=disk.open, read=disk.read)
    yield place
    disk.held.set()
    place.end()


def answers(place):
    return [entry.op for entry in place.entries() if entry.kind == "tally.answer"]


@pytest.mark.parametrize("error", [OSError(28, "No space left"), OSError(5, "I/O error")])
def test_what_the_disk_refuses_is_never_acknowledged(place, disk, console, run, error, caplog):
    phone = place.client(who="ana")
    assert "ack" in phone.asked("answer", run, choice=1)
    disk.error = error
    reply = phone.asked("answer", run, op="kept-by-the-phone", choice=2)
    assert reply["why"] == "disk"
    assert reply["text"]
    assert "Could not write" in caplog.text
    assert "kept-by-the-phone" not in answers(place)
    disk.error = None
    again = phone.asked("answer", run, op="kept-by-the-phone", choice=2)
    assert again["mine"][run]["answers"] == [{"choice": 2}]
    assert answers(place).count("kept-by-the-phone") == 1
    console.until_shown("((2, 1),)")


def test_nothing_is_told_before_it_is_on_disk(place, disk, console, run):
    phone = place.client(who="ana")
    phone.until_shown("open")
    disk.held.clear()
    op = phone.act("answer", run, choice=3)
    with pytest.raises(TimeoutError):
        phone.wait(lambda frame: frame.get("ack") == op, timeout=0.7)
    with pytest.raises(TimeoutError):
        console.wait(lambda frame: "((3, 1),)" in str(frame), timeout=0.5)
    late = place.client("console")
    disk.held.set()
    assert phone.wait(lambda frame: "ack" in frame)["ack"] == op
    console.until_shown("((3, 1),)")
    late.until_shown("((3, 1),)")


def test_a_refused_batch_leaves_no_trace_in_the_room(place, disk, console):
    disk.error = OSError(28, "No space left")
    assert console.asked("open", step="one")["why"] == "disk"
    disk.error = None
    assert "ack" in console.asked("open", step="one")
    assert [run.id for run in place.hall.session.open_runs()] == ["r1"]


def test_a_full_disk_refuses_what_does_not_fit_and_recovers(place, disk, run):
    phone = place.client(who="ana")
    disk.full = True
    said = {}
    for n in range(200):
        said[f"op{n}"] = phone.asked("answer", run, op=f"op{n}", choice=1, pad="x" * 1500)
        if said[f"op{n}"].get("why") == "disk":
            break
    assert "disk" in [reply.get("why") for reply in said.values()]
    assert answers(place) == [op for op, reply in said.items() if "ack" in reply]
    disk.full = False
    assert "ack" in phone.asked("answer", run, choice=2)


def test_a_journal_that_cannot_be_read_is_tried_again(place, disk, console, run, monkeypatch):
    monkeypatch.setattr("fabrique.live.intake.RETRY", 0.05)
    phone = place.client(who="ana")
    disk.error, disk.unreadable = OSError(5, "I/O error"), True
    assert phone.asked("answer", run, op="a", choice=1)["why"] == "disk"
    assert phone.asked("answer", run, op="b", choice=1)["why"] == "disk"
    disk.error, disk.unreadable = None, False
    until(lambda: not place.hall.intake.busy)
    assert "ack" in phone.asked("answer", run, op="a", choice=1)
    console.until_shown("((1, 1),)")


def test_another_hub_was_faster(place, console, run):
    phone = place.client(who="ana")
    phone.asked("answer", run, choice=1)
    with serving(place.path, session=place.session) as other:
        elsewhere = other.client(who="bob")
        assert "ack" in elsewhere.asked("answer", run, choice=2)
        assert "ack" in phone.asked("answer", run, choice=3)
        assert "ack" in elsewhere.asked("answer", run, choice=4)
        assert "ack" in phone.asked("answer", run, choice=5)
    seqs = [entry.seq for entry in place.entries()]
    assert seqs == list(range(1, len(seqs) + 1))
    assert len(answers(place)) == 5
    console.until_shown("((4, 1), (5, 1))")


def test_a_restart_keeps_the_epoch_and_everybody_comes_back(place, run):
    phone = place.client(who="ana")
    phone.asked("answer", run, choice=1)
    epoch = phone.epoch
    place.stop()
    assert phone.wait(lambda frame: "bye" in frame) == {"bye": "restart"}
    place.start()
    again = place.client(who="ana", at=[epoch, phone.seq])
    welcome = again.hear()
    assert welcome["epoch"] == epoch
    assert welcome["mine"][run] == {"answers": [{"choice": 1}], "changes": 1}
    assert "ack" in again.asked("answer", run, choice=2)
    assert [e.kind for e in place.entries()].count("session.joined") == 1
    assert "session.came" not in [e.kind for e in place.entries()]


class Loop:
    """An event loop that only takes notes."""

    def __init__(self):
        self.told, self.done = [], threading.Event()

    def call_soon_threadsafe(self, tell, outcomes):
        self.told.append([error for _, error in outcomes])
        self.done.set()


class Slow:
    """A journal that is held until told, and notes how many came together."""

    def __init__(self):
        self.go, self.batches, self.behind = threading.Event(), [], set()

    def append(self, batch):
        self.go.wait(10)
        self.batches.append([one.session for one in batch])
        for one in batch:
            if one.session in self.behind:
                raise Behind(one.session)

    def close(self):
        pass


class Piece:
    def __init__(self, session):
        self.session = session


def started(journal):
    writer = Writer(lambda: journal)
    writer._loop = Loop()
    writer._thread.start()
    return writer


def finish(writer):
    writer._stopping = True
    with writer._wake:
        writer._wake.notify()
    writer._thread.join(10)


def test_all_that_waits_is_one_transaction():
    journal = Slow()
    writer = started(journal)
    writer.put(Piece(0), None)
    until(lambda: not writer._waiting)
    for session in range(1, 50):
        writer.put(Piece(session), None)
    journal.go.set()
    finish(writer)
    assert journal.batches == [[0], list(range(1, 50))]
    assert writer._loop.told == [[None], [None] * 49]


def test_who_is_behind_does_not_hold_up_the_others():
    journal = Slow()
    journal.behind = {2, 3}
    writer = started(journal)
    writer.put(Piece(0), None)
    until(lambda: not writer._waiting)
    for session in (1, 2, 3, 4):
        writer.put(Piece(session), None)
    journal.go.set()
    finish(writer)
    assert journal.batches[-1] == [1, 4]
    outcome = [type(error) for error in writer._loop.told[1]]
    assert outcome == [type(None), Behind, Behind, type(None)]
