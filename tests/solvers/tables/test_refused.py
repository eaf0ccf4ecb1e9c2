"""What cannot be read or cannot be is said in one sentence, with its place; nothing is written."""

from __future__ import annotations

import json

import pytest

from fabrique.domain.solution import Impossible
from fabrique.domain.text import Invalid
from fabrique.solvers.tables.asked import Asked, ask
from fabrique.solvers.tables.reading import Source
from tests.commands.test_replay import fabrique

SIX = "id,trade\na,x\nb,y\nc,x\nd,y\ne,x\nf,y\n"


def asked(people=SIX, **given):
    files = ("apart", "together", "hosts", "absent", "late", "locked")
    sources = {name: Source(name, given.pop(name).encode()) for name in files if name in given}
    figures = {"tables": 2, "rounds": 2} | given
    return ask(Asked(people=Source("people", people.encode()), **figures, **sources))


def document(rounds):
    return json.dumps({"format": "fabrique.plan/1", "kind": "tables", "rounds": rounds})


PLAN = document([[["a", "b", "c"], ["d", "e", "f"]], [["a", "d", "e"], ["b", "c", "f"]]])


@pytest.mark.parametrize(
    ("given", "said", "where"),
    [
        ({"people": "id,trade\na,x\n,y\n"}, "This line has no id.", "people:3"),
        ({"people": "id,trade\na,x\na,y\n"}, "a stands on line 2 already.", "people:3"),
        (
            {"people": "id,trade\na,x\nb,x\n"},
            "Everybody has the same in the column “trade”.",
            "people",
        ),
        ({"people": ""}, "This file is empty.", "people"),
        ({"people": "id,x,x\na,1,2\n"}, "Two columns have the name “x”.", "people:1"),
        ({"mix": "trades=3"}, "There is no column “trades” to mix.", "--mix"),
        ({"mix": "trade=-1"}, "The weight of “trade” is a whole number from 0 to 1000.", "--mix"),
        ({"rounds": 0}, "There are from 1 to 200 rounds.", ""),
        ({"rounds": None}, "How many rounds? --rounds says it.", ""),
        ({"tables": None}, "How many tables? --tables or --size says it.", ""),
        ({"tables": 0}, "There is one table at least.", ""),
        ({"apart": "a,z\n"}, "Nobody has the id z.", "apart:1"),
        ({"apart": "a,\n"}, "Cells wanted on this line: 2.", "apart:1"),
        ({"apart": "a,b\nc,c\n"}, "c stands twice on this line.", "apart:2"),
        ({"hosts": "a,3\n"}, "There is no table 3 among the 2.", "hosts:1"),
        ({"played": 1}, "--played goes with --locked.", ""),
        ({"locked": PLAN}, "How many rounds are over? --played says it.", ""),
        (
            {"locked": PLAN[:-9], "played": 1},
            "This file is not JSON, or it is cut short.",
            "locked",
        ),
        (
            {"locked": PLAN, "played": 1, "late": "a\n"},
            "a is in the plan already, and cannot come late.",
            "late:1",
        ),
        ({"locked": PLAN, "played": 1, "absent": "z\n"}, "Nobody has the id z.", "absent:1"),
        (
            {"locked": PLAN, "played": 1, "people": SIX + "g,x\n"},
            "g is neither in the plan nor among those who come late.",
            "people:8",
        ),
        (
            {
                "locked": PLAN.replace("f", "z")
                .replace("zabrique", "fabrique")
                .replace("zormat", "format"),
                "played": 1,
            },
            "z sits in the plan, and is not among the people.",
            "people",
        ),
        (
            {"locked": document([[["a", "b"], ["a", "d"]]]), "played": 0, "rounds": 1},
            "a sits twice in round 1.",
            "locked",
        ),
    ],
)
def test_bad_input(given, said, where):
    with pytest.raises(Invalid) as found:
        asked(**given)
    assert (str(found.value), found.value.where) == (said, where)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"size": 2}, "6 people do not fit: 2 tables of 2 have 4 seats."),
        ({"tables": 7}, "7 tables are more than the 6 people."),
        (
            {"together": "a,b\nb,c\nc,d\n"},
            "a, b, c, d cannot stay together: they are 4, and a table has 3 seats.",
        ),
        ({"together": "a,b\n", "apart": "b,a\n"}, "a and b are to be apart and together."),
        (
            {"together": "a,b\nb,c\n", "apart": "a,c\n"},
            "a and c are to be apart, and together by a, b, c.",
        ),
        ({"hosts": "a,1\na,2\n"}, "a cannot host table 1 and table 2."),
        (
            {"hosts": "a,1\nb,2\n", "together": "a,b\n"},
            "a and b stay together, and host tables 1, 2.",
        ),
        (
            {"hosts": "a,1\nb,1\n", "apart": "a,b\n"},
            "a and b are to be apart, and both host table 1.",
        ),
        ({"hosts": "a,1\nb,1\nc,1\nd,1\n"}, "4 hosts at table 1, which has 3 seats."),
        (
            {"together": "a,b\nc,d\ne,f\n"},
            "The 3 groups that stay together do not fit at 2 tables of 3.",
        ),
        (
            {"hosts": "a,1\nb,1\n", "together": "a,c\nb,d\n"},
            "Who hosts table 1 and who stays with them are more than its 3 seats.",
        ),
        ({"locked": PLAN, "played": 3}, "3 rounds cannot be over: the plan has 2."),
        (
            {"locked": PLAN, "played": 1, "absent": "a\n", "late": "a\n"},
            "a cannot be absent and come late at once.",
        ),
        (
            {"locked": PLAN, "played": 1, "size": 3, "late": "g\n"},
            "7 people do not fit: 2 tables of 3 have 6 seats.",
        ),
    ],
)
def test_contradictions(given, said):
    with pytest.raises(Impossible) as found:
        asked(**given)
    assert str(found.value) == said


@pytest.mark.parametrize(("size", "code"), [("2", 3), ("0", 2)])
def test_the_command_ends_with_a_code_and_writes_nothing(tmp_path, size, code):
    people = tmp_path / "people.csv"
    people.write_text(SIX)
    out = tmp_path / "plan.json"
    figures = ("--tables", 2, "--size", size, "--rounds", 2)
    done = fabrique("plan", "tables", people, *figures, "--out", out)
    assert (done.returncode, len(done.stderr.splitlines()), out.exists()) == (code, 1, False)


def test_a_plan_cut_short_anywhere_is_refused():
    for length in range(len(PLAN)):
        with pytest.raises(Invalid):
            asked(locked=PLAN[:length], played=1)
