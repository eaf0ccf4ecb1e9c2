"""The sheet every chart is drawn on: ink, measures of text, and the card with title and count.

One drawing serves page, document and picture, so widths of glyphs are estimated, a little wide,
for whatever sans or serif font draws them. Units are pixels of the `viewBox`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from typing import NamedTuple

from fabrique.domain.typography import printable, tied

INK, SOFT, LINE, CARD = "#1d1428", "#574c63", "#d9cfbf", "#fffdf8"
BAR, TRACK, CURTAIN = "#5b2a86", "#efe7d9", "#a3123a"
HUES = (BAR, "#0a6670", "#b4541a", CURTAIN)
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"
PAD = 24

_BLANK = re.compile("[^\\S\u00a0\u2007\u202f]+")  # a firm space stays: it ties a word to its sign
_UNSEEN = re.compile("[\u200b\u2060-\u2065\u206a-\u206f\ufeff]")
_NARROW, _THIN, _WIDE = set('fjrtI()[]/-"°*'), set("il.,:;'!|’`· "), set("mwMWŒœ@%&—…")


class Drawn(NamedTuple):
    """SVG elements and the height they take, from y = 0."""

    body: str
    height: float


class Said(NamedTuple):
    """What a card says around its drawing; `titled` tells whether the title is drawn."""

    title: str
    counted: str
    alt: str
    titled: bool = True


def card(said: Said, width: float, drawn: Drawn) -> str:
    """Lay a drawing on a paper card, its title above and who was counted below."""
    head = wrap(said.title, 20, width - 2 * PAD, 4, bold=True) if said.titled else []
    top = PAD + 26 * len(head) + (14 if head else 4)
    foot = wrap(said.counted, 14, width - 2 * PAD, 3)
    rule = top + drawn.height + 18
    height = rule + 10 + 20 * len(foot) + 12
    name = plain(said.title) or plain(said.counted)
    edge = f'x="0.5" y="0.5" width="{number(width - 1)}" height="{number(height - 1)}" rx="20"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" font-family="{FONT}" fill="{INK}" '
        f'width="{number(width)}" height="{number(height)}" '
        f'viewBox="0 0 {number(width)} {number(height)}">'
        f"<title>{_escape(name)}</title><desc>{_escape(plain(said.alt))}</desc>"
        f'<rect {edge} fill="{CARD}" stroke="{LINE}"/>'
        f"{lines(PAD, PAD + 18, head, 26, Ink(20, 750))}"
        f'<g transform="translate(0 {number(top)})">{drawn.body}</g>'
        f'<path d="M{PAD} {number(rule)}H{number(width - PAD)}" stroke="{LINE}"/>'
        f"{lines(PAD, rule + 24, foot, 20, Ink(14, fill=SOFT))}</svg>"
    )


class Ink(NamedTuple):
    """How a text is written; the card's own ink is not said again for each."""

    size: float
    weight: int = 400
    fill: str = INK
    anchor: str = "start"

    def attributes(self) -> str:
        """Give what differs from the card."""
        weight = f' font-weight="{self.weight}"' if self.weight != 400 else ""  # noqa: PLR2004 - normal
        fill = f' fill="{self.fill}"' if self.fill != INK else ""
        anchor = f' text-anchor="{self.anchor}"' if self.anchor != "start" else ""
        return f'font-size="{number(self.size)}"{weight}{fill}{anchor}'


def lines(x: float, y: float, words: list[str], step: float, ink: Ink) -> str:
    """Write lines one under the other, `step` apart; `y` is the first base line."""
    if not any(words):
        return ""
    left = number(x)
    first, *others = map(_escape, words)
    rest = "".join(
        f'<tspan x="{left}" dy="{number(step)}">{line or " "}</tspan>' for line in others
    )
    return f'<text x="{left}" y="{number(y)}" {ink.attributes()}>{first}{rest}</text>'


def text(x: float, y: float, words: str, ink: Ink) -> str:
    """Write one line; `y` is its base line."""
    return lines(x, y, [words], 0, ink)


def number(value: float) -> str:
    """Write a coordinate, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def _escape(words: str) -> str:
    return html.escape(words, quote=False)


def plain(words: str) -> str:
    """Make a text safe to draw on one line, where only what is seen has a width."""
    return tied(_BLANK.sub(" ", _UNSEEN.sub("", printable(words))).strip())


def measure(words: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide a text is drawn."""
    return sum(map(_advance, words)) * size * (1.1 if bold else 1)


@cache
def _advance(char: str) -> float:
    base = unicodedata.normalize("NFD", char)[0]
    category = unicodedata.category(base)
    if base.isspace():
        return 0.32
    if category in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(base) in "WF":
        return 1.3
    for width, known in ((0.32, _THIN), (0.42, _NARROW), (0.94, _WIDE)):
        if base in known:
            return width
    return 0.6 if category in ("Ll", "Nd", "Lo") else 0.74


def wrap(words: str, size: float, width: float, most: int, *, bold: bool = False) -> list[str]:
    """Break a text into at most `most` lines of `width`; what is left out ends in an ellipsis."""
    # 0.3 em: no line of that width holds more letters, and nobody waits for the rest.
    room = int(width / size / 0.3 + 1) * (most + 1)
    whole = plain(words[: 4 * room])
    broken = list(_broken(whole.split(" "), size, width, bold=bold))
    if len(broken) > most or len(words) > 4 * room:
        broken = [
            *broken[: most - 1],
            clip(broken[min(most, len(broken)) - 1] + "…", size, width, bold),
        ]
    return broken


def clip(words: str, size: float, width: float, bold: bool = False) -> str:  # noqa: FBT001, FBT002
    """Shorten one line to `width`, its end an ellipsis."""
    if measure(words, size, bold=bold) <= width:
        return words
    kept = words.removesuffix("…")
    while kept and measure(kept + "…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _broken(words: list[str], size: float, width: float, *, bold: bool) -> list[str]:
    found: list[str] = []
    line, used, space = "", 0.0, measure(" ", size, bold=bold)
    for word in words:
        wide = measure(word, size, bold=bold)
        if line and used + space + wide <= width:
            line, used = f"{line} {word}", used + space + wide
            continue
        found += [line] if line else []
        line, used = word, wide
        if wide > width:
            *full, line = _pieces(word, size, width, bold=bold)
            found, used = found + full, measure(line, size, bold=bold)
    return [*found, line]


def _pieces(word: str, size: float, width: float, *, bold: bool) -> list[str]:
    pieces, used = [""], 0.0
    for char in word:
        wide = measure(char, size, bold=bold)
        if pieces[-1] and used + wide > width and wide:
            pieces.append("")
            used = 0.0
        pieces[-1] += char
        used += wide
    return pieces
