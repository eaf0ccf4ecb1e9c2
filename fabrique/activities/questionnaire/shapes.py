"""The shapes of a questionnaire: as prepared, as asked of the room, and as screens get it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Union

from msgspec import Meta, Struct

from fabrique.domain import answers
from fabrique.domain.conditions import find
from fabrique.domain.question import Question, QuestionKind, Shown
from fabrique.domain.registry import discover
from fabrique.domain.schema import Line, Part
from fabrique.domain.step import Definition

KINDS: Mapping[str, QuestionKind[Any, Any]] = discover("fabrique.questions")

if TYPE_CHECKING:
    AnyQuestion = Question
else:
    AnyQuestion = Union[tuple(kind.question for kind in KINDS.values())]  # noqa: UP007 - built


class Settings(Part, frozen=True):
    """Whether what people write waits until it was read."""

    review: bool = False


class QuestionnaireDefinition(Definition, frozen=True, kw_only=True, tag="questionnaire"):
    """Questions in the order in which they are asked."""

    questions: Annotated[tuple[AnyQuestion, ...], Meta(min_length=1)]
    settings: Settings = Settings()

    def question(self, question_id: str) -> Question | None:
        """Find a question by its id."""
        return find(self.questions, question_id)


class Reply(Part, frozen=True):
    """An answer to one question, in the form of that question's kind."""

    question: Line
    answer: dict[str, Any]


class Turn(Part, frozen=True):
    """The question whose results the stage shows."""

    question: Line


class Sheet(Struct, frozen=True):
    """The questions as asked."""

    questions: tuple[Any, ...]


class Results(Struct, frozen=True):
    """The results of every question, and the place (from 1) of the one that the stage shows."""

    questions: tuple[Shown, ...]
    place: int

    @property
    def current(self) -> Shown:
        """What the stage shows: one question at a time, to be read from afar."""
        return self.questions[self.place - 1]

    @property
    def before(self) -> str:
        """The question to turn back to; empty at the first."""
        return self.questions[self.place - 2].id if self.place > 1 else ""

    @property
    def after(self) -> str:
        """The question to turn to; empty at the last."""
        return self.questions[self.place].id if self.place < len(self.questions) else ""


class Led(Results, frozen=True):
    """The same for the console: the words people wrote, and how many all do not see."""

    written: tuple[answers.Sheet, ...] = ()
    held: int = 0
    hidden: int = 0
