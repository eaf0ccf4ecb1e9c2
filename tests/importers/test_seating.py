import json

import pytest

from fabrique.domain.text import Invalid
from fabrique.importers.seating import Seat, match, read_seating

PEOPLE = {"p1": "Ana", "p2": "Bo", "p3": "Bo", "p4": ""}
ROUNDS = [[["p1", "p2"], ["p3", "Zoé"]], [["p1", "p3"], ["p2"]]]
PLAN = {"format": "fabrique.plan/1", "kind": "tables", "rounds": ROUNDS, "value": {"mix": 1}}


def test_a_plan_is_read_a_round_at_a_time():
    content = json.dumps(PLAN).encode()
    assert [(one.who, one.group) for one in read_seating(content, 2)] == [
        ("p1", "Table 1"),
        ("p3", "Table 1"),
        ("p2", "Table 2"),
    ]
    with pytest.raises(Invalid, match="round"):
        read_seating(content, 3)


@pytest.mark.parametrize(
    "content",
    ["Nom;Groupe\nAna;2\nBo;10\n", "groupe,id\n2,Ana\n10,Bo\n", "x\ty\nAna\t2\nBo\t10\n"],
)
def test_a_table_is_read_by_the_names_of_its_columns_or_their_order(content):
    assert read_seating(content.encode()) == (Seat("Ana", "Table 2"), Seat("Bo", "Table 10"))


def test_who_is_not_found_or_may_be_several_is_said():
    seats = [
        Seat("p3", "10"),
        Seat("Ana", "9"),
        Seat("Bo", "9"),
        Seat("Zoé", "9"),
        Seat("p1", "10"),
    ]
    found = match(seats, PEOPLE)
    assert found.titles == ("9", "10"), "as people count, not as letters"
    assert found.of == {"p3": 1, "p1": 0}
    assert (found.unknown, found.several) == (("Zoé",), ("Bo",))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"seul\nAna\n",
        b"nom;groupe\n",
        b"[]",
        b"{",
        json.dumps({**PLAN, "format": "fabrique.plan/2"}).encode(),
        json.dumps({**PLAN, "kind": "pairs"}).encode(),
        json.dumps({**PLAN, "rounds": []}).encode(),
        "\n".join(["nom;groupe", *(f"p{n};{n}" for n in range(101))]).encode(),
    ],
)
def test_what_seats_nobody_is_refused(content):
    with pytest.raises(Invalid):
        match(read_seating(content), PEOPLE)
