"""What each column of a form is taken for: said by whoever imports, otherwise guessed."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum

from msgspec import Struct

from fabrique.domain.fold_text import key
from fabrique.domain.foreign import SHOWN, Piece, Wanted
from fabrique.domain.separated import Separated
from fabrique.domain.text import Invalid, Text
from fabrique.importers.forms.moments import looks_like_moments

MOST_OPTIONS = 12
LONGEST_OPTION = 120
SHORT = 4  # words
TOLD_APART = 2  # an option is chosen by as many people on average, at least
SCALES = (5, 7, 10)
JOINTS = (";", " | ", "\n", ", ")
NO_GRADES = Text("Column {n} holds something else than whole numbers from 1 to {scale}.")
NO_OPTIONS = Text("Column {n} is empty: there is nothing to choose from.")
BREAK = "↵"  # a line break, as it is written and read
PERSONAL = re.compile(
    r"\b(nom|prenom|name|first ?name|last ?name|mail|e-?mail|courriel|telephone|phone|adresse"
    r"|address|ip)\b"
)
TECHNICAL = re.compile(
    r"^(id|seed|token|lastpage|startlanguage|response ?id|n°|serial|sid|uid|numero|"
    r"(id de la reponse|derniere page|langue de depart|tete de serie).*)$"
)
GRADE = re.compile(r"[1-9]\d{0,3}", re.ASCII)


class Use(StrEnum):
    """What a column may be taken for."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    RATING = "rating"
    OPEN = "open"
    TIMES = "times"
    NAMES = "names"
    NONE = "none"


SAID = {
    Use.SINGLE: Text("single choice, {size} options"),
    Use.MULTIPLE: Text("multiple choice, {size} options, parted by “{joint}”"),
    Use.RATING: Text("grade from 1 to {scale}"),
    Use.OPEN: Text("open question"),
    Use.TIMES: Text("moment of the answer"),
    Use.NAMES: Text("names, kept apart from the answers"),
    Use.NONE: Text("left aside"),
}


class Column(Struct, frozen=True):
    """A column, by number from 1, and what its cells are read with."""

    number: int
    title: str
    use: Use
    options: tuple[str, ...] = ()
    joint: str = ""
    scale: int = 0

    @property
    def asked(self) -> bool:
        """Whether it becomes a question."""
        return self.use in (Use.SINGLE, Use.MULTIPLE, Use.RATING, Use.OPEN)

    def parts(self, cell: str) -> tuple[str, ...]:
        """Give the options that a cell names, each once."""
        return _parts(cell, self.joint)

    def piece(self, table: Separated) -> Piece:
        """Say what it is taken for."""
        joint = BREAK if self.joint == "\n" else self.joint.strip()
        what = {"size": len(self.options), "joint": joint, "scale": self.scale}
        said = Text(SAID[self.use].msgid, what)
        first = tuple(row.cells[self.number - 1] for row in table.rows[:SHOWN])
        detail = joint or (str(self.scale) if self.scale else "")
        return Piece(self.number, self.title, self.use, tuple(Use), said, first, detail)


def read_columns(table: Separated, wanted: Wanted) -> list[Column]:
    """Say what each column is; raise `Invalid` for a correction that does not fit."""
    _check(table, wanted)
    found: list[Column] = []
    for number, name in enumerate(table.head, 1):
        cells = [row.cells[number - 1] for row in table.rows if row.cells[number - 1]]
        title = name or f"({number})"
        told = wanted.columns.get(number)
        timed = any(one.use is Use.TIMES for one in found) or "times" in wanted.columns.values()
        if number == wanted.names:
            found.append(Column(number, title, Use.NAMES))
        elif told is None:
            found.append(_guessed(number, title, cells, timed=timed))
        else:
            found.append(_told(number, title, cells, told))
    return found


def _check(table: Separated, wanted: Wanted) -> None:
    numbers = [*wanted.columns, *((wanted.names,) if wanted.names is not None else ())]
    for number in numbers:
        if not 1 <= number <= len(table.head):
            raise Invalid(Text("There is no column {n} in this file.", {"n": number}))
    for number, told in wanted.columns.items():
        if told.partition(":")[0] not in set(Use) - {Use.NAMES}:
            what = {"n": number, "use": told}
            raise Invalid(Text("Column {n} cannot be taken for “{use}”.", what))


def _told(number: int, title: str, cells: list[str], told: str) -> Column:
    use, _, more = told.partition(":")
    if use == Use.RATING:
        scale = int(more) if GRADE.fullmatch(more) else _scale(cells)
        if not _graded(cells, scale):
            raise Invalid(Text(NO_GRADES.msgid, {"n": number, "scale": scale}))
        return Column(number, title, Use.RATING, scale=scale)
    if use in (Use.SINGLE, Use.MULTIPLE):
        more = more.replace(BREAK, "\n")
        joint = (more or _joint(cells) or JOINTS[0]) if use == Use.MULTIPLE else ""
        options = _options(cells, joint)
        if not options:
            raise Invalid(Text(NO_OPTIONS.msgid, {"n": number}))
        return Column(number, title, Use(use), options, joint)
    return Column(number, title, Use(use))


def _guessed(number: int, title: str, cells: list[str], *, timed: bool) -> Column:
    name = key(title)
    if not cells or _personal(name) or TECHNICAL.match(name) or _addresses(cells):
        return Column(number, title, Use.NONE)
    if looks_like_moments(cells):
        return Column(number, title, Use.NONE if timed else Use.TIMES)
    if _graded(cells, SCALES[-1]):
        return Column(number, title, Use.RATING, scale=_scale(cells))
    if (joint := _joint(cells)) and _few(cells, joint):
        return Column(number, title, Use.MULTIPLE, _options(cells, joint), joint)
    if _few(cells, ""):
        return Column(number, title, Use.SINGLE, _options(cells, ""))
    return Column(number, title, Use.OPEN)


def _personal(name: str) -> bool:
    """Whether it names a person; a longer sentence is a question."""
    return bool(PERSONAL.search(name)) and len(name.split()) <= SHORT


def _addresses(cells: list[str]) -> bool:
    return all(re.fullmatch(r"\S+@\S+\.\S+", cell) for cell in cells)


def _graded(cells: list[str], scale: int) -> bool:
    return scale > 1 and all(GRADE.fullmatch(cell) and int(cell) <= scale for cell in cells)


def _scale(cells: list[str]) -> int:
    highest = max((int(cell) for cell in cells if GRADE.fullmatch(cell)), default=0)
    return next((one for one in SCALES if highest <= one), highest)


def _joint(cells: list[str]) -> str:
    """Find what parts the options of a cell, if anything does."""
    return next((one for one in JOINTS if any(one in cell for cell in cells)), "")


def _few(cells: list[str], joint: str) -> bool:
    counts = Counter(part for cell in cells for part in _parts(cell, joint))
    short = all(len(one) <= LONGEST_OPTION for one in counts)
    return short and len(counts) <= MOST_OPTIONS and counts.total() >= TOLD_APART * len(counts)


def _options(cells: list[str], joint: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for cell in cells for part in _parts(cell, joint)))


def _parts(cell: str, joint: str) -> tuple[str, ...]:
    parts = cell.split(joint) if joint else [cell]
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in parts))))
