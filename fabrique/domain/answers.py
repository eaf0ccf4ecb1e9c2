"""What people wrote in a questionnaire: read before it is shown, hidden, shown again.

Answers count from the moment they are given; only their words wait, or are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from msgspec import Struct

from fabrique.domain import moderation
from fabrique.domain.blocks import Block
from fabrique.domain.entry import Entry
from fabrique.domain.latest import Latest
from fabrique.domain.moderation import MODERATION
from fabrique.domain.question import Question, QuestionKind
from fabrique.domain.run import Run
from fabrique.domain.text import Invalid, Text, Words

BODIES = moderation.bodies(MODERATION)
Kinds = Mapping[str, QuestionKind[Any, Any]]
States = Mapping[str, Latest]  # the answers to each question, by its id


class Written(Struct, frozen=True):
    """Words on the console, for who moderates; `lines` of the journal hold them."""

    item: str
    text: str
    state: str
    lines: tuple[int, ...]


class Sheet(Struct, frozen=True):
    """The words given to one question."""

    title: Words
    written: tuple[Written, ...]


def item_of(run: str, question: str, participant: str) -> str:
    """Give words an id that says nothing of who wrote them."""
    return sha256(f"{run}\n{question}\n{participant}".encode()).hexdigest()[:12]


def keep(latest: Latest, entry: Entry, before: str, words: str, *, review: bool) -> None:
    """Keep the line that holds somebody's words; other words than before wait to be read."""
    who = entry.participant
    if words.strip():
        latest.lines[who] = [*latest.lines.get(who, ()), entry.seq]
    if not words.strip():
        latest.held.discard(who)
    elif review and words != before:
        latest.held.add(who)


def check(run: Run, states: States, body: Any) -> None:
    """Raise `Invalid` for words that nobody wrote."""
    if body.item is not None and _find(run.id, states, body.item) is None:
        raise Invalid(Text("There is no such contribution: “{id}”.", {"id": body.item}))


def apply(states: States, entry: Entry) -> None:
    """Hide words, show them again, or let what waits be read."""
    if entry.body.item is None:
        for latest in states.values():
            latest.held.clear()
        return
    found = _find(entry.run or "", states, entry.body.item)
    if found is None:  # erased since
        return
    latest, who = found
    if entry.verb == "hide":
        latest.hidden.add(who)
        return
    latest.held.discard(who)
    if entry.verb == "restore":
        latest.hidden.discard(who)


def touched(run: Run, states: States, verb: str, item: object) -> set[str]:
    """Give those whose words an act of the animation has just touched."""
    if verb not in BODIES:
        return set()
    if item is None:
        return {who for latest in states.values() for who in latest.lines}
    found = _find(run.id, states, item)
    return {found[1]} if found else set()


def written(kinds: Kinds, run: Run, question: Question, latest: Latest) -> Sheet:
    """Give the words given to a question, in order of time."""
    kind = kinds[question.kind]
    said = ((who, kind.words(answer)) for who, answer in latest)
    return Sheet(
        question.title,
        tuple(
            Written(
                item_of(run.id, question.id, who),
                text,
                latest.state(who),
                tuple(latest.lines.get(who, ())),
            )
            for who, text in said
            if text.strip()
        ),
    )


def figures(states: States) -> dict[str, int]:
    """Count what is hidden, and what waits; nothing where nothing is."""
    counts = {state: _count(states, state) for state in ("hidden", "held")}
    return {state: n for state, n in counts.items() if n}


def notices(states: States) -> list[Block]:
    """Say in a report how many words are not in it."""
    return moderation.told(_count(states, "hidden"), _count(states, "held"))


def _count(states: States, state: str) -> int:
    each = states.values()
    return sum(latest.state(who) == state for latest in each for who in latest.lines)


def _find(run: str, states: States, item: object) -> tuple[Latest, str] | None:
    for question, latest in states.items():
        for who in latest.current:
            if item_of(run, question, who) == item:
                return latest, who
    return None
