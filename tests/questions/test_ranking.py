from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.text import Invalid
from fabrique.questions.ranking import mean_ranks, pairwise_winner
from tests.importers.scripts import asked, said

A, B, C = 0, 1, 2
ABC = {"options": ["A", "B", "C"]}
TOP = {"settings": {"top": 3}, **ABC}
# live-activities 3.4: ballots, points by the average of the remaining ones.
FIVE = [[A], [A], [B, A], [B, C, A], [B, C, A]]
SIX = [[A], [A], [B, A], [B, C, A], [B, C, A], [B, C, A]]


def ranked(ballots, **own):
    people = " ".join(f"p{n}" for n in range(len(ballots)))
    answers = [said(f"p{n}", n, order=order) for n, order in enumerate(ballots)]
    return asked("ranking", *answers, people=people, **own)


@pytest.mark.parametrize(
    ("ballots", "points", "ranks"),
    [(FIVE, (10, 12), ["2.00", "1.60", "2.40"]), (SIX, (11, 15), ["2.17", "1.50", "2.33"])],
)
def test_ranking_of_the_reference(ballots, points, ranks):
    found = ranked(ballots, **TOP)
    exact = mean_ranks([(tuple(one), 1) for one in ballots], 3)
    assert tuple(len(ballots) * (4 - rank) for rank in exact[:2]) == points
    assert found["mean_rank"] == ranks
    assert found["order"] == [B, A, C]
    assert found["ties"] == []
    assert found["pairwise_winner"] == B
    assert found["first_places"] == [2, len(ballots) - 2, 0]


def test_ranking_sums_heads():
    answers = [said("ana", 1, order=[0, 1, 2]), said("bo", 2, order=[2, 1, 0])]
    found = asked("ranking", *answers, people="ana bo*3", **ABC)
    assert found["mean_rank"] == ["2.50", "2.00", "1.50"]
    assert (found["first_places"], found["pairwise_winner"]) == ([1, 0, 3], 2)


def test_ranking_says_ties_in_option_order():
    found = ranked([[A, B, C], [C, B, A]], **ABC)
    assert (found["order"], found["ties"]) == ([A, B, C], [[A, B, C]])
    assert found["pairwise_winner"] is None


def test_ranking_ties_are_exact_and_not_of_printed_figures():
    people = "ana*200 bo*199"
    answers = [said("ana", 1, order=[A, B]), said("bo", 2, order=[B, A])]
    found = asked("ranking", *answers, people=people, options=["A", "B"])
    assert (found["mean_rank"], found["ties"]) == (["1.50", "1.50"], [])
    assert (found["order"], found["pairwise_winner"]) == ([A, B], A)


def test_ranking_of_nobody_is_in_option_order_all_tied():
    found = asked("ranking", **ABC)
    assert {key: found[key] for key in ("order", "ties", "mean_rank", "first_places")} == {
        "order": [0, 1, 2],
        "ties": [[0, 1, 2]],
        "mean_rank": [None, None, None],
        "first_places": [0, 0, 0],
    }
    assert found["pairwise_winner"] is None


def test_ranking_of_one_option():
    found = ranked([[0]], options=["A"])
    assert (found["order"], found["ties"], found["mean_rank"]) == ([0], [], ["1.00"])
    assert asked("ranking", options=["A"])["ties"] == []


def test_ranking_nothing_is_an_abstention():
    found = ranked([[], [A, B]], **TOP)
    assert (found["answered"], found["abstained"]) == (2, 1)
    assert found["mean_rank"] == ["1.00", "2.00", "3.00"]


@pytest.mark.parametrize(
    ("order", "settings"),
    [
        ([], {}),
        ([0, 1], {}),
        ([0, 1, 1], {}),
        ([0, 1, 3], {}),
        ([0, 1, 2, 0], {}),
        ([0, 1], {"top": 1}),
        ([0, 0], {"top": 2}),
        ([3], {"top": 2}),
        ([True], {"top": 2}),
        ([0.0], {"top": 2}),
        ("012", {"top": 2}),
    ],
)
@pytest.mark.parametrize("at", [1, 99])
def test_ranking_that_is_no_order_is_invalid(order, settings, at):
    with pytest.raises(Invalid):
        asked("ranking", said("ana", at, order=order), settings=settings, **ABC)


@pytest.mark.parametrize("top", [0, -1, 1.5, True, "2"])
def test_ranking_with_a_top_that_cannot_be_is_invalid(top):
    with pytest.raises(Invalid):
        asked("ranking", settings={"top": top}, **ABC)


BALLOTS = st.lists(
    st.tuples(st.lists(st.integers(0, 3), min_size=1, unique=True).map(tuple), st.integers(1, 4))
)


@given(BALLOTS)
def test_mean_ranks_always_add_up_to_those_of_a_complete_ballot(ballots):
    ranks = mean_ranks(ballots, 4)
    assert ranks == [None] * 4 if not ballots else sum(ranks) == Fraction(10)


@given(BALLOTS)
def test_pairwise_winner_beats_each_other_option(ballots):
    def prefer(a, b):
        place = {order: {i: n for n, i in enumerate(order)} for order, _ in ballots}
        return sum(n for o, n in ballots if place[o].get(a, 9) < place[o].get(b, 9))

    expected = [
        a
        for a in range(4)
        if ballots and all(prefer(a, b) > prefer(b, a) for b in range(4) if b != a)
    ]
    assert pairwise_winner(ballots, 4) == (expected[0] if expected else None)
