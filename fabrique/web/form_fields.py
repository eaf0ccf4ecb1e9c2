"""The questions of a form as a page draws them, and what a browser sends back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from msgspec import Struct

from fabrique.domain.asked import Asked
from fabrique.domain.text import Text, Words


class Option(Struct, frozen=True):
    """One line to choose."""

    value: int
    label: str
    checked: bool


class Field(Struct, frozen=True):
    """A question, what was answered, and what is wrong with it."""

    name: str
    kind: str
    title: str
    instruction: str
    needed: bool
    condition: Text | None
    later: date | None  # from which day an answer is needed
    options: tuple[Option, ...]
    text: str
    wrong: Words


def given(post: QueryDict, form: Sequence[Asked]) -> dict[str, dict[str, Any]]:
    """Read what a browser sent, by question."""
    return {one.question.id: _given(post, one) for one in form}


def _given(post: QueryDict, one: Asked) -> dict[str, Any]:
    name = f"q-{one.question.id}"
    if one.question.kind == "open":
        return {"text": post.get(name, "").replace("\r\n", "\n")}
    chosen = [int(value) for value in post.getlist(name) if value.isascii() and value.isdecimal()]
    if one.question.kind == "rating":
        return {"value": chosen[0] if chosen else None}
    return {"choice": chosen}


def fields(
    form: Sequence[Asked],
    answers: Mapping[str, Mapping[str, Any]],
    wrong: Mapping[str, Words],
    day: date,
) -> list[Field]:
    """Give each question as it is drawn."""
    titles = {one.question.id: one.question for one in form}
    return [_field(one, answers, wrong, day, titles) for one in form]


def _field(
    one: Asked,
    answers: Mapping[str, Mapping[str, Any]],
    wrong: Mapping[str, Words],
    day: date,
    titles: Mapping[str, Any],
) -> Field:
    question: Any = one.question
    answer = answers.get(question.id, {})
    needed = one.needed(day)
    return Field(
        name=f"q-{question.id}",
        kind=question.kind,
        title=question.title,
        instruction=question.instruction or "",
        needed=needed,
        condition=_condition(question, titles),
        later=one.rule.after if one.rule.required == "after" and not needed else None,
        options=_options(question, answer),
        text=str(answer.get("text", "")),
        wrong=wrong.get(question.id, ""),
    )


def _options(question: Any, answer: Mapping[str, Any]) -> tuple[Option, ...]:
    if question.kind == "rating":
        grades = range(1, question.settings.scale + 1)
        return tuple(Option(n, str(n), answer.get("value") == n) for n in grades)
    chosen = answer.get("choice", ())
    options = enumerate(getattr(question, "options", ()))
    return tuple(Option(place, label, place in chosen) for place, label in options)


def _condition(question: Any, titles: Mapping[str, Any]) -> Text | None:
    if question.show_if is None:
        return None
    before = titles[question.show_if.question]
    options = " / ".join(before.options[place] for place in question.show_if.choice)
    said = {"title": before.title, "options": options}
    return Text("Only if your answer to “{title}” is: {options}", said)
