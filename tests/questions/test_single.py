import pytest

from fabrique.domain.text import Invalid
from tests.importers.scripts import asked, form, play, question, said, script

OPTIONS = {"options": ["a", "b", "c"]}


def test_single_counts_people_and_shares_of_those_who_chose():
    found = asked(
        "single",
        said("ana", 1, choice=[0]),
        said("bo", 2, choice=[1]),
        said("cy", 3, choice=[]),
        people="ana bo*3 cy*2 dee",
        **OPTIONS,
    )
    assert found == {
        "id": "single",
        "kind": "single",
        "reached": 7,
        "answered": 6,
        "abstained": 2,
        "counts": [1, 3, 0],
        "percent": [25, 75, 0],
        "percent_rule": "largest-remainder",
    }


def test_single_of_equal_counts_is_rounded():
    people = " ".join(f"p{n}" for n in range(14))
    answers = [said(f"p{n}", n, choice=[0 if n < 4 else 1 if n < 8 else 2]) for n in range(14)]
    found = asked("single", *answers, people=people, **OPTIONS)
    assert (found["percent"], found["percent_rule"]) == ([29, 29, 43], "rounded")


def test_single_with_nobody_is_all_0():
    found = asked("single", **OPTIONS)
    assert (found["counts"], found["percent"]) == ([0, 0, 0], [0, 0, 0])
    assert found["percent_rule"] == "largest-remainder"


def test_single_answered_again_replaces_and_may_become_an_abstention():
    found = asked("single", said("ana", 1, choice=[0]), said("ana", 2, choice=[]), **OPTIONS)
    assert (found["counts"], found["answered"], found["abstained"]) == ([0, 0, 0], 1, 1)
    found = asked("single", said("ana", 1, choice=[]), said("ana", 2, choice=[2]), **OPTIONS)
    assert (found["counts"], found["answered"], found["abstained"]) == ([0, 0, 1], 1, 0)


@pytest.mark.parametrize(
    "answer",
    [
        {"choice": [0, 1]},
        {"choice": [3]},
        {"choice": [-1]},
        {"choice": [0, 0]},
        {"choice": 0},
        {"choice": [True]},
        {"choice": [0.0]},
        {"choice": ["0"]},
        {"choice": [None]},
        {},
        {"text": "a"},
        {"choice": [0], "comment": "x"},
        {"choice": [0], "revised": [[0]]},
    ],
)
@pytest.mark.parametrize("settings", [{}, {"min": 2}, {"max": 1, "exclusive": [0]}])
@pytest.mark.parametrize("at", [1, 99])
def test_single_that_no_client_could_send_is_invalid_even_after_closing(answer, settings, at):
    with pytest.raises(Invalid) as no:
        asked("single", said("ana", at, **answer), settings=settings, **OPTIONS)
    assert no.value.where.startswith(".steps[0].questions[0].answers[0]")


def test_single_below_the_minimum_is_refused():
    one = question("single", said("ana", 1, choice=[0]), settings={"min": 2}, **OPTIONS)
    found = play(script(form(one)))
    assert (found["refused"], found["steps"][0]["answered"]) == (1, 0)
