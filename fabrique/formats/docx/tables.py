"""Tables, written as XML in one go: the library takes seconds for the notes of a full board."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.table import CT_Tbl

from fabrique.charts.paper import BAR, LINE, TRACK
from fabrique.formats.docx.styles import MARGIN, PAGE_WIDTH

TWIPS = round((PAGE_WIDTH - 2 * MARGIN) / 2.54 * 1440)  # between the margins
SHORT = 8  # lines: such a table is not cut by the end of a page
LONG = 300  # letters: a header of more would leave no room on the pages it is repeated on
FIGURE, LETTER, PAD, MOST = 1300, 140, 200, 2600  # a column of figures, a letter of theirs
BRIEF, MOST_WORDS = 16, 60  # letters: what is shorter is set whole, what is longer has no more
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE[1:]}"/>'
    for side in ("top", "bottom", "insideH")
)

_LEFT = '<w:spacing w:before="50" w:after="50"/>'
_RIGHT = f'{_LEFT}<w:jc w:val="right"/>'
_SIDES = '<w:left w:w="90" w:type="dxa"/><w:right w:w="90" w:type="dxa"/>'


def table(
    name: str, head: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int]
) -> CT_Tbl:
    """Give a table as wide as the text; its first row is its header, on every page it takes."""
    lines = [head, *rows]
    widths = _widths(lines, numeric)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    last = len(lines) - 1
    held = range(last if last <= SHORT else 1)  # lines that stay with the next one
    written = (
        _row(row, widths, numeric, heads=not place, held=place in held)
        for place, row in enumerate(lines)
    )
    element = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{_SIDES}</w:tblCellMar>"
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{html.escape(" ".join(name.split()))}"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(written)}</w:tbl>"
    )
    if not isinstance(element, CT_Tbl):
        raise TypeError(type(element))
    return element


def _widths(lines: Sequence[Sequence[str]], numeric: Sequence[int]) -> list[int]:
    """Share the page: figures take what they need, words the rest, the longest the most of it."""
    columns = range(len(lines[0]))
    most = max(min(MOST, TWIPS // len(columns)), 1)
    longest = [max(len(row[place]) for row in lines) for place in columns]
    words = [place for place in columns if place not in numeric]
    roomy = [place for place in words if longest[place] > BRIEF] or words
    needed = {
        place: min(max(FIGURE, longest[place] * LETTER + PAD), most)
        for place in columns
        if place not in roomy
    }
    wanted = {place: min(longest[place], MOST_WORDS) or 1 for place in roomy}
    left, parts = TWIPS - sum(needed.values()), sum(wanted.values())
    shared = needed | {place: left * part // parts for place, part in wanted.items()}
    return [shared[place] for place in columns]


def _row(
    cells: Sequence[str], widths: Sequence[int], numeric: Sequence[int], *, heads: bool, held: bool
) -> str:
    repeated = "<w:tblHeader/>" if heads and max(map(len, cells), default=0) <= LONG else ""
    kept = "<w:keepNext/>" if held else ""
    written = (
        _cell(words, widths[place], kept + (_RIGHT if place in numeric else _LEFT), heads=heads)
        for place, words in enumerate(cells)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(written)}</w:tr>"


def _cell(words: str, width: int, laid: str, *, heads: bool) -> str:
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{TRACK[1:]}"/>' if heads else ""
    ink = f'<w:rPr><w:b/><w:color w:val="{BAR[1:]}"/><w:sz w:val="20"/></w:rPr>' if heads else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{ground}</w:tcPr>'
        f"<w:p><w:pPr>{laid}</w:pPr><w:r>{ink}{_text(words)}</w:r></w:p></w:tc>"
    )


def _text(words: str) -> str:
    lines = words.replace("\t", " ").split("\n")
    return "<w:br/>".join(
        f'<w:t xml:space="preserve">{html.escape(line, quote=False)}</w:t>' for line in lines
    )
