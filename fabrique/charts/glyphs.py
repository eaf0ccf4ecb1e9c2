"""What the fonts of our documents draw: those Typst carries, the same on every machine.

An accessible PDF must not hold a sign without a glyph. `glyphs.txt` lists the code points of each
font, in ranges, private ones left out: those of its regular, bold and italic faces together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

MISSING = "□"
FONTS = ("Libertinus Serif", "DejaVu Sans Mono")  # the first draws, the second helps
# A base sign with what hangs on it: accents, joiners, variation selectors and skin tones.
_HANGING = (
    "\u0300-\u036f\u0483-\u0489\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f"
    "\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef"
)
_PLAIN = r"\x00-\u02ff\u2000-\u200a\u2010-\u2029\u202f-\u203a\u20ac"
_ODD = re.compile(rf"[^{_PLAIN}][{_HANGING}]*|.[{_HANGING}]+", re.DOTALL)
_WORDS = re.compile("(?<=>)[^<]+")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff\ufe0e\ufe0f")


def drawable(text: str) -> str:
    """Replace each sign that no font of ours draws by one white square; drop marks of direction.

    Accents that the font of their letter does not have are left out.
    """
    return _ODD.sub(_drawn, text)


def in_picture(svg: str) -> str:
    """Make the words of a drawing drawable too: there, an accent without its letter is an error."""
    return _WORDS.sub(_bare, svg)


def _bare(match: re.Match[str]) -> str:
    drawn = unicodedata.normalize("NFC", drawable(match[0]))
    return "".join(char for char in drawn if not unicodedata.category(char).startswith("M"))


def _drawn(match: re.Match[str]) -> str:
    sign = unicodedata.normalize("NFC", match[0])
    seen = "".join(char for char in sign if not _unseen(char))
    if not seen:
        return ""
    for font in FONTS:
        if all(ord(char) in _covered()[font] for char in seen):
            return seen
    for font in FONTS:
        covered = _covered()[font]
        if ord(seen[0]) in covered and not unicodedata.combining(seen[0]):
            return "".join(char for char in seen if ord(char) in covered)
    return "" if unicodedata.combining(seen[0]) else MISSING


def _unseen(char: str) -> bool:
    return char in _INVISIBLE or unicodedata.category(char) in ("Cf", "Cc", "Cs", "Zl", "Zp")


@cache
def _covered() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    font = ""
    listed = (Path(__file__).parent / "glyphs.txt").read_text(encoding="ascii")
    for line in listed.splitlines():
        if line.startswith("# "):
            font = line[2:]
            continue
        for run in line.split():
            first, _, last = run.partition("-")
            found.setdefault(font, set()).update(range(int(first, 16), int(last or first, 16) + 1))
    return {name: frozenset(points) for name, points in found.items()}
