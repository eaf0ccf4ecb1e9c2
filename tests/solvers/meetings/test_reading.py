import json

import pytest

from fabrique.__main__ import main
from fabrique.domain.solution import Impossible
from fabrique.domain.text import Invalid
from fabrique.solvers.meetings.counting import narrowed, shortage
from fabrique.solvers.meetings.declared import read_declared
from fabrique.solvers.meetings.reading import read_instance

INSTANCE = """nBusiness = 3;
nMeetings = 2;
nTables = 1;
nTotalSlots = 3;
nMorningSlots = 2;
requested = [|1, 2,1,
|1, 3,3,
|];
meetingsxBusiness = [{1,2,3},
{1,2},
{1,3}];
forbidden = [{0},
{1},
{}];
fixed = [0,0];
precedences = [{},
{1}];
"""
FORM = {
    "format": "fabrique.meetings/1",
    "slots": [{}, {"break": True}, {"half": "afternoon"}],
    "tables": 1,
    "people": [{"id": "ana"}, {"id": "ben"}, {"id": "cem"}],
    "wishes": [{"from": "ana", "to": "ben"}, {"from": "cem", "to": "ben"}],
}


def test_a_meeting_may_be_where_both_are_available_and_its_half_day_is():
    problem = read_instance(INSTANCE.encode())
    assert [one.slots for one in problem.meetings] == [(1,), (0, 1, 2)]
    assert problem.before == ((0, 1),)
    assert [one.slots for one in narrowed(problem).meetings] == [(1,), (2,)]


@pytest.mark.parametrize("line", range(len(INSTANCE.splitlines())))
def test_an_instance_cut_short_at_any_line_is_refused(line, tmp_path, capsys):
    path, out = tmp_path / "cut.dzn", tmp_path / "plan.json"
    path.write_text("\n".join(INSTANCE.splitlines()[:line]))
    assert main(["plan", "meetings", str(path), "--out", str(out)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nTables = 1", "nTables = 0", "nTables"),
        ("nTables = 1", "nTables = ", "nTables"),
        ("|1, 2,1,", "|1, 4,1,", "requested, entry 1"),
        ("|1, 2,1,", "|1, 1,1,", "requested, entry 1"),
        ("|1, 2,1,", "|1, 2,", "requested, entry 1"),
        ("fixed = [0,0]", "fixed = [0,9]", "fixed, entry 2"),
        ("fixed = [0,0]", "fixed = [0]", "fixed has 1 entries, 2"),
        ("forbidden = [{0}", "forbidden = [{7}", "forbidden, entry 1"),
        ("{1}];\n", "{3}];\n", "precedences, entry 2"),
        ("nTables = 1;", "nTables = 1; nTables = 1;", "twice"),
    ],
)
def test_what_does_not_fit_is_named(old, new, said):
    before, _, after = INSTANCE.rpartition(old)
    with pytest.raises(Invalid, match=said):
        read_instance((before + new + after).encode())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "nTotalSlots = 3;\nnMorningSlots = 2",
            "nTotalSlots = 1;\nnMorningSlots = 1",
            "aucun créneau où les deux",
        ),
        ("fixed = [0,0]", "fixed = [2,2]", "2 rendez-vous, 1 créneaux"),
        ("fixed = [0,0]", "fixed = [2,1]", "doivent se suivre"),
        ("precedences = [{},", "precedences = [{2},", "doivent se suivre"),
        ("{1},\n{}", "{1,2},\n{}", "aucun créneau où les deux"),
    ],
)
def test_what_counting_rules_out_is_said_at_once(old, new, said, tmp_path, capsys):
    assert old in INSTANCE
    path, out = tmp_path / "day.dzn", tmp_path / "plan.json"
    path.write_text(INSTANCE.replace(old, new))
    assert main(["plan", "meetings", str(path), "--out", str(out)]) == 3
    told = capsys.readouterr().err.replace("\N{NO-BREAK SPACE}", " ")
    assert said in told
    assert len(told.splitlines()) == 1
    assert not out.exists()


def test_more_meetings_than_tables_are_counted():
    text = INSTANCE.replace("|1, 3,3", "|3, 2,1").replace("{1}];\n", "{}];\n")
    text = text.replace("fixed = [0,0]", "fixed = [2,0]").replace("{1},\n{}];\nf", "{1},\n{1}];\nf")
    with pytest.raises(Impossible):
        narrowed(read_instance(text.encode()))


def test_a_shortage_is_meetings_and_all_their_slots():
    assert shortage({1: [0, 1], 2: [1], 3: [2, 0]}, 1) is None
    assert shortage({1: [0, 1], 2: [1], 3: [1, 0], 4: [2]}, 1) == ([1, 2, 3], [0, 1])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"people": [{"id": "ana"}, {"id": "ana"}]}, "twice"),
        ({"people": [{"id": "ana"}, {"id": " "}]}, "blank"),
        ({"people": [{"id": "ana", "away": [4]}, {"id": "ben"}]}, "no such slot"),
        ({"people": [{"id": "ana", "table": 2}, {"id": "ben"}]}, "no such table"),
        ({"people": [{"id": "ana", "table": 1}, {"id": "ben", "table": 1}]}, "same table"),
        ({"wishes": [{"from": "ana", "to": "eva"}]}, "eva"),
        ({"wishes": [{"from": "ana", "to": "ana"}]}, "themself"),
        ({"wishes": [{"from": "ana", "to": "ben"}] * 2}, "twice"),
        ({"wishes": [{"from": "ana", "to": "ben", "slot": 2}]}, "no such slot"),
        ({"wishes": [{"from": "ana", "to": "ben", "after": [1]}]}, "no such wish"),
        ({"wishes": [{"from": "ana", "to": "ben", "accepted": False}]}, "No wish"),
        ({"slots": [{"half": "afternoon"}, {}]}, "morning"),
        ({"slots": [{"break": True}]}, "slots"),
        ({"colour": 1}, "colour"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_with_its_place(change, said):
    with pytest.raises(Invalid, match=said):
        read_declared(json.dumps(FORM | change).encode())


def test_a_form_cut_short_is_refused():
    with pytest.raises(Invalid, match="cut short"):
        read_declared(json.dumps(FORM).encode()[:-1])
