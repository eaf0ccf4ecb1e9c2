"""The numbers that a text says, in digits or in French words: "40 000", "quarante mille"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from fabrique.domain.claims import fold

_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)(?:[.,]\d+(?!\d))?"
_PLAIN = r"\d{1,27}(?:[.,]\d{1,27})?"  # as many digits as are counted exactly
_PIECE = re.compile(rf"{_GROUPED}|{_PLAIN}|[^\W\d_]+|[,;:.!?()]")
_SEPARATOR = re.compile(r"[ \u00a0\u202f.,](?=\d{3}(?:\D|$))")
UNITS = {
    word: value
    for value, word in enumerate(
        "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
        "seize".split(),
        2,
    )
}
TENS = {"trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70}
TENS |= {"vingt": 20, "vingts": 20, "huitante": 80, "octante": 80, "nonante": 90}
SCALES = {"mille": 1000, "million": 10**6, "millions": 10**6}
SCALES |= {"milliard": 10**9, "milliards": 10**9}
HUNDRED, EIGHTY, TWENTY, TEN = 100, 80, 20, 10
ONE = ("un", "une")
LARGEST = 10**15  # beyond, nobody counts


def numbers(text: str) -> list[str]:
    """Give every number in order, each in one form; "un" and "une" are articles unless compound."""
    return [_form(value) for value in _values(_PIECE.findall(text))]


class _Reader:
    """Adds words up while they make one number."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.part: Decimal | None = None  # below the next "mille"
        self.last = ""

    def take(self) -> Iterator[Decimal]:
        """Give the number read so far, if any, and begin anew."""
        if self.part is not None or self.total:
            yield self.total + (self.part or 0)
        self.total, self.part = Decimal(0), None

    def fits(self, word: str) -> Decimal | None:
        """Give what the part becomes with this word; None where it begins another number."""
        part = self.part
        if word in UNITS:
            return _unit(part, UNITS[word])
        if (
            word.startswith("vingt")
            and part is not None
            and part % HUNDRED == UNITS["quatre"] == _of(self.last)
        ):
            return part - 4 + EIGHTY
        if word in TENS:
            return _round(part, TENS[word])
        if word in ("cent", "cents"):
            return _hundreds(part)
        return part + 1 if word in ONE and part is not None and self._one(part) else None

    def scale(self, word: str) -> bool:
        """Count in thousands or more; "des millions" says no number."""
        part = Decimal(1) if self.part is None and self.last in ONE else self.part
        if self.total > LARGEST:
            return False
        if SCALES[word] == SCALES["mille"]:
            self.total += (1 if part is None else part) * SCALES[word]
        elif part is None and not self.total:
            return False
        else:
            self.total = (self.total + (part or 0)) * SCALES[word]
        self.part = None
        return True

    def _one(self, part: Decimal) -> bool:
        """Whether "un" goes on a number: "vingt et un", "quatre-vingt-un"."""
        joined = self.last == "et" or part % HUNDRED == EIGHTY
        return part % TEN == 0 and part >= TWENTY and joined


def _values(pieces: list[str]) -> Iterator[Decimal]:
    reader = _Reader()
    for place, piece in enumerate(pieces):
        if piece[0].isdecimal():
            yield from reader.take()
            reader.part, word = _read(piece), ""
        else:
            word = fold(piece)
            yield from _word(reader, word, pieces[place + 1 : place + 2])
        reader.last = word
    yield from reader.take()


def _word(reader: _Reader, word: str, following: list[str]) -> Iterator[Decimal]:
    if word in SCALES and reader.scale(word):
        return
    if word == "cent" and reader.last == "pour":
        yield from reader.take()
    elif (part := reader.fits(word)) is not None:
        reader.part = part
    elif not (word == "et" and _goes_on(reader, following)):
        yield from reader.take()
        reader.part = reader.fits(word)


def _goes_on(reader: _Reader, following: list[str]) -> bool:
    joined = {fold(one) for one in following} & {*ONE, "onze"}
    return bool(joined) and reader.part is not None and reader.part % TEN == 0


def _unit(part: Decimal | None, value: int) -> Decimal | None:
    if part is None:
        return Decimal(value)
    below = part % HUNDRED
    if below == 0 and part >= HUNDRED:
        return part + value
    if below == TEN:
        return part + value if value in (7, 8, 9) else None
    # "septante" and "nonante" among them; "soixante" and "quatre-vingt" go on to nineteen.
    tens = range(TWENTY, HUNDRED, TEN) if value < TEN else (60, EIGHTY)
    return part + value if below in tens else None


def _round(part: Decimal | None, value: int) -> Decimal | None:
    if part is None:
        return Decimal(value)
    return part + value if part % HUNDRED == 0 and part >= HUNDRED else None


def _hundreds(part: Decimal | None) -> Decimal | None:
    if part is None:
        return Decimal(HUNDRED)
    return part * HUNDRED if 1 < part < TEN else None


def _of(word: str) -> int:
    return UNITS.get(word, 0)


def _read(piece: str) -> Decimal:
    return Decimal(_SEPARATOR.sub("", piece).replace(",", "."))


def _form(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
