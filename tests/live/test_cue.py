"""What a facilitator wrote for themselves is on their console, when it helps, and nowhere else."""

import pytest

from fabrique.live.cue import Cue
from fabrique.live.screens import SCREENS, Figures, parts
from tests.importers.scripts import KINDS
from tests.live.rules.driver import Driver

STEPS = (
    {"kind": "pause", "id": "frame", "title": "Le cadre", "presenter_notes": "Coupez court."},
    {"kind": "pause", "id": "bare", "title": "Sans notes"},
    {"kind": "pause", "id": "last", "title": "Le mot de la fin", "presenter_notes": "Remerciez."},
)


@pytest.fixture
def room():
    return Driver(STEPS)


def cue(room, screen="console"):
    found = parts(room.session, KINDS, screen, {}, Figures())
    return next((part.view for part in found if part.key == "session-cue"), None)


def test_the_notes_of_a_step_are_read_before_it_opens_and_while_it_is_on(room):
    assert cue(room) == Cue("", "Le cadre", "Coupez court.", first=True)
    room.send("open", step="frame")
    assert cue(room) == Cue("Coupez court.", "", "", first=False)
    room.send("open", step="bare")
    assert cue(room) == Cue("", "Le mot de la fin", "Remerciez.", first=False)
    room.send("open", step="last")
    assert cue(room) == Cue("Remerciez.", "", "", first=False)
    room.send("end")
    assert cue(room) == Cue("", "", "", first=True)


@pytest.mark.parametrize("screen", sorted({*SCREENS} - {"console"}))
def test_nobody_else_sees_them(room, screen):
    room.send("open", step="frame")
    assert cue(room, screen) is None
