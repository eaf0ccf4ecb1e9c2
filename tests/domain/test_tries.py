from datetime import UTC, datetime, timedelta
from fractions import Fraction

from fabrique.domain.tries import Try, brought, first_right, median_seconds, right, seconds, winners

START = datetime(2026, 3, 9, tzinfo=UTC)


def tries(*rows):
    return [Try(by, START + timedelta(seconds=at), "x", ok) for by, at, ok in rows]


def test_winners_are_the_first_right_and_equal_times_share():
    found = tries(("ana", 1, False), ("cy", 2, True), ("bo", 2, True), ("ana", 2.000001, True))
    assert winners(START, found) == ["cy", "bo"]
    assert first_right(START, found) == 2
    assert right(found) == {"ana", "bo", "cy"}


def test_a_winner_who_answers_twice_at_once_wins_once():
    assert winners(START, tries(("ana", 1, True), ("ana", 1, True))) == ["ana"]


def test_nobody_right_has_no_winner():
    assert winners(START, tries(("ana", 1, False))) == []
    assert first_right(START, []) is None


def test_seconds_are_exact():
    assert seconds(START, START + timedelta(microseconds=1)) == Fraction(1, 1_000_000)


def test_median_counts_each_person_at_their_first_right_answer():
    found = tries(("ana", 2, True), ("ana", 30, True), ("bo", 5, True), ("cy", 1, False))
    assert median_seconds(START, found) == 3.5


def test_groups_that_began_apart_are_compared_by_their_own_clocks():
    early = brought(START, tries(("ana", 9, True)))
    late = brought(START + timedelta(seconds=60), tries(("bo", 65, True), ("cy", 69, True)))
    plenary = START + timedelta(seconds=300)
    found = [*early, *late]
    assert (winners(plenary, found), first_right(plenary, found)) == (["bo"], 5)
    assert median_seconds(plenary, found) == 9
