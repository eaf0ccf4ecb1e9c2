"""The form of a registration: questions of the kinds that activities ask, kept for a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from fabrique.domain.question import Question, QuestionKind
from fabrique.domain.schema import Part, read
from fabrique.domain.text import Invalid, Refused, Text

Kinds = Mapping[str, QuestionKind[Any, Any]]
MOST = 40  # questions
KEPT = 30  # days after the gathering
ASKABLE = ("single", "multiple", "open", "rating")
BUILT_IN = {
    "access": Text("What do you need to take part well? (access, hearing, sight, rhythm…)"),
    "diet": Text("Is there anything you do not eat?"),
    "lodging": Text("Do you need a place to sleep?"),
}
MISSING = Text("This question needs an answer.")


class Rule(Part, frozen=True):
    """Whether an answer is needed: never, always, or from a date on; how long it is kept."""

    required: Literal["no", "yes", "after"] = "no"
    after: date | None = None
    kept: Annotated[int, Meta(ge=1, le=3660)] = KEPT  # days after the gathering


class Asked(Struct, frozen=True):
    """One question of the form, and its rule."""

    question: Question
    rule: Rule

    def needed(self, day: date) -> bool:
        """Whether it must be answered on `day`."""
        rule = self.rule
        return rule.required == "yes" or (
            rule.required == "after" and rule.after is not None and day >= rule.after
        )


def read_form(data: Sequence[Any], kinds: Kinds) -> tuple[Asked, ...]:
    """Read a form; raise `Invalid` for what cannot be asked."""
    if len(data) > MOST:
        raise Invalid(Text("A form has at most {limit} questions.", {"limit": MOST}))
    form: tuple[Asked, ...] = ()
    for place, one in enumerate(data):
        asked = _read(one, kinds, f"[{place}]")
        if asked.question.id in {before.question.id for before in form}:
            raise Invalid(Text("Two questions have the same name."), f"[{place}].id")
        _check_condition(form, asked.question, f"[{place}].show_if")
        form = (*form, asked)
    return form


def _read(data: Any, kinds: Kinds, where: str) -> Asked:
    found = dict(data)
    rule = read(found.pop("rule", {}), Rule, f"{where}.rule")
    if rule.required == "after" and rule.after is None:
        raise Invalid(Text("From which date is the answer needed?"), f"{where}.after")
    kind = kinds.get(found.get("kind", ""))
    if kind is None or kind.kind not in ASKABLE:
        raise Invalid(Text("This cannot be asked in a form."), f"{where}.kind")
    question = read(found, kind.question, where)
    if not question.title.strip():
        raise Invalid(Text("What is asked?"), f"{where}.title")
    kind.prepare(question)
    return Asked(question, rule)


def _check_condition(before: Sequence[Asked], question: Question, where: str) -> None:
    if question.show_if is None:
        return
    asked = next((a.question for a in before if a.question.id == question.show_if.question), None)
    options = getattr(asked, "options", ())
    if asked is None or any(index >= len(options) for index in question.show_if.choice):
        raise Invalid(Text("A condition must name an option of a question before."), where)


def form_data(form: Sequence[Asked]) -> list[dict[str, Any]]:
    """Write a form as JSON values: `read_form` gives it back equal."""
    return [{**_plain(one.question), "rule": _plain(one.rule)} for one in form]


def _plain(value: Struct) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(value))
    return data


def read_answers(
    form: Sequence[Asked], given: Mapping[str, Mapping[str, Any]], day: date, kinds: Kinds
) -> dict[str, Any]:
    """Judge what was answered; raise `Wrong` with a sentence a question.

    What a condition does not show is neither needed nor kept.
    """
    kept: dict[str, Any] = {}
    read_: dict[str, Any] = {}
    wrong: dict[str, Text] = {}
    for one in form:
        question, kind = one.question, kinds[one.question.kind]
        if not _shown(question, read_, form, kinds):
            continue
        try:
            answer = kind.read(question, given.get(question.id, empty(question)))
        except Refused as error:
            wrong[question.id] = error.refusal.text
            continue
        except Invalid as error:
            wrong[question.id] = error.text
            continue
        if is_empty(question, answer):
            if one.needed(day):
                wrong[question.id] = MISSING
            continue
        read_[question.id], kept[question.id] = answer, _plain(answer)
    if wrong:
        raise Wrong(wrong)
    return kept


class Wrong(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """What does not fit in a form: a sentence a field."""

    def __init__(self, fields: Mapping[str, Text]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def _shown(
    question: Question, answers: Mapping[str, Any], form: Sequence[Asked], kinds: Kinds
) -> bool:
    if question.show_if is None:
        return True
    answer = answers.get(question.show_if.question)
    asked = next(a.question for a in form if a.question.id == question.show_if.question)
    return answer is not None and kinds[asked.kind].holds(answer, question.show_if.choice)


def empty(question: Question) -> dict[str, Any]:
    """Give the answer of whoever says nothing."""
    said: Mapping[str, dict[str, Any]] = {"open": {"text": ""}, "rating": {"value": None}}
    return said.get(question.kind, {"choice": []})


def is_empty(question: Question, answer: Any) -> bool:
    """Whether an answer says nothing."""
    if question.kind == "open":
        return not answer.text.strip()
    if question.kind == "rating":
        return answer.value is None
    return not answer.choice


def said(form: Sequence[Asked], answers: Mapping[str, Any]) -> dict[str, str]:
    """Give answers as people read them, by question."""
    found = {}
    for one in form:
        if one.question.id in answers:
            found[one.question.id] = _SAID[one.question.kind](one.question, answers)
    return found


def _options(question: Any, answers: Mapping[str, Any]) -> str:
    chosen = answers[question.id]["choice"]
    return ", ".join(question.options[at] for at in chosen if at < len(question.options))


_SAID: Mapping[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "single": _options,
    "multiple": _options,
    "open": lambda question, answers: str(answers[question.id]["text"]),
    "rating": lambda q, answers: f"{answers[q.id]['value']} / {q.settings.scale}",
}


def outlived(form: Sequence[Asked], answers: Mapping[str, Any], over: date, day: date) -> set[str]:
    """Name the answers that must go by `day`, of a gathering that was over on `over`."""
    lasts = {one.question.id: one.rule.kept for one in form}
    return {name for name in answers if day > over + timedelta(days=lasts.get(name, KEPT))}
