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
# What hangs on a sign beside the accents: joiners, variation selectors, skin tones, tags.
_JOINERS = "\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef"
_PLAIN = r"\x00-\u023f\u2010-\u2027\u202f\u2030-\u2037\u2039\u203a\u20ac"  # in the first font
_WORDS = re.compile("(?<=>)[^<]+")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff\ufe0e\ufe0f")


def drawable(text: str) -> str:
    """Replace each sign that no font of ours draws by one white square; drop marks of direction.

    Accents that the font of their letter does not have are left out.
    """
    return _odd().sub(_drawn, text)


def in_picture(svg: str) -> str:
    """Make the words of a drawing drawable too: there, an accent without its letter is an error."""
    return _WORDS.sub(_bare, svg)


def _bare(match: re.Match[str]) -> str:
    drawn = unicodedata.normalize("NFC", drawable(match[0]))
    return "".join(char for char in drawn if not _is_accent(char))


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
        if ord(seen[0]) in covered and not _is_accent(seen[0]):
            return "".join(char for char in seen if ord(char) in covered)
    return "" if _is_accent(seen[0]) else MISSING


@cache
def _odd() -> re.Pattern[str]:
    """Find each sign that must be looked up, with all the accents on it."""
    accents = (char for font in FONTS for char in map(chr, _covered()[font]) if _is_accent(char))
    hanging = "".join(sorted(set(accents))) + _JOINERS
    return re.compile(rf"[^{_PLAIN}][{hanging}]*|.[{hanging}]+", re.DOTALL)


def _is_accent(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


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
