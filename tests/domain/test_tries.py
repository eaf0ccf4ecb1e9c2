from datetime import UTC, datetime, timedelta
from fractions import Fraction

from fabrique.domain.tries import Try, first_right, median_seconds, right, seconds, winners

START = datetime(2026, 3, 9, tzinfo=UTC)


def tries(*rows):
    return [Try(by, START + timedelta(seconds=at), "x", ok) for by, at, ok in rows]


def test_winners_are_the_first_right_and_equal_times_share():
    found = tries(("ana", 1, False), ("cy", 2, True), ("bo", 2, True), ("ana", 2.000001, True))
    assert winners(found) == ["cy", "bo"]
    assert first_right(found) == START + timedelta(seconds=2)
    assert right(found) == {"ana", "bo", "cy"}


def test_a_winner_who_answers_twice_at_once_wins_once():
    assert winners(tries(("ana", 1, True), ("ana", 1, True))) == ["ana"]


def test_nobody_right_has_no_winner():
    assert (winners(tries(("ana", 1, False))), first_right([])) == ([], None)


def test_seconds_are_exact():
    assert seconds(START, START + timedelta(microseconds=1)) == Fraction(1, 1_000_000)


def test_median_counts_each_person_at_their_first_right_answer():
    found = tries(("ana", 2, True), ("ana", 30, True), ("bo", 5, True), ("cy", 1, False))
    assert median_seconds(START, found) == 3.5
