import pytest

from fabrique.domain.text import Invalid
from tests.importers.scripts import asked, form, play, question, said, script

OPTIONS = {"options": ["a", "b", "c", "rien"]}
RULES = {"min": 2, "max": 2, "exclusive": [3]}


def test_multiple_shares_are_of_people_who_chose_half_up():
    found = asked(
        "multiple",
        said("ana", 1, choice=[0, 1]),
        said("bo", 2, choice=[1]),
        said("cy", 3, choice=[]),
        people="ana bo*7 cy",
        **OPTIONS,
    )
    assert found == {
        "id": "multiple",
        "kind": "multiple",
        "reached": 9,
        "answered": 9,
        "abstained": 1,
        "counts": [1, 8, 0, 0],
        "percent": [13, 100, 0, 0],
        "percent_rule": "of-respondents",
    }


@pytest.mark.parametrize("answers", [[], [said("ana", 1, choice=[])]])
def test_multiple_when_nothing_is_chosen_is_all_0(answers):
    found = asked("multiple", *answers, **OPTIONS)
    assert (found["percent"], found["percent_rule"]) == ([0, 0, 0, 0], "largest-remainder")


@pytest.mark.parametrize(
    ("choice", "refused"),
    [([0, 1], 0), ([], 0), ([3], 0), ([0], 1), ([0, 1, 2], 1), ([0, 3], 1), ([3, 0, 1], 1)],
)
def test_multiple_within_its_limits(choice, refused):
    one = question("multiple", said("ana", 1, choice=choice), settings=RULES, **OPTIONS)
    found = play(script(form(one)))
    assert (found["refused"], found["steps"][0]["entries"]) == (refused, 1 - refused)


def test_multiple_refused_leaves_the_answer_before():
    answers = [said("ana", 1, choice=[0, 1]), said("ana", 2, choice=[2])]
    assert asked("multiple", *answers, settings=RULES, **OPTIONS)["counts"] == [1, 1, 0, 0]


@pytest.mark.parametrize("choice", [[4], [1, 1], [0, 1, 2, 4]])
def test_multiple_out_of_range_or_twice_is_invalid(choice):
    with pytest.raises(Invalid):
        asked("multiple", said("ana", 1, choice=choice), settings=RULES, **OPTIONS)


@pytest.mark.parametrize(
    "settings", [{"exclusive": [4]}, {"min": -1}, {"max": "2"}, {"min": True}, {"most": 2}]
)
def test_multiple_with_settings_that_cannot_be_is_invalid(settings):
    with pytest.raises(Invalid) as no:
        asked("multiple", settings=settings, **OPTIONS)
    assert no.value.where.startswith(".steps[0].questions[0].settings")
