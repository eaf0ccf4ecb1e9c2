"""What people chose among, across kinds: for filters, and to compare with who was invited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from fabrique.domain.latest import Latest
from fabrique.domain.question import Question

if TYPE_CHECKING:
    from fabrique.domain.plan import Plan
    from fabrique.domain.session import Kinds

Address = tuple[str, str]  # the step, and the question in it: "" where the step is the question


class Choosing(Struct, frozen=True):
    """A question with options, and the options that each person holds now."""

    question: str
    title: str
    options: tuple[str, ...]
    chosen: Mapping[str, tuple[int, ...]]

    def who(self, option: int) -> set[str]:
        """Give those who hold an option."""
        return {one for one, choice in self.chosen.items() if option in choice}

    def said(self) -> set[str]:
        """Give those who hold at least one."""
        return {one for one, choice in self.chosen.items() if choice}


def among(asked: Iterable[tuple[Question, Latest]]) -> Iterator[Choosing]:
    """Give the questions with options to choose; ranking them is another thing."""
    for question, latest in asked:
        options: Any = getattr(question, "options", None)
        if options and question.kind in ("single", "multiple"):
            chosen = {one: tuple(answer.choice) for one, answer in latest}
            yield Choosing(question.id, question.title, options, chosen)


def asked_in(plan: Plan, kinds: Kinds) -> dict[Address, Choosing]:
    """Give every question of a plan that has options, before anybody answers."""
    return {
        (step.id, one.question): one
        for step in plan.steps
        for one in kinds[step.kind].choosing(step, kinds[step.kind].start(step))
    }
