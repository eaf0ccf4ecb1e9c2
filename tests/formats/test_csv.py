import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain.formulas import unguarded
from fabrique.domain.language import Language
from fabrique.domain.listings import Listing, Share
from fabrique.domain.text import Name, Text
from fabrique.domain.typography import printable
from fabrique.formats.csv import KIND

FRENCH, ENGLISH = Language("fr"), Language("en")
AT = datetime(2031, 3, 4, 9, 0, 7, tzinfo=UTC)
STEP = Listing(
    "2-vote",
    Name(fr="2 Vote", en="2 Vote"),
    "On continue ?",
    (Text("Option"), "Note", "Part", "Heure"),
    (("oui ; oui", 3, Share(56), AT), ('"non"\nmerci', Decimal("3.4"), None, None)),
)


def rows(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.fixture
def listed(every_block):
    return lambda *listings: msgspec.structs.replace(every_block, listings=listings)


def test_a_listing_is_a_table_that_a_french_spreadsheet_opens(listed):
    files = KIND.files(listed(STEP), FRENCH)
    assert files["2-vote"].decode() == (
        '\ufeff"Option";"Note";"Part";"Heure"\r\n'
        '"oui ; oui";3;56%;2031-03-04 10:00:07\r\n'
        '"""non""\nmerci";3,4;;\r\n'
    )


def test_english_figures_have_a_point(listed):
    assert rows(KIND.files(listed(STEP), ENGLISH)["2-vote"])[2][1] == "3.4"


def test_all_the_listings_are_one_table_a_line_a_value(listed):
    found = rows(KIND.render(listed(STEP, STEP), FRENCH))
    assert found[0] == ["Relevé", "Titre", "Ligne", "Colonne", "Valeur"]
    assert found[1] == ["2 Vote", "On continue ?", "1", "Option", "oui ; oui"]
    assert len(found) == 1 + 2 * 6
    assert {len(row) for row in found} == {5}


@settings(max_examples=60)
@given(words=st.text() | st.text("=+-@'\";,\t\n\r ＝0a"))
def test_any_words_come_back(listed, words):
    one = Listing("x", words, words, (words,), ((words,),))
    for content in (KIND.files(listed(one), FRENCH)["x"], KIND.render(listed(one), FRENCH)):
        cell = rows(content)[-1][-1]
        assert unguarded(cell) == printable(words)
        assert not cell.strip().startswith(("=", "+", "-", "@", "＝"))
