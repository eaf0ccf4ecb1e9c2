import pytest

from bench.budgets import JOIN, PHONE, Budget
from bench.weigh import Weighed


@pytest.mark.parametrize(
    ("value", "least", "kept"),
    [(30, False, True), (30.1, False, False), (30, True, True), (29.9, True, False)],
)
def test_a_budget_is_kept_up_to_its_limit(value, least, kept):
    budget = Budget("join_kb", value, "KB", 30, least)
    assert budget.data()["kept"] is kept
    assert ("over" in budget.row()) is not kept


def test_a_page_that_is_too_heavy_is_over_in_all_that_was_asked():
    found = {one.name: one.kept for one in JOIN.over("join", Weighed(160, 20, 30.1))}
    assert found == {
        "join_kb": False,
        "join_requests": False,
        "join_nodes": False,
        "join_ecoindex": False,
    }
    assert all(one.kept for one in PHONE.over("phone", Weighed(380, 8, 100)))
