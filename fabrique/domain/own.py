"""What somebody did in a session, in words they can read again: answers, receipts, changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from fabrique.domain.entry import Entry
from fabrique.domain.run import Run
from fabrique.domain.session import Kinds, Session
from fabrique.domain.text import Name, Text, Words

NOTHING_SAID = Text("I would rather not say")
NO_OPINION = Text("No opinion")
EMPTY = "—"


class Answer(Struct, frozen=True):
    """An answer that counts: to which question, if there are several, and in which words."""

    question: str
    words: tuple[Words, ...]


class Did(Struct, frozen=True):
    """What one did in an opening of an activity, and the last line of the journal that keeps it."""

    title: str
    name: Name
    answers: tuple[Answer, ...]
    likes: int
    changes: int
    seq: int
    at: datetime


def own(session: Session, kinds: Kinds, who: str, entries: Iterable[Entry]) -> tuple[Did, ...]:
    """Give what `who` did, in the order of openings; `entries` are the lines of the session."""
    last = {entry.run: entry for entry in entries if entry.participant == who and entry.run}
    found = (_did(run, kinds, who, last) for run in session.runs.values())
    return tuple(one for one in found if one is not None)


def _did(run: Run, kinds: Kinds, who: str, last: Mapping[str, Entry]) -> Did | None:
    activity = kinds[run.definition.kind]
    mine = activity.mine(run, who)
    line = last.get(run.id)
    likes = len(mine.get("likes", ()))
    if line is None or not (mine["answers"] or likes):
        return None
    answers = tuple(_answer(run.definition, body) for body in mine["answers"])
    title = run.definition.title
    return Did(title, activity.name, answers, likes, mine["changes"], line.seq, line.at)


def _answer(definition: Any, body: Mapping[str, Any]) -> Answer:
    if "question" not in body:
        question = getattr(definition, "question", definition)
        return Answer("", tuple(_words(definition, question, body)))
    question = definition.question(body["question"])
    return Answer(question.title, tuple(_words(definition, question, body["answer"])))


def _words(definition: Any, question: Any, answer: Mapping[str, Any]) -> Iterator[Words]:
    """Say an answer by the shape that its kind gave it."""
    if "choice" in answer:
        yield from [question.options[place] for place in answer["choice"]] or [NOTHING_SAID]
    if "order" in answer:
        yield from _ranks(question.options, answer["order"]) or [NOTHING_SAID]
    if "value" in answer:
        yield _grade(question.settings.scale, answer["value"])
    if "text" in answer:
        yield answer["text"] or EMPTY
    if answer.get("comment"):
        yield answer["comment"]
    columns = getattr(definition, "columns", None)
    if columns and answer.get("column") is not None:
        yield Text("In the column “{title}”", {"title": columns[answer["column"]]})


def _ranks(options: Sequence[str], order: Sequence[int]) -> list[Text]:
    told = ({"rank": rank, "option": options[place]} for rank, place in enumerate(order, 1))
    return [Text("{rank}. {option}", one) for one in told]


def _grade(scale: int, value: int | None) -> Text:
    if value is None:
        return NO_OPINION
    return Text("{value} out of {scale}", {"value": value, "scale": scale})
