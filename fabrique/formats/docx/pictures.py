"""Pictures of a text document: a chart as it is on screen, and those a session carries."""

from __future__ import annotations

import io
import re
import struct

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.oxml.ns import qn
from docx.shared import Cm, Length
from docx.text.paragraph import Paragraph

from fabrique.charts import WIDE, draw
from fabrique.charts.png import chart_png
from fabrique.domain.blocks import Chart, Picture
from fabrique.domain.language import Language
from fabrique.domain.pictures import embedded
from fabrique.formats.docx.styles import MARGIN, PAGE_WIDTH

WIDTH, HEIGHT = PAGE_WIDTH - 2 * MARGIN, 21.0  # cm that a picture may take
WIDER = (WIDE, 1080, 1340, 1700)  # a full wall is composed wider, to fit the height of a page
MOST_POINTS = 50_000_000  # unpacked
QUALITY = 88  # of a picture that was already made light once
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
_UNREADABLE = (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
    struct.error,
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
)


def drawn(line: Paragraph, chart: Chart, language: Language, alt: str, *, titled: bool) -> None:
    """Put the picture of a chart, composed as wide as its height asks for."""
    wider = (draw(chart, language, width, titled=titled) for width in WIDER)
    svg = next(wider)
    while _too_tall(svg) and (other := next(wider, "")):
        svg = other
    _put(line, chart_png(svg), alt)


def put(line: Paragraph, picture: Picture, alt: str) -> bool:
    """Put a picture that the session carries; say whether it could be read."""
    held = embedded(picture.src)
    if held is None or held[0] == "svg":
        return False
    try:
        _put(line, _plain(held[1]) if held[0] == "webp" else held[1], alt)
    except _UNREADABLE:
        return False
    return True


def _plain(content: bytes) -> bytes:
    """Write a WebP, which text documents cannot hold, as a JPEG; as a PNG if one sees through it.

    Raises `ValueError` for more points than any picture of ours has.
    """
    from PIL import Image  # noqa: PLC0415 - slow to load: only where there is one

    try:
        found = Image.open(io.BytesIO(content), formats=["WEBP"])
    except Image.DecompressionBombError as bomb:  # no kind of error that others raise
        raise ValueError(*bomb.args) from bomb
    with found:
        if found.width * found.height > MOST_POINTS:
            raise ValueError(found.size)
        written = io.BytesIO()
        if found.has_transparency_data:
            found.save(written, "PNG")
        else:
            found.convert("RGB").save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _put(line: Paragraph, content: bytes, alt: str) -> None:
    shape = line.add_run().add_picture(io.BytesIO(content))
    scale = min(Cm(WIDTH) / shape.width, Cm(HEIGHT) / shape.height, 1)
    shape.width, shape.height = Length(shape.width * scale), Length(shape.height * scale)
    whole = shape._inline  # noqa: SLF001 - the library has no words for pictures
    for side in "TBLR":
        whole.set(f"dist{side}", "0")  # or LibreOffice keeps words away, and leaves the margins
    for said in whole.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        said.set("descr", alt)


def _too_tall(svg: str) -> bool:
    """Say whether a drawing as wide as the page would be taller than it."""
    size = _SIZE.search(svg)
    return size is not None and float(size[2]) / float(size[1]) > HEIGHT / WIDTH
