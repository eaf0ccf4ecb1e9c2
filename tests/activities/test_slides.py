import msgspec
import pytest

from fabrique.domain.definitions import read_definition
from fabrique.domain.people import People
from fabrique.domain.text import Invalid
from tests.importers.scripts import KINDS, play, played, script
from tests.laws import rooms

DECK = {"title": "Diapositives", "pages": 2, "shown_at": [1, 2.5]}


def test_slides_count_their_pages_whatever_was_shown():
    assert play(script(slides=DECK))["slides"] == 2
    assert play(script(slides={**DECK, "shown_at": []}))["slides"] == 2
    assert play(script())["slides"] == 0


def test_slides_turn_at_their_times_and_stay_on_the_last():
    room = played(script(slides={**DECK, "shown_at": [3, 1, 2]}))
    run = room.session.runs["r2"]
    assert [one.page for one in run.state] == [2, 2, 1]
    assert KINDS["slides"].shown(run, {}, {}).page == 1


def test_slides_without_pages_show_none():
    assert play(script(slides={"title": "T", "pages": 0, "shown_at": []}))["slides"] == 0


@pytest.mark.parametrize(
    "change",
    [
        {"pages": -1},
        {"pages": 2.0},
        {"pages": True},
        {"pages": 0},
        {"shown_at": [-1]},
        {"shown_at": ["1"]},
        {"shown_at": 1},
        {"notes": "x"},
        {"title": 5},
    ],
)
def test_slides_that_cannot_be_are_invalid(change):
    with pytest.raises(Invalid) as no:
        play(script(slides={**DECK, **change}))
    assert no.value.where.startswith(".slides")


def test_slides_turn_after_closing_too_for_nobody_answers_them():
    room, journal = rooms.opened("slides")
    assert rooms.ask(room, journal, "close", "", {})
    assert rooms.ask(room, journal, "show", "", {"page": 2})
    assert rooms.ask(room, journal, "reveal", "", {})
    assert rooms.ask(room, journal, "show", "", {"page": 3})
    assert [one.page for one in room.session.runs["r1"].state] == [2, 3]


PICTURES = [
    {"src": f"media:{n}.webp", "small": f"media:s{n}.webp", "alt": f"Mots {n}"} for n in (1, 2, 3)
]
WHOLE = {"pages": 3, "pictures": PICTURES, "notes": ["Secret 1", "Secret 2", "Secret 3"]}


@pytest.fixture
def deck(monkeypatch):
    """A room whose slides have pictures and notes, their second page shown."""
    monkeypatch.setattr(KINDS["slides"], "example", WHOLE)
    room, journal = rooms.opened("slides")
    assert rooms.ask(room, journal, "show", "", {"page": 2})
    return room.session.runs["r1"]


def drawn(run, screen):
    parts = KINDS["slides"].parts(run, screen, People(), {})
    return parts[0].view.result, msgspec.json.encode(parts).decode()


@pytest.mark.parametrize("screen", ["phone", "stage"])
def test_notes_and_pages_to_come_are_never_on_a_screen_of_the_room(deck, screen):
    result, sent = drawn(deck, screen)
    assert (result.page, result.picture.alt) == (2, "Mots 2")
    assert "Secret" not in sent
    assert "Mots 1" not in sent
    assert "Mots 3" not in sent


def test_the_console_sees_the_notes_and_the_page_to_come(deck):
    result, _ = drawn(deck, "console")
    assert (result.notes, result.coming.alt, result.picture.alt) == ("Secret 2", "Mots 3", "Mots 2")


def test_notes_stay_out_of_the_report(deck):
    said = msgspec.json.encode(KINDS["slides"].blocks(deck, {}, {})).decode()
    assert "Secret" not in said


def test_the_report_has_the_pages_that_were_shown_small_with_their_words(deck):
    pictures = KINDS["slides"].blocks(deck, {}, {})[1:]
    assert [(one.src, one.alt) for one in pictures] == [("media:s2.webp", "Mots 2")]


@pytest.mark.parametrize("key", ["pictures", "notes"])
def test_more_pictures_or_notes_than_pages_are_invalid(key):
    raw = {"kind": "slides", "id": "s", "title": "T", "pages": 2, key: WHOLE[key]}
    with pytest.raises(Invalid) as no:
        read_definition(raw, KINDS)
    assert no.value.where == f".{key}"
