"""The text of a file: its alphabet, one kind of line break, no sign that commands a machine."""

from __future__ import annotations

import codecs
import re

from fabrique.domain.text import Invalid, Text

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# U+0085 and its like are no line breaks here: a line of the file is what an editor counts.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


def decoded(content: bytes) -> str:
    """Read UTF-8, UTF-16 with its mark, else the alphabet of Windows; raise `Invalid`."""
    wide = content.startswith(WIDE)
    if b"\0" in content and not wide:
        raise Invalid(Text("This file is not a text."), "1")
    for alphabet in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(alphabet)
        except UnicodeDecodeError:
            continue
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
        return CONTROLS.sub(" ", lines)
    raise Invalid(Text("This file is neither in UTF-8 nor in the alphabet of Windows."), "1")
