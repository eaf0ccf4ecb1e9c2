"""Questions that are asked only after certain answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fabrique.domain.latest import Latest
from fabrique.domain.question import Question, QuestionKind
from fabrique.domain.text import Invalid, Text

Kinds = Mapping[str, QuestionKind[Any, Any]]
State = Mapping[str, Latest]  # by id of question


def find(questions: Iterable[Question], question_id: str) -> Question | None:
    """Find a question by its id."""
    return next((one for one in questions if one.id == question_id), None)


def check_condition(questions: Sequence[Question], question: Question) -> None:
    """Raise `Invalid` for a condition that names no other question, or no option of it."""
    if question.show_if is None:
        return
    asked = find(questions, question.show_if.question)
    options = getattr(asked, "options", ())
    if asked is None or asked.id == question.id or asked.kind not in ("single", "multiple"):
        raise Invalid(Text("A condition must name another question with choices."), ".show_if")
    if any(index >= len(options) for index in question.show_if.choice):
        raise Invalid(Text("There is no such option."), ".show_if.choice")


def is_shown(
    kinds: Kinds, questions: Iterable[Question], state: State, question: Question, one: str
) -> bool:
    """Whether the answers that `one` has given so far let this question be asked."""
    if question.show_if is None:
        return True
    asked = find(questions, question.show_if.question)
    answer = state[question.show_if.question].current.get(one)
    if asked is None or answer is None:
        return False
    return kinds[asked.kind].holds(answer, question.show_if.choice)
