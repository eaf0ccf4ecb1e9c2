import io
import re
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from fabrique.domain.language import Language
from fabrique.domain.listings import Listing, Share
from fabrique.domain.text import Name, Text
from fabrique.domain.typography import printable
from fabrique.formats.xlsx import KIND

FRENCH, ENGLISH = Language("fr"), Language("en")
AT = datetime(2031, 3, 4, 9, 0, 7, tzinfo=UTC)
STEP = Listing(
    "2-vote",
    Name(fr="2 Vote", en="2 Vote"),
    "On continue ?",
    (Text("Option"), "Note", "Part", "Heure"),
    (("oui", 3, Share(56), AT), ("non", Decimal("3.4"), None, None)),
)
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://x.example")',
    "=cmd|' /C calc'!A0",
    "{=1}",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "＝1",
    "http://x.example/",
    "mailto:a@b.example",
    "internal:A1",
    "<r></r>",
    "<r><t>faux</t></r>",
    "<r>&</r>",
    "]]><f>1</f>",
    "_x000D_=1",
    "TRUE",
    "1e5",
    "#REF!",
)


@pytest.fixture
def listed(every_block):
    return lambda *listings: msgspec.structs.replace(every_block, listings=listings)


def book(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_each_listing_is_a_sheet_of_typed_cells(listed):
    found = book(KIND.render(listed(STEP), FRENCH))
    assert found.sheet_names == ["Synthèse", "2 Vote"]
    head, first, second = found.get_sheet_by_name("2 Vote").to_python()
    assert head == ["Option", "Note", "Part", "Heure"]
    assert first == ["oui", 3, 0.56, datetime(2031, 3, 4, 10, 0, 7)]  # noqa: DTZ001 - as shown there
    assert second == ["non", 3.4, "", ""]


def test_the_summary_says_what_the_session_was(listed):
    cells = book(KIND.render(listed(), ENGLISH)).get_sheet_by_index(0).to_python()
    assert cells[0][0] == "Café des ateliers : réparer, prêter, transmettre"
    assert ["present", 71] in cells


def test_the_same_report_gives_the_same_bytes(listed):
    assert KIND.render(listed(STEP), FRENCH) == KIND.render(listed(STEP), FRENCH)


@pytest.mark.parametrize("words", FORMULAS)
def test_a_text_is_never_a_formula_nor_a_link(listed, words):
    one = Listing("x", words, words, (words, words), ((words, 1),))
    content = KIND.render(listed(one), FRENCH)
    for name, text in parts(content).items():
        assert not re.search("<f[ />]", text), name
        assert "<hyperlink" not in text, name
    found = book(content)
    assert found.get_sheet_by_index(1).to_python() == [[words, words], [words, 1]]


@settings(max_examples=60)
@given(words=st.text() | st.text("=<r>/&_x0041'[]:*?\\\n\t "))
def test_any_words_come_back(listed, words):
    one = Listing("x", words, words, ("a",), ((words,),))
    content = KIND.render(listed(one, one), FRENCH)
    found = book(content)
    assert len(found.sheet_names) == 3
    assert all(0 < len(name) <= 31 for name in found.sheet_names)
    assert "<f>" not in parts(content)["xl/worksheets/sheet2.xml"]
    if "_x" not in words:  # a reader of its own mind about escapes
        kept = found.get_sheet_by_index(1).to_python()[1:]
        assert kept == ([[printable(words)]] if printable(words) else kept)


def test_a_text_longer_than_a_cell_is_cut_and_says_so(listed):
    one = Listing("x", "x", "x", ("a",), (("🎭" * 20_000,),))
    (_, (cell,)) = book(KIND.render(listed(one), FRENCH)).get_sheet_by_index(1).to_python()
    assert cell == "🎭" * 16_383 + "…"
