"""A table of the ZIP file, and what it can be taken for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from fabrique.domain.foreign import SHOWN, Piece, repeated
from fabrique.domain.separated import Row, Separated, read_separated
from fabrique.domain.text import Invalid, Text
from fabrique.importers.klaxoon.heads import find

UNKNOWN = Text(
    "These columns are not known. Wanted: idea, with category and likes;"
    " or question, answer, count."
)
NO_CATEGORY = Text("There is no category on this line.")
AGAIN = Text("This idea is written twice in its table: both are taken.")


class Use(StrEnum):
    """What a table may be taken for."""

    IDEAS = "ideas"
    COUNTS = "counts"
    NONE = "none"


class Table(Struct, frozen=True):
    """A table by its number from 1; where it cannot be read, why."""

    number: int
    file: str
    found: Separated | Invalid
    heads: Mapping[str, int]

    @classmethod
    def of(cls, number: int, file: str, content: bytes) -> Table:
        """Read a file as far as it can be."""
        try:
            found = read_separated(content, file)
        except Invalid as error:
            return cls(number, file, error, {})
        return cls(number, file, found, find(found.head))

    @property
    def uses(self) -> tuple[str, ...]:
        """Give what it may be taken for, the likeliest first."""
        counts = {"question", "answer", "count"} <= self.heads.keys()
        return (*([Use.COUNTS] if counts else []), *self._ideas(), Use.NONE)

    def _ideas(self) -> Iterator[Use]:
        if "idea" in self.heads:
            yield Use.IDEAS

    @property
    def use(self) -> str:
        """Give what it is taken for; empty where nobody can tell."""
        return "" if self.uses == (Use.NONE,) else self.uses[0]

    def read(self) -> Separated:
        """Give the table; raise `Invalid` where it cannot be taken."""
        if isinstance(self.found, Invalid):
            raise self.found
        if not self.found.rows:
            raise Invalid(Text("There is no answer in this file."), self.file)
        if not self.use:
            raise Invalid(UNKNOWN, f"{self.file}:1")
        return self.found

    def piece(self, said: Text, use: str) -> Piece:
        """Say what it is taken for."""
        rows = () if isinstance(self.found, Invalid) else self.found.rows[:SHOWN]
        first = tuple(" · ".join(filter(None, row.cells)) for row in rows)
        return Piece(self.number, self.file, use, self.uses, said, first)

    def noted(self, use: str) -> list[tuple[Text, list[str]]]:
        """Give the lines that whoever imports should know."""
        if use != Use.IDEAS:
            return []
        rows, place = self.read().rows, self.heads.get("category")
        bare = [row for row in rows if place is not None and not row.cells[place]]
        again = repeated((row.cells[self.heads["idea"]], row) for row in rows)
        return [(NO_CATEGORY, self._lines(bare)), (AGAIN, self._lines(again))]

    def _lines(self, rows: list[Row]) -> list[str]:
        return [f"{self.file}:{row.line}" for row in rows]
