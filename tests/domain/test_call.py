from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from fabrique.domain.call import NEXT, Asked, State, Window, answers, lines, move, questions, window
from fabrique.domain.text import Invalid

NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)
ASKED = (
    Asked(id="why", title="Pourquoi ?", required=True),
    Asked(id="one", title="Laquelle ?", options=("a", "b")),
    Asked(id="many", title="Lesquelles ?", options=("a", "b"), several=True),
)


def test_a_call_is_open_from_its_first_moment_until_its_last():
    closes = NOON + timedelta(days=1)
    found = [window(NOON, closes, NOON + timedelta(days=n)) for n in (-1, 0, 1)]
    assert found == [Window.COMING, Window.OPEN, Window.CLOSED]


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_a_contribution_goes_only_where_the_rules_lead(before, after):
    if after in NEXT[before]:
        assert move(before.value, after) is after
    else:
        with pytest.raises(Invalid, match="cannot become"):
            move(before.value, after)


def test_a_draft_may_miss_an_answer_and_what_is_sent_may_not():
    given = {"one": ["b"], "many": ["a", "c"], "why": ["  "], "else": ["x"]}
    assert answers(ASKED, given, whole=False) == {"one": "b", "many": ["a"]}
    with pytest.raises(Invalid, match="awaits an answer"):
        answers(ASKED, given, whole=True)


def test_options_are_read_a_line_each_and_once():
    assert lines(" a \n\nb\na\n") == ("a", "b")
    assert questions([{"id": "q", "title": "Quoi ?"}]) == (Asked(id="q", title="Quoi ?"),)
