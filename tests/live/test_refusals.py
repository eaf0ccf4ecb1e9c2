from datetime import UTC, datetime

from fabrique.domain.entry import Op
from fabrique.domain.text import Refusal, Text
from fabrique.live import refusals
from fabrique.live.refusals import EACH, Refusals

AT = datetime(2026, 3, 9, 14, tzinfo=UTC)
LATE = Refusal("closed", Text("This activity is closed: your answer came too late."))
OWN = Refusal("own", Text("One does not like one's own idea."))


def act(who, n):
    return Op(f"op{n}", "answer", AT, who)


def test_a_refusal_is_counted_and_said_again():
    kept = Refusals()
    kept.note(act("ana", 1), LATE)
    assert kept.counts == {"closed": 1}
    assert kept.find(act("ana", 1)) == LATE
    assert kept.find(act("bob", 1)) is None


def test_a_flood_is_its_authors_own_loss():
    kept = Refusals()
    kept.note(act("bob", 1), LATE)
    for n in range(10 * EACH):
        kept.note(act("ana", n), OWN)
    assert kept.counts == {"closed": 1, "own": 10 * EACH}
    assert kept.find(act("bob", 1)) == LATE
    remembered = [n for n in range(10 * EACH) if kept.find(act("ana", n))]
    assert remembered == list(range(9 * EACH, 10 * EACH))


def test_in_a_crowd_those_refused_longest_ago_are_forgotten(monkeypatch):
    monkeypatch.setattr(refusals, "MOST", 10)
    kept = Refusals()
    for n in range(30):
        kept.note(act(f"p{n}", 1), LATE)
        kept.note(act("ana", n % 3), LATE)
    assert sum(len(own) for own in kept._told.values()) <= 10
    assert [n for n in range(30) if kept.find(act(f"p{n}", 1))][-1] == 29
    assert all(kept.find(act("ana", n)) for n in range(3))


def test_a_batch_that_is_undone_was_never_refused():
    kept = Refusals()
    kept.note(act("ana", 1), LATE)
    kept.begin()
    kept.note(act("ana", 2), LATE)
    kept.note(act("bob", 1), OWN)
    kept.take_back()
    assert kept.counts == {"closed": 1}
    assert kept.find(act("ana", 1)) == LATE
    assert kept.find(act("ana", 2)) is None
    assert kept.find(act("bob", 1)) is None
    kept.take_back()
    assert kept.counts == {"closed": 1}
