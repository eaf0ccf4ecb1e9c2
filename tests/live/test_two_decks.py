"""Two presentations beside the running order: the stage shows the one that was turned last."""

from datetime import UTC, datetime

from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import Op
from fabrique.domain.registry import discover
from fabrique.domain.session import Plan
from fabrique.live.room import Room
from fabrique.live.screens import Figures, parts

KINDS = discover("fabrique.activities")
AT = datetime(2026, 3, 9, 14, tzinfo=UTC)


def seen(room, screen):
    drawn = parts(room.session, KINDS, screen, {}, Figures())
    return [part.view.title for part in drawn if part.kind == "slides"]


def test_the_stage_has_the_presentation_that_was_turned_last():
    decks = tuple(
        read_definition({"kind": "slides", "id": one, "title": one, "pages": 3}, KINDS)
        for one in ("Une", "Autre")
    )
    room = Room(Plan("Séance", "cafe", "fr", AT, beside=decks), KINDS)
    room.receive(Op("0", "begin", AT))
    first, second = room.session.runs
    turned = []
    for n, run in enumerate((first, second, first), 1):
        room.receive(Op(str(n), "show", AT, run=run, body={"page": n}))
        turned.append(seen(room, "stage"))
    assert turned == [["Une"], ["Autre"], ["Une"]]
    for screen in ("phone", "console"):
        assert seen(room, screen) == ["Une", "Autre"]
