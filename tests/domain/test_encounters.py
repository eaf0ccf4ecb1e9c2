from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain import encounters
from fabrique.domain.encounters import Prices, Tally

ROUNDS = [
    [["a", "b", "c"], ["d", "e", "f"]],
    [["a", "b", "d"], ["c", "e", "f"]],
]
TRADES = {
    "a": {"trade": "son"},
    "b": {"trade": "son"},
    "c": {"trade": "lumière"},
    "d": {"trade": "lumière"},
    "e": {},
    "f": {"trade": "son"},
}


def test_who_meets_again_is_named_with_the_rounds():
    assert encounters.again(ROUNDS) == [("a", "b", [1, 2]), ("e", "f", [1, 2])]


def test_a_tally_counts_repeats_and_pairs_alike_and_an_unknown_value_is_like_none():
    assert encounters.tally(ROUNDS, TRADES, {"trade": 3}) == Tally(repeats=2, mix=6)


def test_a_route_has_a_table_a_round_and_none_where_one_sits_nowhere():
    rounds = [[["a", "b"], ["c"]], [["c", "b"], []]]
    assert encounters.routes(rounds) == {"a": [1, 0], "b": [1, 1], "c": [2, 1]}


def test_who_moves_is_told_by_round():
    after = encounters.swapped(ROUNDS, 2, "b", "c")
    assert after[0] == ROUNDS[0]
    assert encounters.moved(ROUNDS, after) == {"b": [2], "c": [2]}


def test_every_pair_is_counted_once_by_how_often_it_meets():
    assert encounters.reach(ROUNDS) == encounters.Reach(never=5, once=8, more=2)
    assert encounters.company(ROUNDS, "a") == [["b", "c"], ["b", "d"]]


def plans():
    """Plans of nine people at three tables, each round in an order of its own."""
    people = list("abcdefghi")
    orders = st.lists(st.permutations(people), min_size=1, max_size=4)
    return orders.map(
        lambda found: [[list(one[0:3]), list(one[3:6]), list(one[6:9])] for one in found]
    )


VALUES = st.dictionaries(
    st.sampled_from("abcdefghi"),
    st.dictionaries(st.sampled_from(["trade", "level"]), st.sampled_from(["x", "y", ""])),
)


@given(plans(), VALUES, st.data())
def test_the_price_of_a_move_is_what_counting_anew_would_find(rounds, values, data):
    weights = {"trade": 3, "level": 2}
    number = data.draw(st.integers(1, len(rounds)))
    one, other = data.draw(st.permutations("abcdefghi"))[:2]
    place = data.draw(st.integers(1, 3))
    priced = Prices(rounds, number, values, weights)
    before = encounters.tally(rounds, values, weights)
    for price, after in (
        (priced.swap(one, other), encounters.swapped(rounds, number, one, other)),
        (priced.seat(one, place), encounters.seated(rounds, number, one, place)),
    ):
        found = encounters.tally(after, values, weights)
        assert (price.repeats, price.mix) == (
            found.repeats - before.repeats,
            found.mix - before.mix,
        )
