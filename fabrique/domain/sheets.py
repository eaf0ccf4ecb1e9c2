"""The answers to several questions: who was asked, the figures of each, what the report keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from msgspec import Struct

from fabrique.domain.answers import item_of
from fabrique.domain.blocks import Block, Fact, Facts, Heading, Paragraph, Picture
from fabrique.domain.comparison import alike, earlier
from fabrique.domain.conditions import Kinds, is_shown
from fabrique.domain.contributions import Contribution
from fabrique.domain.latest import Latest
from fabrique.domain.listings import WHO, Cell, Rows, by_person
from fabrique.domain.people import People
from fabrique.domain.question import Question
from fabrique.domain.run import Run
from fabrique.domain.text import Text


class Sheets(Struct):
    """The answers by id of question, and the question that the stage shows ("": the first)."""

    latest: dict[str, Latest]
    shown: str = ""


def listed(run: Run) -> list[tuple[Question, Latest]]:
    """Give each question with its answers, in the order in which they are asked."""
    return [(question, run.state.latest[question.id]) for question in run.definition.questions]


def before(run: Run, question: Question) -> Latest | None:
    """Give the answers to the same question when it was asked before, if it was."""
    run_before = earlier(run)
    if run_before is None:
        return None
    asked = {one.id: latest for one, latest in listed(run_before) if alike(one, question)}
    return asked.get(question.id)


def reached(kinds: Kinds, run: Run, question: Question) -> set[str]:
    """Give those who were there and asked; whoever answered was asked, whatever came later."""
    answers: dict[str, Latest] = run.state.latest
    questions = run.definition.questions
    there = {one for one in run.joined if is_shown(kinds, questions, answers, question, one)}
    return there | answers[question.id].people()


def figures(kinds: Kinds, run: Run, people: People) -> list[dict[str, Any]]:
    """Give the figures of every question."""
    return [_figures(kinds, run, question, latest, people) for question, latest in listed(run)]


def _figures(
    kinds: Kinds, run: Run, question: Question, latest: Latest, people: People
) -> dict[str, Any]:
    kind = kinds[question.kind]
    return {
        "id": question.id,
        "kind": question.kind,
        "reached": people.heads(reached(kinds, run, question)),
        "answered": people.heads(latest.people()),
        "abstained": people.heads(kind.abstained(latest)),
        **kind.result(question, latest, people),
    }


def blocks(kinds: Kinds, run: Run, people: People) -> list[Block]:
    """Give each question with its counts and its results."""
    found = (_blocks(kinds, run, question, latest, people) for question, latest in listed(run))
    return [block for sheet in found for block in sheet]


def _blocks(
    kinds: Kinds, run: Run, question: Question, latest: Latest, people: People
) -> list[Block]:
    kind = kinds[question.kind]
    facts = (
        Fact(Text("Asked"), str(people.heads(reached(kinds, run, question)))),
        Fact(Text("Answered"), str(people.heads(latest.people()))),
        Fact(Text("Abstained"), str(people.heads(kind.abstained(latest)))),
    )
    anchor = f"{run.id}-{question.id}"
    drawn = kind.blocks(anchor, question, latest, people, {}, before(run, question))
    return [*heading(question), Facts(facts), *drawn]


def heading(question: Question) -> list[Block]:
    """Give the question as it was asked: title, instruction and picture."""
    found: list[Block] = [Heading(question.title)]
    if question.instruction:
        found.append(Paragraph(question.instruction))
    if question.image:
        found.append(Picture(question.image.src, question.image.alt))
    return found


def rows(
    kinds: Kinds, asked: Iterable[tuple[Question, Latest]], people: People, who: Mapping[str, str]
) -> Rows:
    """Give a line for each person who answered, with every question's columns side by side."""
    sheets = [(kinds[question.kind], question, latest.current) for question, latest in asked]
    columns = [kind.columns(question) for kind, question, _ in sheets]

    def line(one: str) -> Iterator[Cell]:
        for (kind, question, current), heads in zip(sheets, columns, strict=True):
            answer = current.get(one)
            yield from [None] * len(heads) if answer is None else kind.cells(question, answer)

    answered = {one for _, _, current in sheets for one in current}
    lines = by_person(answered, people, who, lambda one: [tuple(line(one))])
    return Rows((*WHO, *chain.from_iterable(columns)), lines)


def travellers(run: Run) -> list[Contribution]:
    """Give the answers to open questions; their ids say nothing of who wrote them."""
    return [
        Contribution(item_of(run.id, question.id, one), answer.text, one)
        for question, latest in listed(run)
        if question.kind == "open"
        for one, answer in latest
        if answer.text.strip() and not latest.state(one)
    ]
