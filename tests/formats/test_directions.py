"""Words that would turn around those beside them: shown in their place, kept as they were sent."""

import io
import json
import re

import pypdf
import pytest
from msgspec import structs

from fabrique.domain.language import Language
from fabrique.formats.html import KIND as HTML
from fabrique.formats.json import KIND as JSON
from fabrique.formats.typst import KIND as PDF
from fabrique.formats.typst.document import Document

CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CORPUS = (
    *(f"oui{control}non" for control in CONTROLS),
    "\u202eoui\u202c, \u2067non",
    "\u2067" * 70 + "oui",
    "\u202e",
    "שלום \u202e1\u202c مرحبا",
    "tour" + "\u0301" * 40,
)
TURNS = re.compile(f"[{CONTROLS}]|\u0301{{4}}")
FRENCH = Language("fr")


@pytest.mark.parametrize("words", CORPUS, ids=ascii)
def test_no_words_of_a_page_turn_others_around(build_hostile, words):
    page = HTML.render(build_hostile(words), FRENCH).decode()
    assert not TURNS.search(page)
    assert not re.search(r"<(h[123])[^>]*></\1>", page)


@pytest.mark.parametrize("words", CORPUS, ids=ascii)
def test_no_words_of_a_document_turn_others_around(build_hostile, words):
    report = build_hostile(words)
    said = json.dumps(Document(report, FRENCH, lambda *_: True).whole(), ensure_ascii=False)
    assert not TURNS.search(said)
    document = pypdf.PdfReader(io.BytesIO(PDF.render(report, FRENCH)))
    assert not TURNS.search("".join(page.extract_text() for page in document.pages))


@pytest.mark.parametrize("words", CORPUS, ids=ascii)
def test_data_keeps_words_as_they_were_sent(every_block, words):
    report = structs.replace(every_block, results={"texts": [words]})
    assert json.loads(JSON.render(report, FRENCH)) == report.results
