"""Questionnaire: several questions at one's own pace, some shown only after certain answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import structs

from fabrique.activities.questionnaire.shapes import (
    KINDS,
    Led,
    QuestionnaireDefinition,
    Reply,
    Results,
    Sheet,
    Turn,
)
from fabrique.domain import answers, sheets
from fabrique.domain.activity import Activity
from fabrique.domain.blocks import Block
from fabrique.domain.choosing import Choosing, among
from fabrique.domain.conditions import check_condition, is_shown
from fabrique.domain.entry import Entry, Op
from fabrique.domain.latest import Latest
from fabrique.domain.listings import Rows
from fabrique.domain.people import People
from fabrique.domain.question import answer_data
from fabrique.domain.run import Brought, Run
from fabrique.domain.sheets import Sheets
from fabrique.domain.text import Invalid, Name, Refused, Text
from fabrique.domain.view import View

STATES = {"": {}, "held": {"state": "isheld"}, "hidden": {"state": "ishidden"}}


class Questionnaire(Activity[QuestionnaireDefinition, Sheets]):
    """Each question keeps each person's last answer; the animation turns what the stage shows."""

    kind = "questionnaire"
    name = Name(fr="Questionnaire", en="Questionnaire")
    about = Name(
        fr="Plusieurs questions, au rythme de chacun·e", en="Several questions, at one’s own pace"
    )
    definition = QuestionnaireDefinition
    example = {
        "questions": [
            {"kind": name, "id": name, "title": name, **kind.example}
            for name, kind in KINDS.items()
        ]
    }
    starter = {
        "questions": [
            {
                "kind": "single",
                "id": "q1",
                "title": Name(fr="Votre question", en="Your question"),
                "options": [Name(fr="Oui", en="Yes"), Name(fr="Non", en="No")],
            }
        ]
    }
    own_pace = True
    verbs = {"answer": Reply, "show": Turn, **answers.BODIES}
    facilitator_verbs = frozenset({"show", *answers.BODIES})
    quiet = frozenset(answers.BODIES)
    gathers = True

    def travellers(self, run: Run) -> list[Any]:
        """Give the answers to open questions."""
        return sheets.travellers(run)

    def choosing(self, definition: QuestionnaireDefinition, state: Sheets) -> list[Choosing]:
        """Give the questions of single and multiple choice."""
        asked = ((question, state.latest[question.id]) for question in definition.questions)
        return list(among(asked))

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

    def start(self, definition: QuestionnaireDefinition) -> Sheets:
        """Start with no answer to any question."""
        return Sheets({question.id: Latest() for question in definition.questions})

    def gathered(self, definition: QuestionnaireDefinition, brought: Sequence[Brought]) -> Sheets:
        """Count everybody once a question, as answered in the group where they are now."""
        sheets = self.start(definition)
        for one in brought:
            for question, latest in one.run.state.latest.items():
                sheets.latest[question].take(latest, one.people)
        return sheets

    def check(self, definition: QuestionnaireDefinition, body: Any) -> None:
        """Refuse an unknown question, and an answer that is not of its kind."""
        if not isinstance(body, Reply | Turn):
            return
        question = definition.question(body.question)
        if question is None:
            raise Invalid(Text("There is no such question."), ".question")
        if isinstance(body, Reply):
            with suppress(Refused):
                KINDS[question.kind].read(question, body.answer)

    def decide(self, run: Run, op: Op, body: Any) -> Any:
        """Refuse an answer to a hidden question, and what the question's kind refuses."""
        if op.do in answers.BODIES:
            answers.check(run, run.state.latest, body)
        if not isinstance(body, Reply):
            return body
        question = run.definition.question(body.question)
        KINDS[question.kind].read(question, body.answer)
        if not is_shown(
            KINDS, run.definition.questions, run.state.latest, question, op.participant
        ):
            raise Refused("hidden", Text("This question is not asked after your other answers."))
        return body

    def fold(self, definition: QuestionnaireDefinition, state: Sheets, entry: Entry) -> Sheets:
        """Turn to a question, or replace the person's answer to it."""
        if entry.verb in answers.BODIES:
            answers.apply(state.latest, entry)
            return state
        question = definition.question(entry.body.question)
        if question is None:
            return state
        if isinstance(entry.body, Turn):
            state.shown = question.id
        else:
            kind, latest = KINDS[question.kind], state.latest[question.id]
            answer, before = kind.read(question, entry.body.answer), latest.current
            was = kind.words(before[entry.participant]) if entry.participant in before else ""
            kind.put(latest, entry.participant, answer)
            review = definition.settings.review
            answers.keep(latest, entry, was, kind.words(answer), review=review)
        return state

    def answered(self, run: Run) -> set[str]:
        """Give those who answered at least one question."""
        return set().union(*(latest.people() for latest in run.state.latest.values()))

    def abstained(self, run: Run) -> set[str]:
        """Give those whose every current answer is an abstention."""
        active: set[str] = set()
        for question, latest in sheets.listed(run):
            active |= latest.people() - KINDS[question.kind].abstained(latest)
        return self.answered(run) - active

    def entries(self, run: Run) -> int:
        """Count the answers to all questions, replaced ones included."""
        return sum(latest.given for latest in run.state.latest.values())

    def ask(self, definition: QuestionnaireDefinition) -> Sheet:
        """Give the questions."""
        return Sheet(definition.questions)

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give each question's figures; `reached` are those to whom it was asked."""
        figures = answers.figures(run.state.latest)
        return {"questions": sheets.figures(KINDS, run, people), **figures}

    def shown(self, run: Run, people: People, names: Mapping[str, str]) -> Results:
        """Give the results of each question, and which one the animation has turned to."""
        listed = sheets.listed(run)
        before = {question.id: sheets.before(run, question) for question, _ in listed}
        shown = (KINDS[q.kind].shown(q, latest, people, {}, before[q.id]) for q, latest in listed)
        ids = [question.id for question, _ in listed]
        place = ids.index(run.state.shown) + 1 if run.state.shown else 1
        return Results(tuple(shown), place)

    def view(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> View:
        """Give the console what it needs to moderate what people wrote."""
        view = super().view(run, screen, people, names)
        if screen != "console":
            return view
        found = (answers.written(KINDS, run, *one) for one in sheets.listed(run))
        written = tuple(one for one in found if one.written)
        figures = answers.figures(run.state.latest)
        led = Led(view.result.questions, view.result.place, written, **figures)
        return structs.replace(view, result=led)

    def touched(self, run: Run, verb: str, body: Mapping[str, Any]) -> set[str]:
        """Give the author of what was hidden or shown; every author where all were shown."""
        return answers.touched(run, run.state.latest, verb, body.get("item"))

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give one's current answers, and how many times each was changed."""
        found, changes = [], {}
        for question, latest in sheets.listed(run):
            if (answer := latest.current.get(participant)) is not None:
                state = STATES[latest.state(participant)]
                found.append({"question": question.id, "answer": answer_data(answer), **state})
                changes[question.id] = latest.changes.get(participant, 0)
        return {"answers": found, "changes": sum(changes.values()), "changed": changes}

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give each question with its counts and its results."""
        return [*sheets.blocks(KINDS, run, people), *answers.notices(run.state.latest)]

    def rows(self, run: Run, people: People, who: Mapping[str, str]) -> Rows:
        """Give a line for each person, every question side by side."""
        return sheets.rows(KINDS, sheets.listed(run), people, who)


KIND = Questionnaire()
