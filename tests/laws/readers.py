"""Readers of every form of a report, none of them ours: of what kinds its pieces are, what it says.

A kind of piece is what words must never bring: a tag, an attribute, a formula, a script, a file.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pypdf
from lxml import etree
from markdown_it import MarkdownIt
from msgspec import Struct
from python_calamine import CalamineWorkbook

# Spaces at the ends of a cell are kept by this one attribute.
SPACE = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}t "
    "{http://www.w3.org/XML/1998/namespace}space"
)


class Content(Struct):
    """What a reader found."""

    kinds: set[str]
    words: str


def html(content: bytes) -> Content:
    """Read a page: its tags and attributes, and addresses that are not its own."""
    found = _Page()
    found.feed(content.decode())
    return Content(found.kinds, " ".join(found.words))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.kinds: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.kinds |= {f"<{tag}>", *(f"<{tag} {name}>" for name, _ in attributes)}
        for name, value in attributes:
            self.words.append(value or "")
            if name in ("href", "src", "action", "xlink:href"):
                self.kinds.add(f"{name}={re.match('[a-z]*:?|[#./]', value or '')[0]}")  # type: ignore[index]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, _data: str) -> None:
        self.kinds.add("<!-- -->")


def md(content: bytes) -> Content:
    """Read CommonMark: its tokens, those inside lines too."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(content.decode())
    inside = [child for token in tokens for child in token.children or ()]
    words = " ".join(one.content for one in (*tokens, *inside))
    return Content({one.type for one in (*tokens, *inside)}, words)


def docx(content: bytes) -> Content:
    """Read the parts of a text document and their elements."""
    return _zipped_xml(content)


def xlsx(content: bytes) -> Content:
    """Read a workbook: its parts and elements, and its cells by a reader of workbooks."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = [
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    return Content(_zipped_xml(content).kinds, " ".join(cells))


def csv_(content: bytes) -> Content:
    """Read a table: a cell that a spreadsheet would run is a formula."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    cells = [cell for row in rows for cell in row]
    runs = {
        "formula"
        for cell in cells
        if re.match(r"[=+\-@\t\r\x00＝＋－＠]", cell) and not re.fullmatch(r"-?\d+([.,]\d+)?", cell)
    }
    return Content(runs, " ".join(cells))


def pdf(content: bytes) -> Content:
    """Read a printed report: what it would do, and what its pages say."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    does = {f"document {key}" for key in reader.root_object}
    for page in reader.pages:
        for note in page.get("/Annots", ()):
            action = note.get_object().get("/A", {}).get("/S", "")
            does.add(f"link {action}")
        does |= {f"page {key}" for key in page if key in ("/AA", "/JS")}
    return Content(does, " ".join(page.extract_text() for page in reader.pages))


def json_(content: bytes) -> Content:
    """Read data: nothing in it can do anything, but be said."""
    return Content(set(), " ".join(_strings(json.loads(content))))


def _strings(data: Any) -> Iterator[str]:
    match data:
        case str():
            yield data
        case dict():
            yield from data
            for one in data.values():
                yield from _strings(one)
        case list():
            for one in data:
                yield from _strings(one)


def zip_(content: bytes) -> Content:
    """Read every file of an export by its own reader; a file's name leads nowhere."""
    kinds, words = set(), []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            folder, _, file = name.rpartition("/")
            kinds |= {f"folder {folder}", f"name {re.sub('[^./]', '', file)}"}
            if reader := READERS.get(name.rpartition(".")[2]):
                read = reader(archive.read(name))
                kinds |= read.kinds
                words.append(read.words)
    return Content(kinds, " ".join(words))


def _zipped_xml(content: bytes) -> Content:
    kinds, words, asides = set(), [], []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            kinds.add(re.sub(r"\d+", "n", name))
            if name.endswith((".xml", ".rels")):
                for one in etree.fromstring(archive.read(name)).iter():
                    kinds |= {str(one.tag), *(f"{one.tag} {key}" for key in one.attrib)}
                    words.append(one.text or "")
                    asides += one.attrib.values()
    return Content(kinds - {SPACE}, " ".join((*words, *asides)))


READERS: dict[str, Callable[[bytes], Content]] = {
    "html": html,
    "md": md,
    "docx": docx,
    "xlsx": xlsx,
    "csv": csv_,
    "pdf": pdf,
    "json": json_,
    "zip": zip_,
}


def flat(words: str) -> str:
    """Give words without what a line's end, a guard, a reader or the shape of a letter changes."""
    joined = re.sub(r"-\n|[\s'\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", words)
    letters = unicodedata.normalize("NFKD", joined)
    return "".join(one for one in letters if not unicodedata.combining(one))
