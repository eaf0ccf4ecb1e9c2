"""Open question: free text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fabrique.domain.blocks import Quote
from fabrique.domain.latest import Latest
from fabrique.domain.listings import Cell
from fabrique.domain.people import People
from fabrique.domain.question import Question, QuestionKind
from fabrique.domain.schema import Line, Part, read
from fabrique.domain.step import PROMISE, Publication
from fabrique.domain.text import Name, Text


class OpenQuestion(Question, frozen=True, kw_only=True, tag="open"):
    """A text field."""


class Words(Part, frozen=True):
    """What a person wrote."""

    text: Line


class Open(QuestionKind[OpenQuestion, Words]):
    """Verbatims in order of time; a person's second text replaces the first."""

    kind = "open"
    name = Name(fr="Question ouverte", en="Open question")
    about = Name(fr="Une réponse avec ses propres mots", en="An answer in one’s own words")
    question = OpenQuestion

    def promise(self, _question: OpenQuestion) -> Text:
        """Say that the text is quoted, and its author not named."""
        return PROMISE[Publication.ANONYMOUS]

    def read(self, question: OpenQuestion, data: Mapping[str, Any]) -> Words:
        """Read `{text}`."""
        return read(dict(data), Words)

    def put(self, latest: Latest, participant: str, answer: Words) -> None:
        """Keep the text at the time of its last writing."""
        super().put(latest, participant, answer)
        latest.current[participant] = latest.current.pop(participant)

    def words(self, answer: Words) -> str:
        """Give the text."""
        return answer.text

    def result(self, question: OpenQuestion, latest: Latest, people: People) -> dict[str, Any]:
        """Give the current texts in order of time."""
        return {"texts": [answer.text for answer in latest.public()]}

    def quotes(
        self, question: OpenQuestion, latest: Latest, names: Mapping[str, str]
    ) -> tuple[Quote, ...]:
        """Give the texts unsigned: names are not published."""
        return tuple(Quote(one.text) for one in latest.public() if one.text.strip())

    def cells(self, question: OpenQuestion, answer: Words) -> tuple[Cell, ...]:
        """Give the text."""
        return (answer.text,)


KIND = Open()
