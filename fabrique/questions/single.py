"""Single choice: one option, or none (an abstention)."""

from __future__ import annotations

from fabrique.domain.choices import ChoiceKind, ChoiceQuestion, share_of_choosers
from fabrique.domain.text import Name


class SingleQuestion(ChoiceQuestion, frozen=True, kw_only=True, tag="single"):
    """One option among `options`."""


class Single(ChoiceKind):
    """One choice each: percentages of those who chose, by largest remainder."""

    kind = "single"
    name = Name(fr="Choix unique", en="Single choice")
    question = SingleQuestion
    example = {"options": ["A", "B", "C"]}
    alone = True

    def percent(self, counts: list[int], chose: int) -> tuple[list[int], str]:
        """Give shares of those who chose."""
        return share_of_choosers(counts, chose)


KIND = Single()
