import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.contributions import Contribution, Pool, wall, wall_table
from fabrique.domain.text import Invalid, Refused

CARD = {"id": "i1", "text": "Une carte", "by": "ana", "likes": 2}
COLUMNS = [{"title": "A", "cards": [CARD]}, {"title": "B", "cards": []}]


def pool(*ids):
    found = Pool()
    for one in ids:
        name = found.check_new(one)
        found.add(Contribution(name, "texte", "ana"), numbered=one is None)
    return found


def test_next_id_numbers_those_without_one():
    assert list(pool(None, "x", None).items) == ["i1", "x", "i2"]


def test_next_id_passes_over_an_id_already_given():
    assert list(pool("i2", None, None).items) == ["i2", "i1", "i3"]


@given(st.lists(st.none() | st.sampled_from(["i1", "i2", "i3", "x"])))
def test_ids_are_never_given_twice(ids):
    found = Pool()
    for one in ids:
        try:
            name = found.check_new(one)
        except Invalid:
            assert one in found.items
            continue
        assert name not in found.items
        found.add(Contribution(name, "", "ana"), numbered=one is None)


def test_check_new_refuses_an_id_that_is_taken():
    with pytest.raises(Invalid):
        pool("x").check_new("x")


def test_a_second_like_takes_the_first_back():
    found = pool("x")
    found.toggle("x", "bo")
    found.toggle("x", "cy")
    found.toggle("x", "bo")
    assert found.items["x"].likes == {"cy"}
    assert (found.liked_by("cy"), found.liked_by("bo")) == (["x"], [])


def test_toggle_passes_over_what_was_erased():
    found = pool("x")
    found.toggle("gone", "bo")
    assert found == pool("x")


@pytest.mark.parametrize(
    ("by", "allowed", "why"), [("ana", True, "own"), ("bo", False, "likes_off")]
)
def test_check_like_refuses(by, allowed, why):
    with pytest.raises(Refused) as no:
        pool("x").check_like("x", by, allowed=allowed)
    assert no.value.refusal.why == why


def test_check_like_of_an_unknown_contribution_is_invalid_even_where_likes_are_off():
    with pytest.raises(Invalid):
        pool("x").check_like("y", "bo", allowed=False)


def test_wall_table_has_no_column_of_likes_where_there_were_none():
    assert wall_table("T", COLUMNS, likes=True).rows == (("A", "Une carte", "2"),)
    assert wall_table("T", COLUMNS, likes=False).rows == (("A", "Une carte"),)


def test_wall_draws_empty_columns_too():
    assert [(c.title, c.notes) for c in wall(COLUMNS).columns] == [("A", ("Une carte",)), ("B", ())]
