"""What a file is, by its content: never by its name, nor by what the browser says of it."""

from __future__ import annotations

from fabrique.domain.pictures import kind_of
from fabrique.jobs.attachment import guessed
from fabrique.jobs.refusals import ATTACHMENT, EXPORT, IMPORT, PICTURE, SLIDES, Unfit

HEAD = 4096  # bytes that tell
_PDF, _ZIP, _OLD = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1024  # readers forgive that much before it
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def picture_kind(head: bytes) -> str:
    """Tell that a file is a picture; raise `Unfit`."""
    if kind_of(head) is None:
        raise Unfit("no_picture")
    return "picture"


def slides_kind(head: bytes) -> str:
    """Tell "pdf", "office" (a zip, to be looked into) or "old"; raise `Unfit`."""
    if _PDF in head[:_PDF_WITHIN]:
        return "pdf"
    if head.startswith(_ZIP):
        return "office"
    if head.startswith(_OLD):
        return "old"
    raise Unfit("no_slides")


def import_kind(head: bytes) -> str:
    """Tell "zip" or "text", of a session or of another tool's answers; raise `Unfit`."""
    if head.startswith(_ZIP):
        return "zip"
    if not head or kind_of(head) or head.startswith((_OLD, _PDF)):
        raise Unfit("no_import")
    return "text"


def export_kind(head: bytes) -> str:
    """Tell "xml", as sites export themselves; raise `Unfit`."""
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe \t\r\n")
    if not start.startswith(b"<"):
        raise Unfit("no_export")
    return "xml"


def is_locked(content: bytes) -> bool:
    """Whether what looks like Office's files of twenty years ago is a new one, under a password."""
    return _LOCKED in content


KINDS = {
    "picture": picture_kind,
    "slides": slides_kind,
    "import": import_kind,
    "attachment": guessed,
    "export": export_kind,
}
LARGEST = {
    "picture": PICTURE,
    "slides": SLIDES,
    "import": IMPORT,
    "attachment": ATTACHMENT,
    "export": EXPORT,
}
