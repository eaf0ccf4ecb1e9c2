"""How the document looks: our ink and accents, on the library's blank page."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from fabrique.charts.paper import CARD, CURTAIN, INK, LINE, SOFT
from fabrique.domain.language import Language

FONT = "Calibri"  # or whatever has its widths: Carlito in LibreOffice
CODES = {"fr": "fr-FR", "en": "en-GB"}
MARGIN, PAGE_WIDTH, PAGE_HEIGHT = 2.5, 21.0, 29.7  # cm
USED = frozenset(
    "Normal Header HeaderChar Footer FooterChar Heading1 Heading1Char Heading2 Heading2Char "
    "DefaultParagraphFont TableNormal NoList Title TitleChar Subtitle SubtitleChar ListParagraph "
    "ListBullet Quote QuoteChar Caption IntenseQuote IntenseQuoteChar".split()
)
# Name of the library: size, colour, bold, space before and after (points).
LOOKS: dict[str, tuple[float, str, bool, float, float]] = {
    "Normal": (11, INK, False, 0, 6),
    "Title": (26, INK, True, 0, 8),
    "Subtitle": (10, CURTAIN, True, 0, 2),
    "Heading 1": (18, INK, True, 0, 6),
    "Heading 2": (13, INK, True, 16, 4),
    "Caption": (10, SOFT, False, 2, 10),
    "List Bullet": (11, INK, False, 0, 3),
    "Quote": (11, INK, False, 0, 5),
    "Intense Quote": (10.5, INK, False, 4, 8),
}


def blank(language: Language) -> Doc:
    """Give an empty A4 document in a language."""
    return Document(io.BytesIO(_blank(CODES[language.code])))


@cache  # ten times quicker to open than the library's own
def _blank(code: str) -> bytes:
    document = Document()
    _drop_leftovers(document)
    _speak(document, code)
    for name, look in LOOKS.items():
        _dress(document.styles[name], *look)
    _edge(document.styles["Quote"], LINE, 8)
    _edge(document.styles["Intense Quote"], CURTAIN, 18, CARD)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(PAGE_WIDTH), Cm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(2.2)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _drop_leftovers(document: Doc) -> None:
    """Leave out a hundred styles, a preview of another document and what an old Word kept."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in USED:
            styles.remove(style)
    for part in (document.part, document.part.package):
        for name, relation in list(part.rels.items()):
            if relation.reltype.endswith(("stylesWithEffects", "thumbnail", "customXml")):
                del part.rels[name]


def _speak(document: Doc, code: str) -> None:
    """Tell spelling and voices which language this is."""
    document.core_properties.language = code
    for said in document.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), code)
        said.set(qn("w:eastAsia"), code)
    theme = document.settings.element.find(qn("w:themeFontLang"))
    theme.set(qn("w:val"), code)
    # As Word of today lays pages out: tables between the margins.
    for mode in document.settings.element.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)


def _dress(style: Any, size: float, colour: str, bold: bool, before: float, after: float) -> None:  # noqa: FBT001 - a row of LOOKS
    font, laid = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    laid.space_before, laid.space_after = Pt(before), Pt(after)
    laid.left_indent = laid.right_indent = None
    for edges in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(edges)


def _edge(style: Any, colour: str, width: int, ground: str = "") -> None:
    """Rule the left side of a paragraph."""
    laid = style.paragraph_format
    laid.left_indent = Cm(0.5)
    edge = f'<w:left w:val="single" w:sz="{width}" w:space="8" w:color="{colour.lstrip("#")}"/>'
    properties = style.element.get_or_add_pPr()
    added = [parse_xml(f"<w:pBdr {nsdecls('w')}>{edge}</w:pBdr>")]
    if ground:
        fill = ground.lstrip("#")
        added.append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
        )
    place = properties.find(qn("w:spacing"))
    for element in added:
        place.addprevious(element)
