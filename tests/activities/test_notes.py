import pytest

from fabrique.domain.blocks import Paragraph, Quote, Quotes
from fabrique.domain.entry import redacted
from fabrique.domain.session import Session, fold
from fabrique.domain.text import Invalid
from tests.activities.pools import KINDS, Pool


def notes(**more):
    found = Pool("notes", **more)
    for who, text in (("ana", "un"), ("bo", "deux"), ("cy", "trois")):
        found.ask("answer", who, text=text)
    return found


def test_notes_are_paragraphs_in_the_order_of_writing():
    found = notes()
    assert found.texts("phone") == found.texts("stage") == ["un", "deux", "trois"]
    assert found.result()["notes"][0] == {"id": "i1", "text": "un", "by": "ana"}


def test_the_facilitator_orders_notes():
    found = notes()
    found.ask("place", item="i3", before="i1")
    assert found.texts("phone") == ["trois", "un", "deux"]
    found.ask("place", item="i3")
    assert found.texts("phone") == ["un", "deux", "trois"]
    found.ask("place", item="i2", before="i2")
    assert found.texts("phone") == ["un", "deux", "trois"]
    assert found.ask("place", "ana", item="i1") == "role"
    with pytest.raises(Invalid):
        found.ask("place", item="i1", before="i9")


def test_an_author_edits_their_own_and_the_facilitator_any():
    found = notes()
    assert found.ask("edit", "ana", item="i1", text="un et demi") is None
    assert found.ask("edit", "ana", item="i2", text="pas à moi") == "not_yours"
    assert found.ask("edit", "ana", item="i1", text="  ") == "empty"
    assert found.ask("edit", item="i1", text="moi") == "role"
    assert found.ask("amend", item="i2", text="deux, relu") is None
    assert found.ask("amend", "ana", item="i1", text="x") == "role"
    assert found.ask("amend", item="i2", text=" ") == "empty"
    assert found.texts("phone") == ["un et demi", "deux, relu", "trois"]


def test_after_closing_the_facilitator_still_orders_and_edits():
    found = notes()
    found.ask("close")
    assert found.ask("edit", "ana", item="i1", text="à temps") is None  # two seconds of grace
    for _ in range(3):
        assert found.ask("amend", item="i1", text="relu") is None
    assert found.ask("edit", "ana", item="i1", text="trop tard") == "closed"


def test_every_line_that_holds_the_words_is_known_so_that_erasing_leaves_none():
    found = notes()
    found.ask("edit", "ana", item="i1", text="un secret")
    found.ask("amend", item="i1", text="un secret, relu")
    [card] = [card for card in found.cards("console") if card.id == "i1"]
    assert len(card.lines) == 3
    gone = [redacted(one) if one.seq in card.lines else one for one in found.journal]
    assert "secret" not in repr(gone)
    session = fold(Session(found.room.session.plan), gone, KINDS)
    assert [one.text for one in session.runs["r1"].state.items.values()] == ["deux", "trois"]


def test_the_report_of_notes_is_the_draft_of_the_minutes():
    found = notes()
    found.ask("place", item="i3", before="i1")
    blocks = found.kind.blocks(found.run, found.people, {})
    assert blocks == [Paragraph("trois"), Paragraph("un"), Paragraph("deux")]
    [signed] = found.kind.blocks(found.run, found.people, {"cy": "Cy"})
    assert signed == Quotes((Quote("trois", "Cy"), Quote("un"), Quote("deux")))


def test_an_edit_is_read_again_where_paragraphs_are():
    found = notes(settings={"review": True})
    assert found.texts("phone") == []
    found.ask("release")
    found.ask("edit", "ana", item="i1", text="autre chose")
    assert found.texts("phone") == ["deux", "trois"]
