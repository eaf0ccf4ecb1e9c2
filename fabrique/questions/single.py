"""Single choice: one option, or none (an abstention)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fabrique.domain.choices import Choice, ChoiceKind, ChoiceQuestion, share_of_choosers
from fabrique.domain.text import Invalid, Name, Text


class SingleQuestion(ChoiceQuestion, frozen=True, kw_only=True, tag="single"):
    """One option among `options`."""


class Single(ChoiceKind):
    """One choice each: percentages of those who chose, by largest remainder."""

    kind = "single"
    name = Name(fr="Choix unique", en="Single choice")
    question = SingleQuestion
    example = {"options": ["A", "B", "C"]}

    def read(self, question: ChoiceQuestion, data: Mapping[str, Any]) -> Choice:
        """Read `{choice: [index]}` or `{choice: []}`."""
        answer = super().read(question, data)
        if len(answer.choice) > 1:
            raise Invalid(Text("Only one option can be chosen here."), ".choice")
        return answer

    def percent(self, counts: list[int], chose: int) -> tuple[list[int], str]:
        """Give shares of those who chose."""
        return share_of_choosers(counts, chose)


KIND = Single()
