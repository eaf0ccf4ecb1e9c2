"""Multiple choice: several options, or none (an abstention)."""

from __future__ import annotations

from fabrique.domain.choices import ChoiceKind, ChoiceQuestion, share_of_respondents
from fabrique.domain.text import Name


class MultipleQuestion(ChoiceQuestion, frozen=True, kw_only=True, tag="multiple"):
    """Several options among `options`, between `min` and `max` of them."""


class Multiple(ChoiceKind):
    """Several choices each: percentages of people who chose, never of ticks."""

    kind = "multiple"
    name = Name(fr="Choix multiples", en="Multiple choice")
    question = MultipleQuestion
    example = {"options": ["A", "B", "C"], "settings": {"max": 2}}

    def percent(self, counts: list[int], chose: int) -> tuple[list[int], str]:
        """Give shares of respondents: their total may pass 100."""
        return share_of_respondents(counts, chose)


KIND = Multiple()
