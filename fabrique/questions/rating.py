"""Rating on a scale, with comments if asked; "no opinion" is an answer counted apart."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from msgspec import Meta

from fabrique.domain.blocks import Bar, Columns, Quote, Table
from fabrique.domain.count import mean, median
from fabrique.domain.latest import Latest
from fabrique.domain.listings import Cell
from fabrique.domain.people import People
from fabrique.domain.question import Question, QuestionKind, persons
from fabrique.domain.schema import Line, Part, read
from fabrique.domain.text import Invalid, Name, Text, Words

LONGEST_SCALE = 10_000  # every grade has its figure in the results
QUOTED = Text("Only totals are published, and comments without your name.")
FEWEST = 3  # a mean of fewer people would tell who said what


class Scale(Part, frozen=True):
    """From 1 to `scale`; whether each grade may be explained."""

    scale: Annotated[int, Meta(ge=2, le=LONGEST_SCALE)]
    comments: bool = False


class RatingQuestion(Question, frozen=True, kw_only=True, tag="rating"):
    """A grade."""

    settings: Scale


class Grade(Part, frozen=True):
    """A grade from 1, or None for "no opinion"."""

    value: int | None
    comment: Line | None = None


class Rating(QuestionKind[RatingQuestion, Grade]):
    """Mean to one decimal, median, distribution and comments."""

    kind = "rating"
    name = Name(fr="Évaluation", en="Rating")
    about = Name(
        fr="Une note, avec un commentaire si l’on veut", en="A grade, with a comment if one likes"
    )
    question = RatingQuestion
    example = {"settings": {"scale": 5, "comments": True}}

    def read(self, question: RatingQuestion, data: Mapping[str, Any]) -> Grade:
        """Read `{value, comment?}`."""
        if "comment" in data and not question.settings.comments:
            raise Invalid(Text("Unknown key “{name}”.", {"name": "comment"}), ".comment")
        answer = read(dict(data), Grade)
        if answer.value is not None and not 1 <= answer.value <= question.settings.scale:
            raise Invalid(Text("This grade is off the scale."), ".value")
        return answer

    def promise(self, question: RatingQuestion) -> Text:
        """Say that grades are counted; and comments, where there are any, quoted."""
        return QUOTED if question.settings.comments else super().promise(question)

    def position(self, answer: Grade) -> int | None:
        """Say that a comment does not change a vote."""
        return answer.value

    def words(self, answer: Grade) -> str:
        """Give the comment."""
        return answer.comment or ""

    def result(self, question: RatingQuestion, latest: Latest, people: People) -> dict[str, Any]:
        """Give mean, median, distribution (lowest grade first) and who had no opinion."""
        weights = distribution(question, latest, people)
        return {
            "mean": mean(weights),
            "median": median(weights),
            "distribution": weights,
            "no_opinion": people.heads(one for one, grade in latest if grade.value is None),
            "comments": sum(bool(grade.comment) for _, grade in latest),
            "revised": people.heads(latest.revised),
        }

    def drawing(self, question: RatingQuestion, latest: Latest, people: People) -> Columns:
        """Draw a column a grade; the mean is marked when enough people gave one."""
        weights = distribution(question, latest, people)
        value = mean(weights) if sum(weights) >= FEWEST else None
        return Columns(
            tuple(Bar(str(g), n, str(n), persons(n)) for g, n in enumerate(weights, 1)),
            mark=float(value) if value is not None else None,
        )

    def table(self, question: RatingQuestion, latest: Latest, people: People) -> Table:
        """Give people per grade."""
        weights = distribution(question, latest, people)
        return Table(
            caption=question.title,
            head=(Text("Grade"), Text("People")),
            rows=tuple((str(grade), str(n)) for grade, n in enumerate(weights, 1)),
            numeric=(0, 1),
        )

    def quotes(
        self, question: RatingQuestion, latest: Latest, names: Mapping[str, str]
    ) -> tuple[Quote, ...]:
        """Give the comments unsigned."""
        return tuple(Quote(g.comment) for g in latest.public() if g.comment and g.comment.strip())

    def columns(self, question: RatingQuestion) -> tuple[Words, ...]:
        """Give the grade, then its comment if comments were asked for."""
        said = Text("{question} (comment)", {"question": question.title})
        return (question.title, said) if question.settings.comments else (question.title,)

    def cells(self, question: RatingQuestion, answer: Grade) -> tuple[Cell, ...]:
        """Give the grade and what was said of it."""
        grade = Text("no opinion") if answer.value is None else answer.value
        return (grade, answer.comment) if question.settings.comments else (grade,)

    def notes(self, question: RatingQuestion, latest: Latest, people: People) -> tuple[Text, ...]:
        """Say the mean with its scale, and who is not in it."""
        weights = distribution(question, latest, people)
        none = people.heads(one for one, grade in latest if grade.value is None)
        again = people.heads(latest.revised)
        notes = [_mean_note(question.settings.scale, weights)]
        if none:
            notes.append(
                Text("{n} person had no opinion.", {"n": none}, "{n} people had no opinion.")
            )
        if again:
            notes.append(
                Text(
                    "{n} person changed their vote; the last one counts.",
                    {"n": again},
                    "{n} people changed their vote; the last one counts.",
                )
            )
        return tuple(notes)


def distribution(question: RatingQuestion, latest: Latest, people: People) -> list[int]:
    """Count people per grade, lowest first."""
    weights = [0] * question.settings.scale
    for one, grade in latest:
        if grade.value is not None:
            weights[grade.value - 1] += people.weight(one)
    return weights


def _mean_note(scale: int, weights: list[int]) -> Text:
    n = sum(weights)
    if n < FEWEST:
        return Text("The mean of fewer than three people is not shown.")
    return Text(
        "Mean {mean} out of {scale}, median {median}, {n} grade.",
        {"mean": Decimal(mean(weights) or 0), "scale": scale, "median": _exact(weights), "n": n},
        "Mean {mean} out of {scale}, median {median}, {n} grades.",
    )


def _exact(weights: list[int]) -> Decimal:
    return Decimal(str(median(weights)))


KIND = Rating()
