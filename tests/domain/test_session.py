from datetime import UTC, datetime, timedelta

import pytest

from fabrique.domain.entry import Blank, Entry
from fabrique.domain.lines import Came, Closed, Ended, Joined, Opened, Redacted, Revealed, Went
from fabrique.domain.session import Plan, Session, body_type, fold
from tests.importers.scripts import KINDS

START = datetime(2026, 3, 9, 14, tzinfo=UTC)
WORDS = {"kind": "word_cloud", "id": "w", "title": "Un mot"}


def session(*rows):
    """Fold lines given as (kind, participant, run, body)."""
    lines = [
        Entry(n, START + timedelta(seconds=n), who, f"o{n}", run, kind, 1, body)
        for n, (kind, who, run, body) in enumerate(rows, 1)
    ]
    return fold(Session(Plan("S", "cafe", "fr", START)), lines, KINDS)


JOINED = ("session.joined", "ana", None, Joined(heads=2))
OPENED = ("session.opened", "", "r1", Opened(definition=WORDS))


def test_fold_keeps_who_came_and_for_how_many():
    found = session(JOINED, ("session.went", "ana", None, Went()))
    assert (found.people.heads(found.people), found.people.present()) == (2, set())
    found = session(
        JOINED, ("session.went", "ana", None, Went()), ("session.came", "ana", None, Came())
    )
    assert found.people.present() == {"ana"}


def test_fold_of_a_second_joining_keeps_the_first():
    assert (
        session(JOINED, ("session.joined", "ana", None, Joined(heads=9))).people.heads(["ana"]) == 2
    )


def test_fold_opens_closes_and_reveals():
    found = session(
        JOINED,
        OPENED,
        ("session.closed", "", "r1", Closed()),
        ("session.revealed", "", "r1", Revealed()),
    )
    run = found.runs["r1"]
    assert (run.joined, run.phase.value) == ({"ana"}, "revealed")
    assert (run.closed_at, run.revealed_at) == (
        START + timedelta(seconds=3),
        START + timedelta(seconds=4),
    )
    assert (found.open_runs(), found.runs_of("w")) == ([], [run])


def test_fold_ends_with_what_was_refused():
    found = session(("session.ended", "", None, Ended(refused={"closed": 2})))
    assert (found.refused, found.ended_at) == ({"closed": 2}, START + timedelta(seconds=1))


@pytest.mark.parametrize(
    "row",
    [
        ("session.blank", "ana", None, Blank()),
        ("session.dance", "ana", None, {}),
        ("session.redacted", "", None, Redacted(seq=1)),
        ("session.opened", "", "r1", Opened(definition={"kind": "dance"})),
        ("session.opened", "", None, Opened(definition=WORDS)),
        ("session.closed", "", "r9", Closed()),
        ("dance.answer", "ana", "r1", {}),
        ("word_cloud.answer", "ana", "r9", {}),
        ("vote.answer", "ana", None, {}),
    ],
)
def test_fold_passes_over_what_it_does_not_know(row):
    found = session(row)
    assert (found.seq, found.people, found.runs) == (1, {}, {})


def test_fold_remembers_each_act_by_its_first_line():
    assert session(JOINED, OPENED).ops == {("ana", "o1"): 1, ("", "o2"): 2}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("session.joined", Joined),
        ("session.blank", Blank),
        ("session.dance", None),
        ("dance.step", None),
        ("vote.dance", None),
        ("board.answer", "KeptCard"),
        ("board.move", "Move"),
    ],
)
def test_body_type_finds_what_the_journal_keeps(kind, expected):
    found = body_type(KINDS, kind)
    assert (found.__name__ if isinstance(expected, str) else found) == expected
