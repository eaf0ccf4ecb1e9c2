from fabrique.domain.results import ordered_runs, results
from fabrique.domain.session import Session
from tests.importers.scripts import KINDS, WHOLE, play, played

COMMON = {"id", "kind", "title", "run", "joined", "answered", "abstained", "entries"}
CHOICES = {"counts", "percent", "percent_rule"}
GRADES = {"mean", "median", "distribution", "no_opinion", "comments", "revised"}
OWN = {
    "c": {"attempts", "right", "winners", "seconds", "participation_percent"},
    "questionnaire": {"questions"},
    "v": {*CHOICES, "revised"},
    "w": GRADES,
    "word_cloud": {"words"},
    "ideas": {"ideas", "duplicates"},
    "board": {"columns"},
    "p": set(),
}


def test_results_have_the_keys_of_each_kind():
    found = play(WHOLE)
    assert {one["id"]: set(one) - COMMON for one in found["steps"]} == OWN
    keys = {"format", "title", "participants", "refused", "messages", "slides", "steps"}
    assert set(found) == keys


def test_results_have_the_keys_of_each_question():
    questions = play(WHOLE)["steps"][1]["questions"]
    common = {"id", "kind", "reached", "answered", "abstained"}
    ranks = {"order", "ties", "mean_rank", "first_places", "pairwise_winner"}
    assert {one["kind"]: set(one) - common for one in questions} == {
        "single": CHOICES,
        "multiple": CHOICES,
        "open": {"texts"},
        "ranking": ranks,
        "rating": GRADES,
    }


def test_results_of_a_session_not_begun_are_empty():
    plan = played(WHOLE).session.plan
    found = results(Session(plan), KINDS)
    assert (found["participants"], found["messages"], found["slides"], found["steps"]) == (
        0,
        0,
        0,
        [],
    )


def test_ordered_runs_leave_out_what_is_beside_the_running_order():
    session = played(WHOLE).session
    assert [run.definition.id for run in ordered_runs(session)] == list(OWN)
