"""The contract of a question: how an answer is read and judged, counted, and shown."""

from __future__ import annotations

from abc import ABC
from collections.abc import Hashable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

import msgspec
from msgspec import Struct

from fabrique.domain.blocks import (
    Block,
    Chart,
    Drawing,
    Notice,
    Quote,
    Quotes,
    Table,
)
from fabrique.domain.comparison import both, joined
from fabrique.domain.latest import Latest
from fabrique.domain.listings import Cell, as_sent
from fabrique.domain.people import People
from fabrique.domain.schema import Index, Line
from fabrique.domain.schema import Part as Piece
from fabrique.domain.step import PROMISE, Image, Publication
from fabrique.domain.text import Name, Text, Words


class Condition(Piece, frozen=True):
    """Shown when the person's answer to `question` holds one of `choice` (indexes from 0)."""

    question: Line
    choice: tuple[Index, ...]


class Question(Piece, frozen=True, kw_only=True, tag_field="kind"):
    """What is asked: the base of every kind's own question."""

    id: Line
    title: Line
    instruction: Line | None = None
    image: Image | None = None
    show_if: Condition | None = None

    @property
    def kind(self) -> str:
        """The name of the question's file."""
        return str(type(self).__struct_config__.tag)


class Shown(Struct, frozen=True):
    """The results of a question as screens and report draw them."""

    id: str
    kind: str
    title: str
    answered: int
    abstained: int
    drawing: Drawing | None = None
    quotes: tuple[Quote, ...] = ()
    notes: tuple[Text, ...] = ()
    image: Image | None = None
    was: tuple[int, int] | None = None  # who answered and abstained before, when it was asked twice


Q = TypeVar("Q", bound=Question)
A = TypeVar("A", bound=Struct)


