import io
import json
import re
import unicodedata
from html import unescape

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from fabrique.charts.glyphs import MISSING
from fabrique.domain import cover
from fabrique.domain.blocks import Fact, Facts, Paragraph, Section, Table
from fabrique.domain.language import Language
from fabrique.domain.typography import tied
from fabrique.formats.html import KIND as HTML
from fabrique.formats.html import SKIP
from fabrique.formats.typst import KIND
from fabrique.formats.typst.document import REPLACED, Document

FRENCH, ENGLISH = Language("fr"), Language("en")
SVG = re.compile(r"<(svg|style)\b.*?</\1>", re.DOTALL)


def reader(document):
    return pypdf.PdfReader(io.BytesIO(document))


def written(document):
    return " ".join(page.extract_text() for page in reader(document).pages)


def words(text):
    """The words of a text, whatever breaks its lines."""
    joined = re.sub(r"[-\u00ad\u200b]\s*\n|\u200b", "", unicodedata.normalize("NFKC", text))
    return re.findall(r"\w+", joined.casefold())


@pytest.mark.parametrize("language", [FRENCH, ENGLISH])
def test_the_document_is_tagged_and_says_what_it_is(every_block, language):
    document = reader(KIND.render(every_block, language))
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language.code
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata.title == tied(every_block.title)
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_pages_are_numbered_and_tables_have_heads(every_block):
    document = KIND.render(every_block, FRENCH)
    pages = reader(document).pages
    assert f"2 / {len(pages)}" in pages[1].extract_text()
    roles = _roles(reader(document).trailer["/Root"]["/StructTreeRoot"])
    assert {"/Title", "/H1", "/TH", "/TD", "/Figure", "/TOCI", "/L", "/LI"} <= roles


def _roles(node, seen=None):
    """Every role of the tree of structure."""
    seen = set() if seen is None else seen
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            _roles(child, seen)
    elif isinstance(node, dict):
        if "/S" in node:
            seen.add(node["/S"])
        if "/K" in node:
            _roles(node["/K"], seen)
    return seen


def test_the_same_report_gives_the_same_bytes(every_block):
    assert KIND.render(every_block, FRENCH) == KIND.render(every_block, FRENCH)


@pytest.mark.parametrize("report", ["every_block", "cafe_sized"])
def test_page_and_document_say_the_same_words(report, request):
    report = request.getfixturevalue(report)
    page = SVG.sub(" ", HTML.render(report, FRENCH).decode())
    said = set(words(unescape(re.sub(r"<[^>]*>", " ", page))))
    only_on_screen = set(words(f"{FRENCH.say(SKIP)} {FRENCH.say(cover.FIGURES)}"))
    assert said - set(words(written(KIND.render(report, FRENCH)))) <= only_on_screen


def test_no_sign_stands_alone_on_a_line(build_hostile):
    report = build_hostile("Qui vient ? « Toi » : oui !")
    said = json.dumps(Document(report, FRENCH, lambda *_: True).whole(), ensure_ascii=False)
    assert "Qui vient\u00a0? «\u00a0Toi\u00a0»\u00a0: oui\u00a0!" in said
    assert not re.search(r" [?!:»](?=\s)|« ", said.replace('": ', ""))


@pytest.mark.parametrize("language", [FRENCH, ENGLISH])
def test_hostile_words_are_set_as_words(hostile, language):
    text = written(KIND.render(hostile, language))
    assert "#eval(1) $x$ *gras* @ref <label>" in text
    assert "<script>alert(1)</script>" in text
    assert set(words(language.say(REPLACED))) <= set(words(text))
    assert MISSING in text


@settings(max_examples=15)
@given(words=st.text(max_size=80) | st.text("#$*_@<>\\`/[]{}~=-+\"'\n\t 0a1.", max_size=80))
def test_any_words_anywhere(build_hostile, words):
    assert KIND.render(build_hostile(words), FRENCH).startswith(b"%PDF")


def test_a_picture_that_cannot_be_drawn_leaves_its_words(every_block):
    text = written(KIND.render(every_block, FRENCH))
    assert "Une image restée ailleurs" in text
    assert "Une image abîmée" in text


def test_words_have_the_room_and_a_title_is_never_parted_from_its_figures(every_block):
    idea = "Un café de toutes les équipes, chaque mois, dans une maison différente"
    ideas = Table("Idées", ("Idée", "Groupe"), ((idea, "Table 1"), *[("Un mur", "Table 2")] * 4))
    blocks = (Paragraph("D’abord beaucoup, sans juger."), Facts((Fact("Venues", "17"),)), ideas)
    sections = tuple(Section(f"s{n}", "Idées", f"Piste {n}", blocks, n) for n in range(1, 13))
    document = KIND.render(structs.replace(every_block, sections=sections), FRENCH)
    pages = [page.extract_text() for page in reader(document).pages[1:]]
    assert [page.count("sans juger") for page in pages] == [page.count("Venues") for page in pages]
    assert [page.count("Venues") for page in pages] == [page.count(idea) for page in pages]
    assert sum(page.count(idea) for page in pages) == len(sections)
