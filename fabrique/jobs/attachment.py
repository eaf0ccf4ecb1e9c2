"""What an attachment is, by its content: one known kind from first byte to last, or none."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from fabrique.domain.pictures import kind_of
from fabrique.domain.unzipped import BROKEN
from fabrique.jobs.refusals import Unfit

HEAD, TAIL = 4096, 2048
AFTER = 1024  # bytes after the last word of a PDF: line ends, a signature of a printer
MOST_FILES, MOST_UNPACKED, DENSEST = 5000, 400 << 20, 300
SMALL = 1_000_000  # bytes: what is smaller may be as dense as it likes
TEXTS = {"txt", "csv", "md"}
OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_LOCAL, _END = b"PK\x03\x04", b"PK\x05\x06"
_MACROS = re.compile(
    r"vbaProject|(?:^|/)(?:Basic|Scripts)/|\.(?:exe|dll|js|vbs|bat|ps1|html?)\Z", re.IGNORECASE
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|script|svg|\?xml|iframe)", re.IGNORECASE)
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "webp": "image/webp",
}


def guessed(head: bytes) -> str:
    """Tell by its first bytes what a file may be; raise `Unfit` as soon as it can be none."""
    if kind_of(head):
        return "picture"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(_LOCAL):
        return "office"
    if head and not _CONTROL.search(head) and not _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "text"
    raise Unfit("no_attachment")


def look(path: Path, name: str) -> str:
    """Say what a whole file is: the ending it is kept under, or "picture". Raises `Unfit`."""
    with path.open("rb") as file:
        kind = guessed(file.read(HEAD))
    return {"picture": _picture, "pdf": _pdf, "office": _office, "text": _text}[kind](path, name)


def _picture(_path: Path, _name: str) -> str:
    return "picture"  # it is drawn anew: nothing else of it is kept


def _pdf(path: Path, _name: str) -> str:
    """A PDF begins and ends as one, and is nothing else besides."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - TAIL))
        tail = file.read()
    end = tail.rfind(b"%%EOF")
    if end < 0:
        raise Unfit("broken")
    if len(tail) - end > AFTER or zipfile.is_zipfile(path):
        raise Unfit("two_in_one")
    return "pdf"


def _office(path: Path, _name: str) -> str:
    """A ZIP of the office kinds: nothing before it, nothing after it, no macro in it."""
    try:
        with zipfile.ZipFile(path) as found:
            listed = found.infolist()
            _measure(path, found, listed)
            return _kind(found, [one.filename for one in listed])
    except Unfit:
        raise
    except BROKEN:
        raise Unfit("broken") from None


def _measure(path: Path, found: zipfile.ZipFile, listed: list[zipfile.ZipInfo]) -> None:
    if found.comment or min((one.header_offset for one in listed), default=1) != 0:
        raise Unfit("two_in_one")
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 22))
        if not file.read().startswith(_END):
            raise Unfit("two_in_one")
    if len(listed) > MOST_FILES or sum(one.file_size for one in listed) > MOST_UNPACKED:
        raise Unfit("unpacks")
    dense = (one.file_size > max(SMALL, DENSEST * one.compress_size) for one in listed)
    if any(dense):
        raise Unfit("unpacks")
    if any(one.flag_bits & 1 for one in listed):
        raise Unfit("encrypted")


def _kind(found: zipfile.ZipFile, names: list[str]) -> str:
    if any(map(_MACROS.search, names)):
        raise Unfit("macros")
    if names and names[0] == "mimetype":
        with found.open("mimetype") as file:
            kind = OPEN.get(file.read(100))
    elif "[Content_Types].xml" in names:
        kinds = {
            kind for folder, kind in OFFICE.items() if any(n.startswith(folder) for n in names)
        }
        kind = kinds.pop() if len(kinds) == 1 else None
    else:
        kind = None
    if kind is None:
        raise Unfit("no_attachment")
    return kind


def _text(path: Path, name: str) -> str:
    """Words alone, in UTF-8; what sort of words, its name says."""
    content = path.read_bytes()
    try:
        content.decode()
    except UnicodeDecodeError:
        raise Unfit("not_utf8") from None
    if _CONTROL.search(content) or zipfile.is_zipfile(path):
        raise Unfit("two_in_one")
    ending = name.rpartition(".")[2].lower()
    return ending if ending in TEXTS else "txt"