class QuestionKind(ABC, Generic[Q, A]):
    """A kind of question. Its answers replace one another (`Latest`)."""

    kind: ClassVar[str]
    name: ClassVar[Name]
    about: ClassVar[Name | None] = None  # what it is for, in one line
    question: ClassVar[type[Question]]
    example: ClassVar[Mapping[str, Any]] = {}  # a question to start from, beside id and title

    def prepare(self, question: Q) -> None:
        """Check what types cannot say; raise `Invalid`. Called when a question is read."""

    def read(self, question: Q, data: Mapping[str, Any]) -> A:
        """Read and judge an answer; raise `Invalid` (no client sends it) or `Refused`."""
        raise LookupError(self.kind)

    def promise(self, _question: Q) -> Text:
        """Say, before an answer is given, what will be shown of who gives it."""
        return PROMISE[Publication.TOTALS]

    def abstains(self, _answer: A) -> bool:
        """Whether this answer is an abstention."""
        return False

    def position(self, answer: A) -> Hashable:
        """Give what makes two answers differ in substance: a comment does not."""
        return answer

    def holds(self, _answer: A, _choice: tuple[int, ...]) -> bool:
        """Whether the answer holds one of the options `choice`, for a `show_if`."""
        return False

    def put(self, latest: Latest, participant: str, answer: A) -> None:
        """Keep an accepted answer."""
        before = latest.current.get(participant)
        was = self.position(before) if before is not None else None
        latest.put(participant, answer, self.position(answer), was)

    def abstained(self, latest: Latest) -> set[str]:
        """Give the participants whose last answer is an abstention."""
        return {one for one, answer in latest if self.abstains(answer)}

    def words(self, _answer: A) -> str:
        """Give the words that an answer is made of, or comes with: they may be moderated."""
        return ""

    def result(self, question: Q, latest: Latest, people: People) -> dict[str, Any]:
        """Give the kind's own keys of fabrique.results/1 (FORMATS)."""
        return {}

    def drawing(self, _question: Q, _latest: Latest, _people: People) -> Drawing | None:
        """Give the chart of the results, if the kind has one."""
        return None

    def quotes(self, _question: Q, _latest: Latest, _names: Mapping[str, str]) -> tuple[Quote, ...]:
        """Give the words people wrote, in order of time. Unsigned unless the policy says so."""
        return ()

    def notes(self, _question: Q, _latest: Latest, _people: People) -> tuple[Text, ...]:
        """Give the rules that a reader of these figures must know."""
        return ()

    def table(self, _question: Q, _latest: Latest, _people: People) -> Table | None:
        """Give the data beside the chart."""
        return None

    def columns(self, question: Q) -> tuple[Words, ...]:
        """Give the heads of the cells that one answer takes in a listing."""
        return (question.title,)

    def cells(self, _question: Q, answer: A) -> tuple[Cell, ...]:
        """Give one answer, a cell a column."""
        return as_sent([answer_data(answer)])[0]

    def shown(
        self,
        question: Q,
        latest: Latest,
        people: People,
        names: Mapping[str, str],
        before: Latest | None = None,
    ) -> Shown:
        """Give the results as drawn on a screen, beside those of `before` if it was asked twice."""
        return Shown(
            id=question.id,
            kind=self.kind,
            title=question.title,
            answered=people.heads(latest.people()),
            abstained=people.heads(self.abstained(latest)),
            drawing=self._drawing(question, latest, people, before),
            quotes=self.quotes(question, latest, names),
            notes=self.notes(question, latest, people),
            image=question.image,
            was=None if before is None else self._heads(before, people),
        )

    def _heads(self, latest: Latest, people: People) -> tuple[int, int]:
        return people.heads(latest.people()), people.heads(self.abstained(latest))

    def _drawing(
        self, question: Q, latest: Latest, people: People, before: Latest | None
    ) -> Drawing | None:
        now = self.drawing(question, latest, people)
        return now if before is None else both(now, self.drawing(question, before, people))

    def _table(
        self, question: Q, latest: Latest, people: People, before: Latest | None
    ) -> Table | None:
        now = self.table(question, latest, people)
        return now if before is None else joined(now, self.table(question, before, people))

    def blocks(
        self,
        anchor: str,
        question: Q,
        latest: Latest,
        people: People,
        names: Mapping[str, str],
        before: Latest | None = None,
    ) -> list[Block]:
        """Give what remains in the report, below the question's title."""
        found: list[Block] = []
        drawing = self._drawing(question, latest, people, before)
        table = self._table(question, latest, people, before)
        if drawing is not None and table is not None:
            count = counted(*self._heads(latest, people))
            if before is not None:
                parts = {"now": count, "before": counted(*self._heads(before, people))}
                count = Text("Now: {now}. Before: {before}.", parts)
            alt = alternative(question.title)
            found.append(Chart(anchor, question.title, count, alt, drawing, table))
        if quotes := self.quotes(question, latest, names):
            found.append(Quotes(quotes))
        found += [Notice(note) for note in self.notes(question, latest, people)]
        return found


def answer_data(answer: Struct) -> dict[str, Any]:
    """Write an answer as the browser sent it."""
    data: dict[str, Any] = msgspec.to_builtins(answer)
    return data


def counted(answered: int, abstained: int) -> Text:
    """Say who was counted: printed in a chart itself."""
    if abstained:
        return Text(
            "{n} answer, {abstained} of them abstaining",
            {"n": answered, "abstained": abstained},
            "{n} answers, {abstained} of them abstaining",
        )
    return Text("{n} answer", {"n": answered}, "{n} answers")


def alternative(title: Words) -> Text:
    """Say what a chart shows and where its figures are, for those who do not see it."""
    what = {"title": title}
    return Text("Chart of the answers to “{title}”; every figure is written below it.", what)


def persons(n: int) -> Text:
    """Say a number of people."""
    return Text("{n} person", {"n": n}, "{n} people")


def percentage(value: int) -> Text:
    """Say a whole-number percentage."""
    return Text("{percent}%", {"percent": value})
