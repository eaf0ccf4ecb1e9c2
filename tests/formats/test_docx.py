import base64
import io
import struct
import zipfile
import zlib
from datetime import datetime

import msgspec
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from fabrique.domain.blocks import (
    Block,
    Chart,
    Fact,
    Facts,
    Paragraph,
    Picture,
    Section,
    Table,
)
from fabrique.domain.language import Language
from fabrique.domain.pictures import carried, embed
from fabrique.domain.typography import printable, typeset
from fabrique.formats.docx import KIND

FRENCH, ENGLISH = Language("fr"), Language("en")


def chunk(kind, data):
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))


PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    (
        chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 2, 8, 0, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress(b"\0gray" * 2)),
        chunk(b"IEND", b""),
    )
)


def opened(content):
    return Document(io.BytesIO(content))


def styled(document, style):
    return [line.text for line in document.paragraphs if line.style.name == style]


def words(document):
    return [node.text or "" for node in document.element.iter(qn("w:t"))]


def test_every_kind_of_block_is_written(every_block):
    kinds = {type(block) for section in every_block.sections for block in section.blocks}
    assert kinds == set(Block.__subclasses__())
    found = opened(KIND.render(every_block, FRENCH))
    assert styled(found, "Title") == [typeset(every_block.title)]
    assert styled(found, "Heading 1")[0] == "1. Tout ce qu'un compte-rendu peut dire"
    assert typeset("Où prête-t-on déjà ?") in styled(found, "Heading 2")
    assert "Raconter aussi ce qui a raté" in styled(found, "List Bullet")
    assert styled(found, "Quote") == ["Bravo.\nNour · 10:00", "À refaire."]
    assert "Une image restée ailleurs" in styled(found, "Normal")


def test_no_sign_stands_alone_on_a_line(build_hostile):
    found = opened(KIND.render(build_hostile("Qui vient ? « Toi » : oui !"), FRENCH))
    told = [word for word in words(found) if "Qui vient" in word]
    assert told
    assert not [word for word in told if " ?" in word or " :" in word]


def test_the_last_of_a_list_is_not_alone_on_a_page(every_block):
    found = opened(KIND.render(every_block, FRENCH))
    for style in ("List Bullet", "Quote"):
        lines = [line for line in found.paragraphs if line.style.name == style]
        assert [line.paragraph_format.keep_with_next for line in lines[-2:]] == [True, None], style


def test_every_chart_is_a_picture_with_words_and_a_table_with_a_header(every_block):
    found = opened(KIND.render(every_block, ENGLISH))
    charts = [b for section in every_block.sections for b in section.blocks if isinstance(b, Chart)]
    said = [picture._inline.docPr.get("descr") for picture in found.inline_shapes]
    assert len(said) == len(charts)
    assert said[0].startswith("Où prête-t-on déjà\u00a0? (17 answers). Chart of the answers to")
    tables = [b for s in every_block.sections for b in s.blocks if isinstance(b, Chart | Table)]
    assert len(found.tables) == len(tables)
    for table in found.tables:
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in table.rows]
        assert [head is not None for head in heads] == [True, *[False] * (len(heads) - 1)]
    assert [cell.text for cell in found.tables[0].rows[1].cells] == ["partout", "12", "70%"]


def test_the_notes_of_a_board_stand_under_their_column(every_block):
    (wall,) = (
        t for t in opened(KIND.render(every_block, FRENCH)).tables if "Je" in t.cell(0, 0).text
    )
    assert [cell.text for cell in wall.rows[0].cells] == ["Je donne", "Je cherche"]
    assert len(wall.rows) == 4


@pytest.mark.parametrize(("language", "code"), [(FRENCH, "fr-FR"), (ENGLISH, "en-GB")])
def test_the_document_says_what_it_is_and_in_which_language(every_block, language, code):
    found = opened(KIND.render(every_block, language))
    about = found.core_properties
    assert (about.title, about.language) == (typeset(every_block.title), code)
    assert about.created.replace(tzinfo=None) == datetime(2031, 3, 4, 10, 6)  # noqa: DTZ001 - UTC
    spoken = {node.get(qn("w:val")) for node in found.styles.element.iter(qn("w:lang"))}
    assert spoken == {code}


def test_the_contents_lead_to_every_section(every_block):
    found = opened(KIND.render(every_block, FRENCH)).element
    links = [link.get(qn("w:anchor")) for link in found.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in found.iter(qn("w:bookmarkStart"))]
    assert links == marks == ["section-0", "section-1"]


def test_the_same_report_gives_the_same_bytes(every_block):
    assert KIND.render(every_block, FRENCH) == KIND.render(every_block, FRENCH)


def test_nothing_in_it_leads_elsewhere(hostile):
    with zipfile.ZipFile(io.BytesIO(KIND.render(hostile, FRENCH))) as package:
        for name in package.namelist():
            content = package.read(name)
            if name.endswith((".xml", ".rels")):
                etree.fromstring(content)
            assert b'TargetMode="External"' not in content
            assert b"<w:instrText" not in content
    assert not [name for name in package.namelist() if "vba" in name or "embeddings" in name]


