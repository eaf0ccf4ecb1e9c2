"""A change keeps what it does not name, and is never more than it says."""

import pytest

from fabrique.domain.change import changed

STEP = {
    "id": "s",
    "title": "Un",
    "settings": {"scale": 5, "comments": True},
    "questions": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}, {"id": "c", "title": "C"}],
    "options": ["x", "y"],
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, {}),
        ({"title": "Deux"}, {"title": "Deux"}),
        ({"options": ["z"]}, {"options": ["z"]}),
        ({"settings": {"scale": 7}}, {"settings": {"scale": 7, "comments": True}}),
        ({"settings": {"comments": None}}, {"settings": {"scale": 5}}),
        ({"image": {"alt": "Un point"}}, {"image": {"alt": "Un point"}}),
    ],
)
def test_what_is_not_named_stays(change, expected):
    before = repr(STEP)
    assert changed(STEP, change) == STEP | expected
    assert repr(STEP) == before


def test_null_takes_a_key_away():
    assert "settings" not in changed(STEP, {"settings": None})


@pytest.mark.parametrize(
    ("change", "titles"),
    [
        ({"b": {"title": "Autre"}}, ["A", "Autre", "C"]),
        ({"b": None}, ["A", "C"]),
        ({"d": {"title": "D"}}, ["A", "B", "C", "D"]),
        ({"": ["c", "a", "b"]}, ["C", "A", "B"]),
        ({"": ["c"]}, ["C", "A", "B"]),  # somebody else has added those meanwhile
        ({"": ["c", "gone", 5, "c"], "a": None}, ["C", "B"]),
        ({"": ["d", "a", "b", "c"], "d": {"title": "D"}}, ["D", "A", "B", "C"]),
    ],
)
def test_a_list_of_things_is_changed_by_their_ids(change, titles):
    assert [one["title"] for one in changed(STEP, {"questions": change})["questions"]] == titles


def test_two_changes_of_different_things_can_come_in_any_order():
    one = {"questions": {"a": {"title": "Moi"}}}
    other = {"questions": {"b": {"title": "Toi"}}, "title": "Ensemble"}
    assert changed(changed(STEP, one), other) == changed(changed(STEP, other), one)


def test_depth_has_an_end():
    deep = {}
    for _ in range(5000):
        deep = {"a": deep}
    assert changed({}, deep)["a"]


@pytest.mark.parametrize(
    "change", [{"options": {"a": 1}}, {"questions": {"": 5, "a": 5}}, {"id": []}]
)
def test_nonsense_changes_nothing_else(change):
    assert changed(STEP, change)["title"] == "Un"
