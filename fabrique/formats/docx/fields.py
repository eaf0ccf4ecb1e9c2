"""What the library has no words for: links inside the document, and the numbers of its pages."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

_W = nsdecls("w")


def mark(line: Paragraph, number: int) -> None:
    """Make a line a place that links lead to."""
    start = f'<w:bookmarkStart {_W} w:id="{number}" w:name="{_name(number)}"/>'
    end = f'<w:bookmarkEnd {_W} w:id="{number}"/>'
    for place, element in enumerate((start, end), 1):
        line._p.insert(place, parse_xml(element))  # noqa: SLF001


def link(line: Paragraph, words: str, number: int) -> None:
    """Add words that lead to the place of that number."""
    leads = parse_xml(f'<w:hyperlink {_W} w:anchor="{_name(number)}" w:history="1"/>')
    leads.append(line.add_run(words)._r)  # noqa: SLF001
    line._p.append(leads)  # noqa: SLF001


def page_numbers(line: Paragraph) -> None:
    """Write "3 / 17", which the reader's program counts."""
    for field, then in (("PAGE", " / "), ("NUMPAGES", "")):
        counted = f'<w:fldSimple {_W} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        line._p.append(parse_xml(counted))  # noqa: SLF001
        line.add_run(then)


def _name(number: int) -> str:
    return f"section-{number}"
