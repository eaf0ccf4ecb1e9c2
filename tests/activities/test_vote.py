import pytest

from fabrique.domain.text import Invalid
from tests.importers.scripts import first, play, said, script, step

SCALE = {"settings": {"scale": 5}}
OPTIONS = {"options": ["a", "b"]}
COMMON = {"id": "vote", "kind": "vote", "title": "Titre", "run": "r2"}


def test_vote_by_scale():
    answers = [said("ana", 1, value=4), said("bo", 1, value=5, revised=[2, 4, 5])]
    assert first(step("vote", *answers, **SCALE), people="ana bo*2 cy") == {
        **COMMON,
        "joined": 4,
        "answered": 3,
        "abstained": 0,
        "entries": 4,
        "mean": "4.7",
        "median": 5,
        "distribution": [0, 0, 0, 1, 2],
        "no_opinion": 0,
        "comments": 0,
        "revised": 2,
    }


def test_vote_by_options():
    answers = [said("ana", 1, choice=[1], revised=[[0], [1]]), said("bo", 1, choice=[])]
    assert first(step("vote", *answers, **OPTIONS)) == {
        **COMMON,
        "joined": 3,
        "answered": 2,
        "abstained": 1,
        "entries": 3,
        "counts": [0, 1],
        "percent": [0, 100],
        "percent_rule": "largest-remainder",
        "revised": 1,
    }


def test_vote_without_opinion_is_no_abstention():
    found = first(step("vote", said("ana", 1, value=None), **SCALE))
    assert (found["no_opinion"], found["abstained"], found["answered"]) == (1, 0, 1)


def test_vote_takes_empty_settings_beside_options():
    assert first(step("vote", settings={}, **OPTIONS))["counts"] == [0, 0]


@pytest.mark.parametrize("own", [{}, {**SCALE, **OPTIONS}, {"settings": {}}, {"options": []}])
def test_vote_with_both_or_neither_is_invalid(own):
    with pytest.raises(Invalid):
        first(step("vote", **own))


@pytest.mark.parametrize(
    ("own", "answer"),
    [
        (SCALE, {"choice": [0]}),
        (SCALE, {"value": 6}),
        (SCALE, {"value": 3, "comment": "x"}),
        (SCALE, {"value": 3, "choice": [0]}),
        (SCALE, {"value": 3, "revised": [3, 2]}),
        (SCALE, {"value": 1, "revised": [True]}),
        (SCALE, {}),
        (OPTIONS, {"value": 1}),
        (OPTIONS, {"value": None}),
        (OPTIONS, {"choice": [0, 1]}),
        (OPTIONS, {"choice": [2]}),
        (OPTIONS, {"choice": [1], "revised": [[0, 1], [1]]}),
        (OPTIONS, {"choice": [1], "revised": [0, 1]}),
        (OPTIONS, {"choice": [], "revised": []}),
    ],
)
@pytest.mark.parametrize("at", [1, 99])
def test_vote_that_no_client_could_send_is_invalid(own, answer, at):
    with pytest.raises(Invalid) as no:
        first(step("vote", said("ana", at, **answer), **own))
    assert no.value.where.startswith(".steps[0].answers[0]")


def test_vote_after_closing_is_refused():
    found = play(script(step("vote", said("ana", 60, value=1), said("bo", 59, value=2), **SCALE)))
    assert (found["refused"], found["steps"][0]["answered"]) == (1, 1)
