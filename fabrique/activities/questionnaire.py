"""Questionnaire: several questions at one's own pace, some shown only after certain answers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, Union

from msgspec import Meta, Struct

from fabrique.domain.activity import Activity, Definition, Run
from fabrique.domain.blocks import Block, Fact, Facts
from fabrique.domain.conditions import check_condition, find, is_shown
from fabrique.domain.entry import Entry, Op
from fabrique.domain.latest import Latest
from fabrique.domain.people import People
from fabrique.domain.question import Question, QuestionKind, Shown, answer_data, heading
from fabrique.domain.registry import discover
from fabrique.domain.schema import Line
from fabrique.domain.schema import Part as Piece
from fabrique.domain.text import Invalid, Name, Refused, Text

KINDS: Mapping[str, QuestionKind[Any, Any]] = discover("fabrique.questions")

if TYPE_CHECKING:
    AnyQuestion = Question
else:
    AnyQuestion = Union[tuple(kind.question for kind in KINDS.values())]  # noqa: UP007 - built

State = dict[str, Latest]


class QuestionnaireDefinition(Definition, frozen=True, kw_only=True, tag="questionnaire"):
    """Questions in the order in which they are asked."""

    questions: Annotated[tuple[AnyQuestion, ...], Meta(min_length=1)]

    def question(self, question_id: str) -> Question | None:
        """Find a question by its id."""
        return find(self.questions, question_id)


class Reply(Piece, frozen=True):
    """An answer to one question, in the form of that question's kind."""

    question: Line
    answer: dict[str, Any]


class Sheet(Struct, frozen=True):
    """The questions as asked."""

    questions: tuple[Any, ...]


class Results(Struct, frozen=True):
    """The results of every question."""

    questions: tuple[Shown, ...]


class Questionnaire(Activity[QuestionnaireDefinition, State]):
    """Each question keeps each person's last answer."""

    kind = "questionnaire"
    name = Name(fr="Questionnaire", en="Questionnaire")
    definition = QuestionnaireDefinition
    example = {
        "questions": [
            {"kind": name, "id": name, "title": name, **kind.example}
            for name, kind in KINDS.items()
        ]
    }
    verbs = {"answer": Reply}

    def prepare(self, definition: QuestionnaireDefinition) -> None:
        """Check every question, and that conditions name options that exist."""
        ids = [question.id for question in definition.questions]
        if len(set(ids)) < len(ids):
            raise Invalid(Text("Two questions have the same id."), ".questions")
        for place, question in enumerate(definition.questions):
            try:
                KINDS[question.kind].prepare(question)
                check_condition(definition.questions, question)
            except Invalid as error:
                raise Invalid(error.text, f".questions[{place}]{error.where}") from None

    def start(self, definition: QuestionnaireDefinition) -> State:
        """Start with no answer to any question."""
        return {question.id: Latest() for question in definition.questions}

    def check(self, definition: QuestionnaireDefinition, body: Reply) -> None:
        """Refuse an unknown question, and an answer that is not of its kind."""
        question = definition.question(body.question)
        if question is None:
            raise Invalid(Text("There is no such question."), ".question")
        with suppress(Refused):
            KINDS[question.kind].read(question, body.answer)

    def decide(self, run: Run, op: Op, body: Reply) -> Reply:
        """Refuse an answer to a hidden question, and what the question's kind refuses."""
        question = run.definition.question(body.question)
        KINDS[question.kind].read(question, body.answer)
        if not _is_shown(run, question, op.participant):
            raise Refused("hidden", Text("This question is not asked after your other answers."))
        return body

    def fold(self, definition: QuestionnaireDefinition, state: State, entry: Entry) -> State:
        """Replace the person's answer to the question."""
        reply: Reply = entry.body
        if question := definition.question(reply.question):
            kind = KINDS[question.kind]
            answer = kind.read(question, reply.answer)
            kind.put(state[question.id], entry.participant, answer)
        return state

    def answered(self, run: Run) -> set[str]:
        """Give those who answered at least one question."""
        return set().union(*(latest.people() for latest in run.state.values()))

    def abstained(self, run: Run) -> set[str]:
        """Give those whose every current answer is an abstention."""
        active: set[str] = set()
        for question, latest in _sheets(run):
            active |= latest.people() - KINDS[question.kind].abstained(latest)
        return self.answered(run) - active

    def entries(self, run: Run) -> int:
        """Count the answers to all questions, replaced ones included."""
        return sum(latest.given for latest in run.state.values())

    def ask(self, definition: QuestionnaireDefinition) -> Sheet:
        """Give the questions."""
        return Sheet(definition.questions)

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give each question's figures; `reached` are those to whom it was asked."""
        return {"questions": [self._result(run, q, latest, people) for q, latest in _sheets(run)]}

    def _result(
        self, run: Run, question: Question, latest: Latest, people: People
    ) -> dict[str, Any]:
        kind = KINDS[question.kind]
        return {
            "id": question.id,
            "kind": question.kind,
            "reached": people.heads(_reached(run, question)),
            "answered": people.heads(latest.people()),
            "abstained": people.heads(kind.abstained(latest)),
            **kind.result(question, latest, people),
        }

    def shown(self, run: Run, people: People, names: Mapping[str, str]) -> Results:
        """Give the results of each question."""
        return Results(
            tuple(KINDS[q.kind].shown(q, latest, people, {}) for q, latest in _sheets(run))
        )

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give one's current answers, and how many times each was changed."""
        answers, changes = [], {}
        for question, latest in _sheets(run):
            if (answer := latest.current.get(participant)) is not None:
                answers.append({"question": question.id, "answer": answer_data(answer)})
                changes[question.id] = latest.changes.get(participant, 0)
        return {"answers": answers, "changes": sum(changes.values()), "changed": changes}

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give each question with its counts and its results."""
        sheets = [_blocks(run, question, latest, people) for question, latest in _sheets(run)]
        return [block for sheet in sheets for block in sheet]


def _blocks(run: Run, question: Question, latest: Latest, people: People) -> list[Block]:
    kind = KINDS[question.kind]
    facts = (
        Fact(Text("Asked"), str(people.heads(_reached(run, question)))),
        Fact(Text("Answered"), str(people.heads(latest.people()))),
        Fact(Text("Abstained"), str(people.heads(kind.abstained(latest)))),
    )
    blocks = kind.blocks(f"{run.id}-{question.id}", question, latest, people, {})
    return [*heading(question), Facts(facts), *blocks]


def _sheets(run: Run) -> list[tuple[Question, Latest]]:
    return [(question, run.state[question.id]) for question in run.definition.questions]


def _is_shown(run: Run, question: Question, one: str) -> bool:
    return is_shown(KINDS, run.definition.questions, run.state, question, one)


def _reached(run: Run, question: Question) -> set[str]:
    """Give those who were there and asked; whoever answered was asked, whatever came later."""
    there = {one for one in run.joined if _is_shown(run, question, one)}
    answered: set[str] = run.state[question.id].people()
    return there | answered


KIND = Questionnaire()
