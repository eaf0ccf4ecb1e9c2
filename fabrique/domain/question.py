"""The contract of a question: how an answer is read and judged, counted, and shown."""

from __future__ import annotations

from abc import ABC
from collections.abc import Hashable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

import msgspec
from msgspec import Struct

from fabrique.domain.activity import Image
from fabrique.domain.blocks import (
    Block,
    Chart,
    Drawing,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Quote,
    Quotes,
    Table,
)
from fabrique.domain.latest import Latest
from fabrique.domain.people import People
from fabrique.domain.schema import Index, Line
from fabrique.domain.schema import Part as Piece
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


Q = TypeVar("Q", bound=Question)
A = TypeVar("A", bound=Struct)


class QuestionKind(ABC, Generic[Q, A]):
    """A kind of question. Its answers replace one another (`Latest`)."""

    kind: ClassVar[str]
    name: ClassVar[Name]
    question: ClassVar[type[Question]]
    example: ClassVar[Mapping[str, Any]] = {}  # a question to start from, beside id and title

    def prepare(self, question: Q) -> None:
        """Check what types cannot say; raise `Invalid`. Called when a question is read."""

    def read(self, question: Q, data: Mapping[str, Any]) -> A:
        """Read and judge an answer; raise `Invalid` (no client sends it) or `Refused`."""
        raise LookupError(self.kind)

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

    def shown(self, question: Q, latest: Latest, people: People, names: Mapping[str, str]) -> Shown:
        """Give the results as drawn on a screen."""
        return Shown(
            id=question.id,
            kind=self.kind,
            title=question.title,
            answered=people.heads(latest.people()),
            abstained=people.heads(self.abstained(latest)),
            drawing=self.drawing(question, latest, people),
            quotes=self.quotes(question, latest, names),
            notes=self.notes(question, latest, people),
        )

    def blocks(
        self, anchor: str, question: Q, latest: Latest, people: People, names: Mapping[str, str]
    ) -> list[Block]:
        """Give what remains in the report, below the question's title."""
        found: list[Block] = []
        drawing = self.drawing(question, latest, people)
        table = self.table(question, latest, people)
        if drawing is not None and table is not None:
            count = counted(people.heads(latest.people()), people.heads(self.abstained(latest)))
            alt = alternative(question.title)
            found.append(Chart(anchor, question.title, count, alt, drawing, table))
        if quotes := self.quotes(question, latest, names):
            found.append(Quotes(quotes))
        found += [Notice(note) for note in self.notes(question, latest, people)]
        return found


def heading(question: Question) -> list[Block]:
    """Give the question as it was asked: title, instruction and picture."""
    found: list[Block] = [Heading(question.title)]
    if question.instruction:
        found.append(Paragraph(question.instruction))
    if question.image:
        found.append(Picture(question.image.src, question.image.alt))
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
    return Text(
        "Chart of the answers to “{title}”; the table gives every figure.", {"title": title}
    )


def persons(n: int) -> Text:
    """Say a number of people."""
    return Text("{n} person", {"n": n}, "{n} people")


def percentage(value: int) -> Text:
    """Say a whole-number percentage."""
    return Text("{percent}%", {"percent": value})
