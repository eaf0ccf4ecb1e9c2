"""A word cloud that reads like a text: most said first, larger when more people said it.

Words flow in lines, so nothing overlaps and a word keeps its place when a rarer one arrives.
"""

from __future__ import annotations

from math import sqrt

from msgspec import Struct

from fabrique.charts.paper import HUES, PAD, SOFT, Drawn, Ink, measure, number, plain, text, wrap
from fabrique.domain.blocks import Cloud, Word
from fabrique.domain.language import Language

LEAST, MOST = 17, 58
GAP = 22
LEADING = 8


class _Placed(Struct):
    label: str
    people: str
    size: float
    width: float
    hue: str


def draw(cloud: Cloud, language: Language, width: float) -> Drawn:
    """Draw every word once, the people who said it beside it."""
    room = width - 2 * PAD
    most = max((word.people for word in cloud.words), default=1)
    words = [_placed(place, word, most, room, language) for place, word in enumerate(cloud.words)]
    body, y = [], 0.0
    for line in _lines(words, room):
        tall = max(word.size for word in line)
        y += tall + LEADING
        body.append(_line(line, y - tall * 0.2, width))
    return Drawn("".join(body), y + 6)


def _placed(place: int, word: Word, most: int, room: float, language: Language) -> _Placed:
    largest = min(MOST, room / 8)
    share = sqrt(max(word.people - 1, 0) / max(most - 1, 1))
    size = LEAST + (largest - LEAST) * share
    label = plain(word.label[:400])
    people = language.figure(word.people) if word.people > 1 else ""
    rest = _rest(people, size)
    if measure(label, size, bold=True) > room - rest:
        size = LEAST
        (label, *_) = wrap(word.label, size, room - _rest(people, size), 1, bold=True)
    wide = measure(label, size, bold=True) + _rest(people, size)
    return _Placed(label, people, size, wide, HUES[place % len(HUES)])


def _rest(people: str, size: float) -> float:
    return measure(people, _small(size)) + 4 if people else 0


def _small(size: float) -> float:
    return max(size * 0.42, 13)


def _lines(words: list[_Placed], room: float) -> list[list[_Placed]]:
    found: list[list[_Placed]] = []
    used = room
    for word in words:
        if used + GAP + word.width > room:
            found.append([])
            used = -GAP
        found[-1].append(word)
        used += GAP + word.width
    return found


def _line(words: list[_Placed], y: float, width: float) -> str:
    used = sum(word.width for word in words) + GAP * (len(words) - 1)
    x, pieces = (width - used) / 2, []
    for word in words:
        pieces.append(_word(word, x, y))
        x += word.width + GAP
    return "".join(pieces)


def _word(word: _Placed, x: float, y: float) -> str:
    """Write label and count as one text, so that the count follows whatever font draws it."""
    count = ""
    if word.people:
        small = _small(word.size)
        count = (
            f'<tspan dx="4" font-size="{number(small)}" font-weight="600" fill="{SOFT}">'
            f"{word.people}</tspan>"
        )
    whole = text(x + word.width / 2, y, word.label, Ink(word.size, 750, word.hue, "middle"))
    return whole.replace("</text>", count + "</text>")
