"""A step that is opened again after it was shown is compared with what it was."""

import pytest

from fabrique.domain.blocks import Chart, Columns
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.report import report
from tests.live.rules.driver import Driver

OPTIONS = {"kind": "vote", "id": "ville", "title": "Ville", "options": ["Lille", "Sète"]}
SCALE = {"kind": "vote", "id": "avis", "title": "Avis", "settings": {"scale": 3}}
SHEET = {
    "kind": "questionnaire",
    "id": "q",
    "title": "Questions",
    "questions": [{"kind": "single", "id": "a", "title": "A ?", "options": ["x", "x", "y"]}],
}


@pytest.fixture
def room():
    return Driver((OPTIONS, SCALE, SHEET))


def played(room, step, run, bodies, *, shown=True):
    room.send("open", step=step)
    for who, body in bodies.items():
        room.send("answer", who, run, **body)
    room.send("reveal" if shown else "close", run=run)


def shown(room, run):
    found = room.session.runs[run]
    kind = room.room.kinds[found.definition.kind]
    return kind.shown(found, room.session.people, {})


def figures(drawing):
    return [(bar.value, bar.was and bar.was.value) for bar in drawing.bars]


def test_each_option_is_beside_what_it_was_with_both_counts_of_people(room):
    played(room, "ville", "r1", {"ana": {"choice": [0]}, "bo": {"choice": [0]}})
    assert shown(room, "r1").was is None
    assert figures(shown(room, "r1").drawing) == [(4, None), (0, None)]
    played(room, "ville", "r2", {"bo": {"choice": [1]}})
    after = shown(room, "r2")
    assert figures(after.drawing) == [(0, 4), (3, 0)]
    assert after.drawing.full == 4
    assert (after.answered, after.was) == (3, (2 + 2, 0))
    assert after.drawing.bars[1].was.figure.params == {"percent": 0}


def test_a_scale_is_compared_with_its_mean(room):
    played(room, "avis", "r1", {"bo": {"value": 1}})
    played(room, "avis", "r2", {"bo": {"value": 3}})
    drawing = shown(room, "r2").drawing
    assert isinstance(drawing, Columns)
    assert (drawing.mark, drawing.was) == (3.0, 1.0)
    assert figures(drawing) == [(0, 3), (0, 0), (3, 0)]


def test_options_with_the_same_words_are_compared_by_their_place(room):
    played(room, "q", "r1", {"ana": {"question": "a", "answer": {"choice": [0]}}})
    played(room, "q", "r2", {"ana": {"question": "a", "answer": {"choice": [1]}}})
    (question,) = shown(room, "r2").questions
    assert figures(question.drawing) == [(0, 1), (1, 0), (0, 0)]


def test_what_the_room_never_saw_is_not_compared_with(room):
    played(room, "ville", "r1", {"ana": {"choice": [0]}}, shown=False)
    played(room, "ville", "r2", {"ana": {"choice": [1]}})
    assert shown(room, "r2").was is None


def test_other_options_are_not_compared_and_a_corrected_title_is(room):
    played(room, "ville", "r1", {"ana": {"choice": [0]}})
    room.send("order.edit", step={"id": "ville", "title": "Quelle ville ?"})
    played(room, "ville", "r2", {"ana": {"choice": [1]}})
    assert shown(room, "r2").was == (1, 0)
    room.send("order.edit", step={"id": "ville", "options": ["Lille", "Nantes"]})
    played(room, "ville", "r3", {"ana": {"choice": [1]}})
    assert shown(room, "r3").was is None


def test_the_report_draws_both_and_gives_every_figure(room):
    played(room, "ville", "r1", {"ana": {"choice": [0]}, "bo": {"choice": [0]}})
    played(room, "ville", "r2", {"bo": {"choice": [1]}})
    room.send("end")
    made = report(room.session, room.room.kinds, {}, "0" * 16)
    blocks = [block for section in made.sections for block in section.blocks]
    first, second = [block for block in blocks if isinstance(block, Chart)]
    assert len(first.table.head) == 3
    assert [cell.params["what"].msgid for cell in second.table.head[3:]] == ["People", "Share"]
    assert [row[1::2] for row in second.table.rows] == [("0", "4"), ("3", "0")]
    assert second.table.numeric == (1, 2, 3, 4)
    for one in discover("fabrique.formats").values():
        found = one.render(made, Language("fr"))
        if one.suffix == "html":
            assert "avant 100" in found.decode().replace("\u202f", " ").replace("\xa0", " ")
