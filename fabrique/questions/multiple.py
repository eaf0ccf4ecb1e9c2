"""Multiple choice: several options, or none (an abstention)."""

from __future__ import annotations

from fabrique.domain.choices import Choice, ChoiceKind, ChoiceQuestion, share_of_respondents
from fabrique.domain.listings import Cell
from fabrique.domain.text import Name, Words


class MultipleQuestion(ChoiceQuestion, frozen=True, kw_only=True, tag="multiple"):
    """Several options among `options`, between `min` and `max` of them."""


class Multiple(ChoiceKind):
    """Several choices each: percentages of people who chose, never of ticks."""

    kind = "multiple"
    name = Name(fr="Choix multiples", en="Multiple choice")
    about = Name(fr="Une ou plusieurs options", en="One option or more")
    question = MultipleQuestion
    example = {"options": ["A", "B", "C"], "settings": {"max": 2}}

    def percent(self, counts: list[int], chose: int) -> tuple[list[int], str]:
        """Give shares of respondents: their total may pass 100."""
        return share_of_respondents(counts, chose)

    def columns(self, question: ChoiceQuestion) -> tuple[Words, ...]:
        """Give a column an option, so that each can be added up."""
        return tuple(f"{question.title} [{option}]" for option in question.options)

    def cells(self, question: ChoiceQuestion, answer: Choice) -> tuple[Cell, ...]:
        """Give 1 for each option that was chosen."""
        return tuple(int(place in answer.choice) for place in range(len(question.options)))


KIND = Multiple()
