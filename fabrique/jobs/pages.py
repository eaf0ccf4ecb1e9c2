"""The pages of a PDF as pictures with their words, one after the other, each whole or not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pypdfium2
from msgspec import Struct
from PIL import Image

from fabrique.jobs.pictures import WIDEST, variants
from fabrique.jobs.refusals import MOST_PAGES, Unfit
from fabrique.jobs.words import plain

_PASSWORD, _SECURITY = 4, 5  # PDFium's own numbers
Say = Callable[..., None]


class Page(Struct, frozen=True):
    """What is known of a page beside its pictures; written last, so that it says they are there."""

    text: str
    small: bool


def draw_pages(source: Path, into: Path, say: Say, expected: int = 0) -> None:
    """Draw every page that is not there yet; raise `Unfit`.

    `expected` is how many pages there should be, where it is known.
    """
    document = _opened(source)
    pages = len(document)
    if not pages:
        raise Unfit("empty")
    if pages > MOST_PAGES:
        raise Unfit("too_long", pages=pages, limit=MOST_PAGES)
    if pages < expected:
        raise Unfit("office_page", page=pages + 1, pages=expected)
    say(pages=pages)
    for number in range(1, pages + 1):
        say(page=number)
        if not (into / f"{number}.json").exists():
            _draw(document, number, into)


def _opened(source: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (_PASSWORD, _SECURITY)
        raise Unfit("encrypted" if locked else "broken") from None


def _draw(document: pypdfium2.PdfDocument, number: int, into: Path) -> None:
    try:
        page = document[number - 1]
        image = _image(page)
        text = page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        raise Unfit("page", page=number) from None
    except MemoryError:
        raise Unfit("page_heavy", page=number) from None
    whole, small = variants(image)
    _write(into / f"{number}.webp", whole)
    if small is not None:
        _write(into / f"{number}.small.webp", small)
    known = Page(plain(text), small is not None)
    _write(into / f"{number}.json", msgspec.json.encode(known))


def _image(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    if min(width, height) <= 0:
        raise pypdfium2.PdfiumError("a page without a surface")
    image: Image.Image = page.render(scale=WIDEST / max(width, height)).to_pil()
    return image.convert("RGB")


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)
