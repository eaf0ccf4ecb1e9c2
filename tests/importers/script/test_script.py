"""The café of October 2022, whole, against the figures that are expected of it."""

import json
from pathlib import Path

import pytest

from fabrique.domain.text import Invalid
from tests.importers.scripts import KINDS, WHOLE, play

CAFE = json.loads((Path(__file__).parents[2] / "data" / "cafe.json").read_text())


@pytest.fixture(scope="module")
def cafe():
    return play(CAFE)


def find(figures, name):
    return next(one for one in figures if one["id"] == name)


def test_cafe_session(cafe):
    totals = {key: cafe[key] for key in ("participants", "messages", "slides", "refused")}
    assert totals == {"participants": 71, "messages": 6, "slides": 8, "refused": 0}
    assert {one["joined"] for one in cafe["steps"]} == {71}


def test_cafe_challenge(cafe):
    expected = CAFE["expected"]["defi"]
    found = find(cafe["steps"], "defi")
    assert found["winners"] == [expected["winner"]]
    for key in ("seconds", "attempts", "answered", "participation_percent"):
        assert found[key] == expected[key]


@pytest.mark.parametrize("name", ["notoriete", "usages"])
def test_cafe_questionnaires(cafe, name):
    found, expected = find(cafe["steps"], name), CAFE["expected"][name]
    assert (found["answered"], len(found["questions"])) == (
        expected["answered"],
        expected["questions"],
    )


@pytest.mark.parametrize("name", ["u2", "u3"])
def test_cafe_percentages_add_up_where_the_old_tool_printed_101(cafe, name):
    found = find(find(cafe["steps"], "usages")["questions"], name)
    expected = CAFE["expected"]["usages"][name]
    assert found["answered"] == expected["n"] == sum(found["counts"])
    assert (found["counts"], found["percent"]) == (expected["counts"], expected["percent"])
    assert sum(found["percent"]) == 100


def test_cafe_ranking_and_rating(cafe):
    questions = find(cafe["steps"], "usages")["questions"]
    assert find(questions, "u5")["order"] == CAFE["expected"]["usages"]["u5"]["order"]
    assert find(questions, "u6")["mean"] == CAFE["expected"]["usages"]["u6"]["mean"]


def test_cafe_words_ideas_and_board(cafe):
    assert find(cafe["steps"], "mot")["entries"] == CAFE["expected"]["mot"]["entries"]
    assert len(find(cafe["steps"], "enjeux")["ideas"]) == CAFE["expected"]["enjeux"]["ideas"]
    board = find(cafe["steps"], "rapport")
    assert sum(len(column["cards"]) for column in board["columns"]) == 107
    assert board["answered"] == CAFE["expected"]["rapport"]["people"]


def test_cafe_vote(cafe):
    found, expected = find(cafe["steps"], "avis"), CAFE["expected"]["avis"]
    assert (found["answered"], found["joined"]) == (expected["n"], expected["of"])
    assert found["mean"] == expected["mean"]


def test_two_readings_give_the_same_figures(cafe):
    assert play(CAFE) == cafe
    assert play(WHOLE) == play(json.dumps(WHOLE, ensure_ascii=False, indent=1).encode())


def test_every_kind_of_the_house_is_in_the_whole_script():
    used = {one["kind"] for one in WHOLE["steps"]}
    assert used == {name for name, kind in KINDS.items() if kind.scripted and not kind.always}


def test_invalid_says_where():
    broken = json.loads(json.dumps(CAFE))
    broken["steps"][3]["answers"][12]["column"] = 3
    with pytest.raises(Invalid) as no:
        play(broken)
    assert no.value.where == ".steps[3].answers[12].column"
