from datetime import UTC, datetime

from fabrique.domain.entry import BLANK, Blank, Entry, Op, redacted

AT = datetime(2026, 3, 9, tzinfo=UTC)
ENTRY = Entry(7, AT, "ana", "o1", "r1", "board.move", 1, {"card": "i1"})


def test_verb_is_what_stands_after_the_dot():
    assert ENTRY.verb == "move"


def test_redacted_keeps_place_and_author_and_no_content():
    assert redacted(ENTRY) == Entry(7, AT, "ana", "o1", None, BLANK, 1, Blank())


def test_an_op_without_participant_is_from_the_facilitator():
    assert Op("o1", "open", AT).from_facilitator
    assert not Op("o1", "join", AT, "ana").from_facilitator
