"""What a speaker wrote under the pages of a presentation, read from its XML."""

from __future__ import annotations

import posixpath
import zipfile
from xml.etree import ElementTree as ET

from fabrique.jobs.refusals import Unfit
from fabrique.jobs.words import plain

LARGEST = 20 << 20  # bytes of one file of XML
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_PRES = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NOTES = "/notesSlide"
_HIDDEN = ("0", "false")


def pptx_notes(packed: zipfile.ZipFile) -> list[str]:
    """Give the notes of each slide in the order of the show, hidden ones left out."""
    base = "ppt/presentation.xml"
    links = _links(packed, base)
    listed = _parsed(packed, base).iterfind(f"{_P}sldIdLst/{_P}sldId")
    slides = [links[one.attrib[f"{_R}id"]][1] for one in listed]
    return [_notes_of(packed, name) for name in slides if not _is_hidden(packed, name)]


def odp_notes(packed: zipfile.ZipFile) -> list[str]:
    """Give the notes of each page of a presentation of LibreOffice, hidden ones left out."""
    tree = _parsed(packed, "content.xml")
    hidden = {
        style.get(f"{_STYLE}name")
        for style in tree.iter(f"{_STYLE}style")
        for found in style.iter(f"{_STYLE}drawing-page-properties")
        if found.get(f"{_PRES}visibility") == "hidden"
    }
    pages = (page for page in tree.iter(f"{_DRAW}page"))
    return [_odp_page(page) for page in pages if page.get(f"{_DRAW}style-name") not in hidden]


def _odp_page(page: ET.Element) -> str:
    lines = (
        "".join(line.itertext())
        for notes in page.iterfind(f"{_PRES}notes")
        for line in notes.iter(f"{_TEXT}p")
    )
    return plain("\n".join(lines))


def _notes_of(packed: zipfile.ZipFile, slide: str) -> str:
    named = (target for kind, target in _links(packed, slide).values() if kind.endswith(_NOTES))
    name = next(named, None)
    if name is None:
        return ""
    shapes = _parsed(packed, name).iter(f"{_P}sp")
    bodies = (shape for shape in shapes if _is_body(shape))
    lines = (
        "".join(piece.text or "" for piece in line.iter(f"{_A}t"))
        for shape in bodies
        for line in shape.iter(f"{_A}p")
    )
    return plain("\n".join(lines))


def _is_body(shape: ET.Element) -> bool:
    """Whether a shape of a notes page holds the notes: the others are a picture and a number."""
    return any(one.get("type") == "body" for one in shape.iter(f"{_P}ph"))


def _is_hidden(packed: zipfile.ZipFile, slide: str) -> bool:
    return _parsed(packed, slide).get("show") in _HIDDEN


def _links(packed: zipfile.ZipFile, name: str) -> dict[str, tuple[str, str]]:
    """Give (kind, file) by id of what a file of the package leads to."""
    folder, base = posixpath.split(name)
    path = f"{folder}/_rels/{base}.rels"
    if path not in packed.namelist():
        return {}
    return {
        one.attrib["Id"]: (one.attrib["Type"], _target(folder, one.attrib["Target"]))
        for one in _parsed(packed, path).iter(f"{_REL}Relationship")
    }


def _target(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _parsed(packed: zipfile.ZipFile, name: str) -> ET.Element:
    with packed.open(name) as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Unfit("bomb")
    # Expat itself refuses entities that multiply; this process may take a page's memory, no more.
    return ET.fromstring(content)  # noqa: S314
