"""What remains of a session, as data: activities write blocks, formats draw them.

Here, and only here, N activities meet M formats. A `str` is the users' word and is never touched
by typography or translation; a `Text` is ours and is said in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from fabrique.domain.listings import Listing
from fabrique.domain.text import Text, Words


class Block(Struct, frozen=True, tag=True):
    """A piece of a report."""


class Heading(Block, frozen=True):
    """A title inside a section: a question of a questionnaire, a part of the method note."""

    text: Words


class Paragraph(Block, frozen=True):
    """Running text; line breaks of users' words are kept."""

    text: Words


class Notice(Block, frozen=True):
    """A remark set apart: a warning, a rule that changed the figures, what is simulated."""

    text: Words


class Items(Block, frozen=True):
    """A plain list."""

    items: tuple[Words, ...]


class Picture(Block, frozen=True):
    """An image with its text alternative."""

    src: str
    alt: str


class Fact(Struct, frozen=True):
    """One figure and what it counts."""

    label: Words
    value: Words


class Facts(Block, frozen=True):
    """A row of figures: joined, answered, abstained and the like."""

    facts: tuple[Fact, ...]


class Quote(Struct, frozen=True):
    """A person's own words; `by` is a display name when the policy publishes names."""

    text: str
    by: str | None = None
    at: datetime | None = None


class Quotes(Block, frozen=True):
    """Verbatims, in order of time."""

    quotes: tuple[Quote, ...]


class Table(Block, frozen=True):
    """Rows under a header; `numeric` tells which columns are figures. The caption is its name."""

    caption: Words
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    numeric: tuple[int, ...] = ()


class Bar(Struct, frozen=True):
    """One line of a bar chart: a length and the figure that is printed, always with its count."""

    label: Words
    value: float
    figure: Words
    note: Words = ""
    was: Bar | None = None  # the same line before, when it was asked twice


class Bars(Struct, frozen=True, tag=True):
    """Horizontal bars in a given order; `full` is the value of a bar that fills the width."""

    bars: tuple[Bar, ...]
    full: float


class Columns(Struct, frozen=True, tag=True):
    """A histogram, lowest grade first: a column for `each` grades; `mark` is the mean, if any."""

    bars: tuple[Bar, ...]
    mark: float | None = None
    each: int = 1
    was: float | None = None  # the mean before


class Word(Struct, frozen=True):
    """A word of a cloud and the people who said it."""

    label: str
    people: int


class Cloud(Struct, frozen=True, tag=True):
    """Words, most said first."""

    words: tuple[Word, ...]


class Column(Struct, frozen=True):
    """A column of post-its."""

    title: str
    notes: tuple[str, ...]


class Wall(Struct, frozen=True, tag=True):
    """A board of post-its in columns."""

    columns: tuple[Column, ...]


Drawing = Bars | Columns | Cloud | Wall


class Chart(Block, frozen=True):
    """A drawing, the same in every format, with its count, its text alternative and its table."""

    id: str  # unique in the report: the name of its file when downloaded
    title: Words
    count: Text  # who was counted: printed in the picture itself
    alt: Text
    drawing: Drawing
    table: Table


class Section(Struct, frozen=True):
    """One activity, or one part of the report, with its own anchor."""

    id: str
    kicker: Words
    title: Words
    blocks: tuple[Block, ...]
    number: int | None = None  # position in the running order


class Report(Struct, frozen=True):
    """The automatic report of a session (compte-rendu de session)."""

    title: str
    kind: str
    language: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    facilitator: str
    introduction: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    results: Mapping[str, Any]  # fabrique.results/1
    fingerprint: str  # of the archive it was made from
    kicker: Text | None = None  # what it is, where it is not the report of a session
    stands: Text | None = None  # who stands by it, in place of what it was made from
    listings: tuple[Listing, ...] = ()  # for those who may take data away: who answered what
