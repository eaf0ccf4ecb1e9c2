import pytest

from fabrique.domain.definitions import definition_data, plan_data, read_definition, read_plan
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid
from tests.importers.scripts import KINDS, WHOLE
from tests.importers.scripts import played as play

STEP = {"kind": "vote", "id": "v", "title": "T", "settings": {"scale": 5}}


def test_definition_data_is_read_back_equal():
    definition = read_definition(STEP, KINDS)
    assert definition_data(definition) == STEP
    assert read_definition(definition_data(definition), KINDS) == definition


def test_plan_data_is_read_back_equal():
    plan = play(WHOLE).session.plan
    assert read_plan(plan_data(plan), KINDS) == plan


@pytest.mark.parametrize("kind", ["dance", "", None, [], 5, {"a": 1}])
def test_read_definition_refuses_a_kind_that_does_not_exist(kind):
    with pytest.raises(Invalid, match="Unknown activity kind"):
        read_definition({**STEP, "kind": kind}, KINDS, ".steps[0]")


@pytest.mark.parametrize(
    ("step", "where"),
    [
        ({**STEP, "settings": {"scale": 1}}, ".steps[0].settings.scale"),
        ({**STEP, "options": ["a"]}, ".steps[0]"),
        ({"kind": "challenge", "id": "c", "title": "T"}, ".steps[0]"),
    ],
)
def test_read_definition_says_where_it_does_not_fit(step, where):
    with pytest.raises(Invalid) as no:
        read_definition(step, discover("fabrique.activities"), ".steps[0]")
    assert no.value.where == where
