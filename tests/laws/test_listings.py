"""What every kind must obey when it lists what was answered, for spreadsheets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain.entry import redacted
from fabrique.domain.language import Language
from fabrique.domain.listed import listings, tags
from fabrique.domain.registry import discover
from fabrique.domain.report import report
from fabrique.domain.session import Session, fold
from fabrique.domain.step import Publication
from fabrique.domain.text import Name, Text
from tests.laws import rooms
from tests.laws.rooms import KINDS

every_kind = pytest.mark.parametrize("kind", KINDS)
FEW = settings(max_examples=25)
NAMES = {one: f"Nom de {one}" for one in rooms.PEOPLE}


def listed(session):
    told = [(1, run) for run in session.runs.values()]
    return listings(session, KINDS, NAMES, told, [])


@every_kind
@FEW
@given(data=st.data())
def test_every_row_has_a_cell_a_column_that_can_be_said(kind, data):
    room, _ = rooms.played(kind, data.draw(rooms.acts(kind)))
    for listing in listed(room.session):
        assert {len(row) for row in listing.rows} <= {len(listing.head)}
        for row in (listing.head, *listing.rows):
            for cell in row:
                if isinstance(cell, Text | Name):
                    assert all(Language(code).say(cell) for code in ("fr", "en"))


@every_kind
@FEW
@given(data=st.data())
def test_names_stand_only_where_the_kind_publishes_them(kind, data):
    room, _ = rooms.played(kind, data.draw(rooms.acts(kind)))
    rows = [row for listing in listed(room.session) for row in listing.rows]
    cells = {cell for row in rows for cell in row if isinstance(cell, str)}
    published = KINDS[kind].publication is Publication.NAMES
    unsaid = tags(NAMES) if published else NAMES
    assert not cells & {*unsaid.values(), *rooms.PEOPLE}


@every_kind
@FEW
@given(data=st.data())
def test_a_listing_bears_any_erasure(kind, data):
    room, journal = rooms.played(kind, data.draw(rooms.acts(kind)))
    gone = data.draw(st.sets(st.sampled_from(range(len(journal)))))
    kept = [redacted(entry) if n in gone else entry for n, entry in enumerate(journal)]
    assert listed(fold(Session(room.session.plan), kept, KINDS))


@every_kind
@settings(max_examples=8)
@given(data=st.data())
def test_listings_are_written_for_every_spreadsheet(kind, data):
    room, _ = rooms.played(kind, data.draw(rooms.acts(kind)))
    made = report(room.session, KINDS, NAMES, "0" * 16, everything=True)
    formats = discover("fabrique.formats")
    for language in map(Language, ("fr", "en")):
        assert formats["csv"].render(made, language)
        assert formats["xlsx"].render(made, language)
        assert set(formats["csv"].files(made, language)) == {one.id for one in made.listings}
