import pytest

from tests.importers.scripts import first, play, played, said, script, step


def words(*answers, **own):
    found = play(script(step("word_cloud", *answers, **own)))
    return found["steps"][0]["entries"], found["refused"]


IN_TIME = (0, -0.0, 59.999999)
LATE_OR_EARLY = (60, 60.000001, 1e300, 10**30, -0.000001, -1e-9, -5, -1e300)


@pytest.mark.parametrize(
    ("at", "kept"), [*((at, 1) for at in IN_TIME), *((at, 0) for at in LATE_OR_EARLY)]
)
def test_a_run_accepts_from_its_opening_and_before_its_closing(at, kept):
    assert words(said("ana", at, text="a")) == (kept, 1 - kept)


def test_a_run_with_decimals_closes_to_the_microsecond():
    # In binary 0.1 + 10.2 is more than 10.3, and 0.7 + 0.1 less than 0.8.
    assert words(said("ana", 10.2, text="a"), opens_at=0.1, closes_at=10.3) == (0, 1)
    assert words(said("ana", 10.199999, text="a"), opens_at=0.1, closes_at=10.3) == (1, 0)
    assert words(said("ana", 0.1, text="a"), opens_at=0.7, closes_at=0.8) == (0, 1)


@pytest.mark.parametrize("at", [-1, 0, 1])
def test_a_run_that_closes_as_it_opens_refuses_everything(at):
    assert words(said("ana", at, text="a"), opens_at=5, closes_at=5) == (0, 1)


def test_a_run_that_closes_as_it_opens_has_seen_everybody():
    found = first(step("word_cloud", opens_at=0, closes_at=0), people="ana bo*3")
    assert found["joined"] == 4


def test_equal_times_follow_the_file():
    answers = [said("bo", 1, text="x"), said("ana", 1, text="X"), said("cy", 0.5, text="Ｘ")]
    label = first(step("word_cloud", *answers))["words"][0]["label"]
    assert label == "X"
    label = first(step("word_cloud", *reversed(answers)))["words"][0]["label"]
    assert label == "x"


def test_steps_overlap_and_are_listed_as_written():
    late = step("word_cloud", said("ana", 0, text="a"), id="late", opens_at=50, closes_at=60)
    soon = step("word_cloud", said("ana", 45, text="a"), id="soon", opens_at=0, closes_at=60)
    found = play(script(late, soon))
    assert [(one["id"], one["entries"]) for one in found["steps"]] == [("late", 1), ("soon", 1)]


def test_everybody_joins_first_and_the_session_ends_last():
    lines = played(script(step("word_cloud", said("ana", 0, text="a"), opens_at=0))).session
    assert lines.people.keys() == {"ana", "bo", "cy"}
    assert (lines.ended_at - lines.plan.starts_at).total_seconds() == 70


def test_the_session_stays_open_until_its_last_message():
    room = played(script(messages=[said("ana", 0.5, text="a")]))
    assert (room.session.ended_at - room.session.plan.starts_at).total_seconds() == 0.5


def test_an_empty_session_ends_as_it_starts():
    room = played(script())
    assert room.session.ended_at == room.session.plan.starts_at
