"""What the facilitator wrote down: decisions first, with their moment, and for whom."""

from fabrique.domain.blocks import Heading, Paragraph, Picture
from fabrique.domain.language import Language
from fabrique.domain.pictures import embed
from fabrique.domain.registry import discover
from fabrique.domain.report import report
from fabrique.domain.results import results
from tests.data.dot import DOT
from tests.live.rules.driver import Driver


def written():
    room = Driver()
    room.send("note", text="plutôt calme", at=60)
    room.send("note", text="appeler Lille", mark="action", at=120)
    room.send("note", text="une belle phrase", mark="keep", at=180)
    room.send("note", text="on garde Lille", mark="decision", at=3700)
    room.send("end", at=4000)
    return room


def made(room, *, whole):
    return report(room.session, room.room.kinds, {}, "0" * 16, everything=whole)


def rows(found):
    return [[cell if isinstance(cell, str) else cell.msgid for cell in row] for row in found.rows]


def test_decisions_come_first_then_actions_then_what_is_kept():
    section = made(written(), whole=True).sections[0]
    assert section.id == "notes"
    assert [rows(table) for table in section.blocks] == [
        [["1:01:40", "Decision", "on garde Lille"], ["2:00", "Action", "appeler Lille"]],
        [["3:00", "une belle phrase"]],
        [["1:00", "plutôt calme"]],
    ]


def test_participants_do_not_read_the_notes_without_a_mark():
    found = made(written(), whole=False)
    for file_format in discover("fabrique.formats").values():
        if file_format.suffix == "html":
            page = file_format.render(found, Language("fr")).decode()
            assert "on garde Lille" in page
            assert "plutôt calme" not in page
    assert [len(table.rows) for table in found.sections[0].blocks] == [2, 1]


def test_a_picture_stands_under_its_words_and_participants_see_what_is_to_keep():
    room = Driver()
    image = {"src": embed(DOT), "alt": "Douze notes en trois colonnes"}
    room.send("note", mark="keep", image=image, at=60)
    room.send("note", text="Le mur", mark="keep", image=image, at=61)
    room.send("note", text="brouillon", image={**image, "alt": "Un brouillon"}, at=62)
    room.send("end", at=70)
    table, *shown = made(room, whole=False).sections[0].blocks
    assert rows(table) == [["1:00", "Douze notes en trois colonnes"], ["1:01", "Le mur"]]
    picture = Picture(image["src"], image["alt"])
    bare, named = [Heading(image["alt"]), picture], [Heading("Le mur"), picture]
    assert shown == [*bare, *named, Paragraph(image["alt"])]
    assert len([one for one in made(room, whole=True).sections[0].blocks if one == picture]) == 2


def test_a_report_without_notes_has_no_such_section():
    assert [one.id for one in made(Driver(), whole=True).sections] == ["method"]


def test_the_figures_do_not_depend_on_notes():
    room, silent = written(), Driver()
    silent.send("end")
    assert results(room.session, room.room.kinds) == results(silent.session, silent.room.kinds)
