from datetime import timedelta

from fabrique.domain.run import Phase
from fabrique.live.room import Accepted
from tests.live.rules.driver import START


def test_a_step_stays_open_as_long_as_prepared_unless_said_otherwise(room):
    room.send("open", step="vote", at=10)
    room.send("close", run="r1", at=11)
    room.send("open", step="vote", seconds=5, at=20)
    runs = room.session.runs
    assert runs["r1"].closes_at == START + timedelta(seconds=70)
    assert runs["r2"].closes_at == START + timedelta(seconds=25)


def test_hidden_again_takes_no_more_answers(room):
    room.send("open", step="words")
    room.send("reveal", run="r1", at=20)
    assert isinstance(room.send("conceal", run="r1", at=20.5), Accepted)
    assert room.session.runs["r1"].phase is Phase.CLOSED
    assert room.why("answer", "ana", "r1", at=21, text="vu") == "closed"
    assert room.why("conceal", run="r1", at=22) == "not_revealed"
    assert isinstance(room.send("reveal", run="r1", at=23), Accepted)


def test_more_time_counts_from_the_end_or_from_now(room):
    room.send("open", step="vote", at=10)
    room.send("extend", run="r1", seconds=30, at=20)
    assert room.session.runs["r1"].closes_at == START + timedelta(seconds=100)
    room.send("open", step="words", at=30)
    room.send("extend", run="r2", seconds=30, at=40)
    assert room.session.runs["r2"].closes_at == START + timedelta(seconds=70)
    room.send("close", run="r2", at=50)
    assert room.why("extend", run="r2", seconds=30, at=51) == "already_closed"


def test_whoever_was_allowed_more_time_has_it(room):
    room.send("allow", "ana", percent=50)
    room.send("open", step="vote", at=10)  # closes at 70; for Ana at 100
    assert isinstance(room.send("answer", "ana", "r1", at=99, value=3), Accepted)
    assert room.why("answer", "bo", "r1", at=99, value=3) == "closed"
    room.send("close", run="r1", at=100)
    assert room.why("answer", "ana", "r1", at=103, value=3) == "closed"


def test_more_time_is_not_for_what_the_facilitator_closed(room):
    room.send("allow", "ana", percent=100)
    room.send("open", step="vote", at=10)
    room.send("close", run="r1", at=20)
    assert room.why("answer", "ana", "r1", at=30, value=3) == "closed"