def test_hostile_words_stay_words(hostile):
    said = words(opened(KIND.render(hostile, FRENCH)))
    for section in hostile.sections:
        shown = printable(section.title).replace("\t", " ").strip().split("\n")
        assert all(not line or any(line in one for one in said) for line in shown)


def test_endless_titles_leave_room_for_what_they_head(build_hostile):
    found = opened(KIND.render(build_hostile("mot" * 600), FRENCH))
    entries = [link.find(f".//{qn('w:t')}").text for link in found.element.iter(qn("w:hyperlink"))]
    assert max(map(len, entries)) == 150
    repeated = found.element.findall(f".//{qn('w:tblHeader')}")
    assert len(repeated) == len(found.tables) - 2  # a table and a board have such heads


@settings(max_examples=15)
@given(text=st.text() | st.text("<>&\"'\x00\x1f\u202e\ufffe\t\n]!-{}"))
def test_any_words_anywhere(build_hostile, text):
    found = opened(KIND.render(build_hostile(text), FRENCH))
    assert len(found.tables) == 5
    assert len(found.inline_shapes) == 4


@pytest.fixture
def with_picture(every_block):
    def build(src):
        section = Section("s", "", "Image", (Picture(src, "Une scène vide"),))
        return msgspec.structs.replace(every_block, sections=(section,))

    return build


def test_a_picture_is_inside_with_its_words(with_picture):
    (shape,) = opened(KIND.render(with_picture(embed(PNG)), FRENCH)).inline_shapes
    assert shape._inline.docPr.get("descr") == "Une scène vide"


@settings(max_examples=40)
@given(cut=st.integers(0, len(PNG)), noise=st.binary(max_size=60), jpeg=st.booleans())
def test_a_damaged_picture_is_its_words(with_picture, cut, noise, jpeg):
    head = b"\xff\xd8\xff" if jpeg else PNG[:cut]
    src = "data:image/png;base64," + base64.b64encode(head + noise).decode()
    found = opened(KIND.render(with_picture(src), FRENCH))
    assert len(found.inline_shapes) or "Une scène vide" in styled(found, "Normal")


def webp(colour):
    whole = io.BytesIO()
    mode = "RGBA" if len(colour) == 4 else "RGB"
    Image.new(mode, (64, 32), colour).save(whole, "WEBP", lossless=True)
    return carried("webp", whole.getvalue())


CURTAIN, VEIL = (163, 18, 58), (163, 18, 58, 90)


@pytest.mark.parametrize(("colour", "kind"), [(CURTAIN, "image/jpeg"), (VEIL, "image/png")])
def test_a_page_of_slides_is_inside_though_word_cannot_read_its_form(with_picture, colour, kind):
    content = KIND.render(with_picture(webp(colour)), FRENCH)
    assert KIND.render(with_picture(webp(colour)), FRENCH) == content
    found = opened(content)
    (shape,) = found.inline_shapes
    held = found.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert held.content_type == kind
    assert shape.width == 2 * shape.height


def test_a_picture_of_too_many_points_is_its_words(with_picture, monkeypatch):
    monkeypatch.setattr("fabrique.formats.docx.pictures.MOST_POINTS", 64 * 32 - 1)
    found = opened(KIND.render(with_picture(webp(CURTAIN)), FRENCH))
    assert len(found.inline_shapes) == 0
    assert "Une scène vide" in styled(found, "Normal")


@settings(max_examples=40)
@given(cut=st.floats(0, 1), noise=st.binary(max_size=60))
@example(cut=0.484375, noise=b"\x00-,\x0f")  # says that it is 11,521 points wide, 15,537 high
def test_a_damaged_webp_is_its_words(with_picture, cut, noise):
    whole = base64.b64decode(webp(VEIL).partition(",")[2])
    src = carried("webp", whole[: int(len(whole) * cut)] + noise)
    found = opened(KIND.render(with_picture(src), FRENCH))
    assert len(found.inline_shapes) or "Une scène vide" in styled(found, "Normal")


def test_words_have_the_room_and_a_title_stays_with_its_figures(every_block):
    idea = "Un café de toutes les équipes, chaque mois, dans une maison différente"
    ideas = Table("Idées", ("Idée", "Groupe", "Soutiens"), ((idea, "Table 1", "12"),), (2,))
    blocks = (Paragraph("D’abord beaucoup."), Facts((Fact("Venues", "17"),)), ideas)
    section = Section("s", "Idées", "Toutes les pistes", blocks, 1)
    made = opened(KIND.render(msgspec.structs.replace(every_block, sections=(section,)), FRENCH))
    (table,) = made.tables
    idea_width, group, _ = (column.width for column in table.columns)
    assert idea_width > 2 * group > 0
    held = [line.text for line in made.paragraphs if line.paragraph_format.keep_with_next]
    assert held[-4:] == ["Idées", "D’abord beaucoup.", "Venues\N{NO-BREAK SPACE}: 17", "Idées"]
