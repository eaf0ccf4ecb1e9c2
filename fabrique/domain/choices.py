"""Choosing among options: what single and multiple questions share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from fabrique.domain.blocks import Bar, Bars, Table
from fabrique.domain.count import OF_RESPONDENTS, ROUNDED, percent, shares
from fabrique.domain.labels import Label
from fabrique.domain.latest import Latest
from fabrique.domain.people import People
from fabrique.domain.question import Question, QuestionKind, percentage, persons
from fabrique.domain.schema import Index, Line, Part, read
from fabrique.domain.text import Invalid, Refused, Text

Options = Annotated[tuple[Line, ...], Meta(min_length=1)]


class Limits(Part, frozen=True):
    """How many options may be chosen, and those that exclude every other ("none")."""

    min: Annotated[Index, Label(Text("Options to choose, at least"))] | None = None
    max: Annotated[Index, Label(Text("Options to choose, at most"))] | None = None
    exclusive: Annotated[
        tuple[Index, ...],
        Label(Text("Options that exclude all the others"), Text("“None”, for one."), of="options"),
    ] = ()


class ChoiceQuestion(Question, frozen=True, kw_only=True):
    """A question with options, by index from 0."""

    options: Options
    settings: Limits = Limits()


class Choice(Part, frozen=True):
    """The indexes of the chosen options; none is an abstention, which is an answer."""

    choice: tuple[Index, ...]


class ChoiceKind(QuestionKind[ChoiceQuestion, Choice]):
    """What single and multiple share; they differ in how many, and in the percentages."""

    alone: ClassVar[bool] = False  # whether only one option can be chosen

    def prepare(self, question: ChoiceQuestion) -> None:
        """Refuse exclusive options that do not exist."""
        check_indexes(question.settings.exclusive, question.options, ".settings.exclusive")

    def read(self, question: ChoiceQuestion, data: Mapping[str, Any]) -> Choice:
        """Read `{choice: [index]}`."""
        answer = read(dict(data), Choice)
        check_indexes(answer.choice, question.options, ".choice")
        if self.alone and len(answer.choice) > 1:
            raise Invalid(Text("Only one option can be chosen here."), ".choice")
        check_limits(question.settings, answer.choice)
        return answer

    def abstains(self, answer: Choice) -> bool:
        """Say that choosing nothing is an abstention."""
        return not answer.choice

    def position(self, answer: Choice) -> tuple[int, ...]:
        """Say that the order of ticks does not matter."""
        return tuple(sorted(answer.choice))

    def holds(self, answer: Choice, choice: tuple[int, ...]) -> bool:
        """Whether one of `choice` is chosen."""
        return not set(choice).isdisjoint(answer.choice)

    def percent(self, counts: list[int], chose: int) -> tuple[list[int], str]:
        """Give the percentages and their rule; `chose` is how many people chose at all."""
        raise LookupError(self.kind)

    def result(self, question: ChoiceQuestion, latest: Latest, people: People) -> dict[str, Any]:
        """Give people per option and their percentages among those who chose."""
        counts, chose = tally(question, latest, people)
        figures, rule = self.percent(counts, chose)
        return {"counts": counts, "percent": figures, "percent_rule": rule}

    def drawing(self, question: ChoiceQuestion, latest: Latest, people: People) -> Bars:
        """Draw a bar an option; the longest fills the width."""
        counts, chose = tally(question, latest, people)
        figures, _ = self.percent(counts, chose)
        bars = zip(question.options, counts, figures, strict=True)
        return Bars(
            tuple(Bar(label, n, percentage(p), persons(n)) for label, n, p in bars),
            max([*counts, 1]),
        )

    def table(self, question: ChoiceQuestion, latest: Latest, people: People) -> Table:
        """Give people and percentage per option."""
        bars = self.drawing(question, latest, people).bars
        return Table(
            caption=question.title,
            head=(Text("Option"), Text("People"), Text("Share")),
            rows=tuple((bar.label, str(int(bar.value)), bar.figure) for bar in bars),
            numeric=(1, 2),
        )

    def notes(self, question: ChoiceQuestion, latest: Latest, people: People) -> tuple[Text, ...]:
        """Name the rule when percentages do not add up to 100."""
        _, rule = self.percent(*tally(question, latest, people))
        return {
            ROUNDED: (Text("Percentages are rounded: they may not add up to 100."),),
            OF_RESPONDENTS: (Text("Several answers possible: the total may pass 100%."),),
        }.get(rule, ())


def check_indexes(indexes: tuple[int, ...], options: tuple[str, ...], where: str) -> None:
    """Raise `Invalid` for an option out of range or given twice."""
    if any(index >= len(options) for index in indexes):
        raise Invalid(Text("There is no such option."), where)
    if len(set(indexes)) < len(indexes):
        raise Invalid(Text("An option is given twice."), where)


def check_limits(limits: Limits, choice: tuple[int, ...]) -> None:
    """Raise `Refused` when the number or the mix of options breaks the question's rules."""
    alone = not set(choice).isdisjoint(limits.exclusive)
    if alone and len(choice) > 1:
        raise Refused("exclusive", Text("This option cannot go with another."))
    if choice and not alone and limits.min is not None and len(choice) < limits.min:
        n = {"n": limits.min}
        raise Refused("min", Text("Choose at least {n} option.", n, "Choose at least {n} options."))
    if limits.max is not None and len(choice) > limits.max:
        n = {"n": limits.max}
        raise Refused("max", Text("Choose at most {n} option.", n, "Choose at most {n} options."))


def tally(question: ChoiceQuestion, latest: Latest, people: People) -> tuple[list[int], int]:
    """Count people per option, and people who chose at least one."""
    counts = [0] * len(question.options)
    chose = 0
    for one, answer in latest:
        weight = people.weight(one)
        chose += weight if answer.choice else 0
        for index in answer.choice:
            counts[index] += weight
    return counts, chose


def share_of_choosers(counts: list[int], _chose: int) -> tuple[list[int], str]:
    """Give percentages of one choice each: they add up to 100 when they fairly can."""
    return shares(counts)


def share_of_respondents(counts: list[int], chose: int) -> tuple[list[int], str]:
    """Give percentages of people who chose, several choices each; nothing counted is 0."""
    if not chose:
        return shares(counts)
    return [percent(n, chose) for n in counts], OF_RESPONDENTS
