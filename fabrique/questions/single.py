"""Single choice: one option, or none (an abstention)."""

from __future__ import annotations

from typing import Annotated

from fabrique.domain.choices import (
    Choice,
    ChoiceKind,
    ChoiceQuestion,
    Limits,
    share_of_choosers,
)
from fabrique.domain.labels import Label
from fabrique.domain.listings import Cell
from fabrique.domain.text import Name, Text


class SingleQuestion(ChoiceQuestion, frozen=True, kw_only=True, tag="single"):
    """One option among `options`."""

    settings: Annotated[Limits, Label(Text("Settings"), without=("min", "max", "exclusive"))] = (
        Limits()
    )


class Single(ChoiceKind):
    """One choice each: percentages of those who chose, by largest remainder."""

    kind = "single"
    name = Name(fr="Choix unique", en="Single choice")
    about = Name(fr="Une option parmi plusieurs", en="One option among several")
    question = SingleQuestion
    example = {"options": ["A", "B", "C"]}
    alone = True

    def percent(self, counts: list[int], chose: int) -> tuple[list[int], str]:
        """Give shares of those who chose."""
        return share_of_choosers(counts, chose)

    def cells(self, question: ChoiceQuestion, answer: Choice) -> tuple[Cell, ...]:
        """Give the option that was chosen."""
        return (question.options[answer.choice[0]] if answer.choice else Text("abstention"),)


KIND = Single()
