"""Every listing of a session: its steps, its figures, then what each run lists.

Names stand only where the kind publishes them; elsewhere a participant is a tag, the same
throughout the session. No listing holds both, so that no name leads to an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from fabrique.domain.activity import Activity
from fabrique.domain.blocks import Chart, Section, Table, Wall
from fabrique.domain.listings import Cell, Listing, Share
from fabrique.domain.question import percentage
from fabrique.domain.run import Run
from fabrique.domain.session import Kinds, Session
from fabrique.domain.signatures import signatures
from fabrique.domain.step import Publication
from fabrique.domain.tables import group_of
from fabrique.domain.text import Text, Words

STEPS = (
    Text("Number"),
    Text("Step"),
    Text("Activity"),
    Text("Opened at"),
    Text("Closed at"),
    Text("Shown at"),
    Text("Present"),
    Text("Answered"),
    Text("Abstained"),
    Text("Contributions"),
)
FIGURES = (Text("Number"), Text("Question"), Text("Line"), Text("Figure"), Text("Value"))
SHARE = percentage(0).msgid
Runs = Sequence[tuple[int | None, Run]]  # with their place in the running order, if any


def listings(
    session: Session,
    kinds: Kinds,
    names: Mapping[str, str],
    runs: Runs,
    sections: Iterable[Section],
) -> tuple[Listing, ...]:
    """Give the listings of the runs that a report tells, in its order."""
    groups = {run.id: group.title for _, run in runs if (group := group_of(session, run))}
    steps = [(run.id, _step(session, kinds, number, run)) for number, run in runs]
    figures = [(section.id, line) for section in sections for line in _figures(section)]
    title = session.plan.title
    whole = (
        Listing("steps", Text("Steps"), title, *_told(STEPS, steps, groups)),
        Listing("results", Text("Results"), title, *_told(FIGURES, figures, groups)),
    )
    return (*whole, *_each(session, kinds, names, runs, groups))


def _told(
    head: tuple[Words, ...],
    lines: Sequence[tuple[str, tuple[Cell, ...]]],
    groups: Mapping[str, str],
    at: int = 2,
) -> tuple[tuple[Words, ...], tuple[tuple[Cell, ...], ...]]:
    """Say of each line, by its run, which group it is of, if any is of one."""
    if not groups:
        return head, tuple(line for _, line in lines)
    told = tuple((*line[:at], groups.get(run, ""), *line[at:]) for run, line in lines)
    return (*head[:at], Text("Group"), *head[at:]), told


def tags(participants: Iterable[str]) -> dict[str, str]:
    """Give P01, P02… in the order of ids, which are drawn by chance: not of joining."""
    ordered = sorted(participants)
    digits = max(len(str(len(ordered))), 2)
    return {one: f"P{place:0{digits}}" for place, one in enumerate(ordered, 1)}


def _each(
    session: Session,
    kinds: Kinds,
    names: Mapping[str, str],
    runs: Runs,
    groups: Mapping[str, str],
) -> Iterator[Listing]:
    hidden = tags(session.people)
    used: set[str] = set()
    for number, run in runs:
        kind = kinds[run.definition.kind]
        who = signatures(session, kinds, run, names) if _signed(kind, run) else hidden
        listed = kind.rows(run, session.people, who)
        if listed.head:
            name: Words = kind.name
            if number is not None:
                name = Text("{number}. {name}", {"number": number, "name": kind.name})
            anchor = _free(kind.kind if number is None else f"{number}-{kind.kind}", used)
            own = {run.id: groups[run.id]} if run.id in groups else {}
            told = _told(listed.head, [(run.id, row) for row in listed.rows], own, at=0)
            yield Listing(anchor, name, run.definition.title, *told)


def _signed(kind: Activity[Any, Any], run: Run) -> bool:
    return kind.policy(run.definition) in (Publication.NAMES, Publication.PSEUDONYMS)


def _free(wanted: str, used: set[str]) -> str:
    name, number = wanted, 1
    while name in used:
        number += 1
        name = f"{wanted}-{number}"
    used.add(name)
    return name


def _step(session: Session, kinds: Kinds, number: int | None, run: Run) -> tuple[Cell, ...]:
    activity, heads = kinds[run.definition.kind], session.people.heads
    moments = (run.opened_at, run.closed_at, run.revealed_at)
    asked: tuple[Cell, ...] = (None, None, None, None)
    if activity.asks:
        answered, abstained = activity.answered(run), activity.abstained(run)
        asked = (heads(run.joined), heads(answered), heads(abstained), activity.entries(run))
    return (number, run.definition.title, activity.name, *moments, *asked)


def _figures(section: Section) -> Iterator[tuple[Cell, ...]]:
    """Give every figure of every chart; a board has cards, which are listed by themselves."""
    for block in section.blocks:
        if isinstance(block, Chart) and not isinstance(block.drawing, Wall):
            for line in _lines(block.table):
                yield (section.number, block.title, *line)


def _lines(table: Table) -> Iterator[tuple[Cell, ...]]:
    places = range(len(table.head))
    label = next((place for place in places if place not in table.numeric), 0)
    for row in table.rows:
        for place in table.numeric:
            if place != label:
                yield row[label], table.head[place], _figure(row[place])


def _figure(words: Words) -> Cell:
    """Give a figure that is written in words as a number again."""
    if isinstance(words, str) and re.fullmatch("[0-9]{1,15}", words):
        return int(words)
    if not isinstance(words, Text) or len(words.params) != 1:
        return words
    (value,) = words.params.values()
    if words.msgid == SHARE:
        return Share(value)
    return value if isinstance(value, int | float | Decimal) else words
