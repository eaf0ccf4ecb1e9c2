import pytest

from fabrique.domain.text import Invalid
from tests.importers.scripts import KINDS, play, played, script

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
