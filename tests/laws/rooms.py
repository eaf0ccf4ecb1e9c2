"""Random rooms: any kind found by the registry, prepared from its example, asked anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import Entry, Op
from fabrique.domain.registry import discover
from fabrique.domain.session import Plan
from fabrique.domain.text import Invalid
from fabrique.live.room import Accepted, Room

KINDS = discover("fabrique.activities")
START = datetime(2026, 3, 9, 14, tzinfo=UTC)
PEOPLE = ("ana", "bo", "cy")
WORDS = st.sampled_from(["élan", "Elan", "l’élan", "1789", "26/09/2022", "<b>&", "", "a\nb", "🎭"])
IDS = st.sampled_from(["i1", "i2", "single", "open", "rating", "ranking", "multiple"])
ANSWERS = st.one_of(
    st.fixed_dictionaries({"choice": st.lists(st.integers(0, 2), max_size=3)}),
    st.fixed_dictionaries({"text": WORDS}),
    st.fixed_dictionaries({"order": st.lists(st.integers(0, 2), max_size=3)}),
    st.fixed_dictionaries({"value": st.none() | st.integers(0, 6)}, optional={"comment": WORDS}),
)


def value(shape: inspect.Type) -> st.SearchStrategy[Any]:
    """Guess JSON values of a type: mostly right, sometimes refused, never a crash."""
    match shape:
        case inspect.UnionType():
            return st.one_of(*(value(one) for one in shape.types))
        case inspect.StrType():
            return WORDS | IDS
        case inspect.IntType() | inspect.FloatType():
            return st.integers(0, 4)
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.VarTupleType() | inspect.ListType():
            return st.lists(value(shape.item_type), max_size=3)
        case inspect.DictType():
            return ANSWERS
        case _:
            return st.nothing()


def body(struct: type[msgspec.Struct]) -> st.SearchStrategy[dict[str, Any]]:
    """Guess the body of a verb from its type."""
    fields = inspect.type_info(struct).fields  # type: ignore[union-attr] # a Struct's info
    needed = {one.encode_name: value(one.type) for one in fields if one.required}
    others = {one.encode_name: value(one.type) for one in fields if not one.required}
    return st.fixed_dictionaries(needed, optional=others)


def plan(kind: str) -> Plan:
    """Prepare a session whose only step is of this kind."""
    raw = {"kind": kind, "id": "one", "title": "Titre", **KINDS[kind].example}
    definition = read_definition(msgspec.to_builtins(raw), KINDS)
    return Plan("Séance", "cafe", "fr", START, steps=(definition,))


def acts(kind: str) -> st.SearchStrategy[list[tuple[str, str, dict[str, Any]]]]:
    """Guess what people ask during a run: (who, verb, body)."""
    activity = KINDS[kind]
    choices = [
        st.tuples(
            st.just("") if verb in activity.facilitator_verbs else st.sampled_from(PEOPLE),
            st.just(verb),
            body(struct),
        )
        for verb, struct in activity.verbs.items()
    ]
    return st.lists(st.one_of(*choices), max_size=25) if choices else st.just([])


def opened(kind: str) -> tuple[Room, list[Entry]]:
    """Give a room with its people in and the step open, and its journal so far."""
    room = Room(plan(kind), KINDS)
    journal: list[Entry] = []
    for n, one in enumerate(PEOPLE):
        ask(room, journal, "join", one, {"heads": n + 1})
    ask(room, journal, "open", "", {"step": "one"})
    return room, journal


def at_tables(kind: str) -> tuple[Room, list[Entry]]:
    """Give a room in two groups, Ana alone at the first, with the step open for each."""
    room = Room(plan(kind), KINDS)
    journal: list[Entry] = []
    for n, one in enumerate(PEOPLE):
        ask(room, journal, "join", one, {"heads": n + 1})
    of = {"ana": 0, "bo": 1, "cy": 1}
    ask(room, journal, "group.split", "", {"count": 2, "by": "hand", "of": of})
    ask(room, journal, "open", "", {"step": "one", "group": "*"})
    return room, journal


def ask(
    room: Room, journal: list[Entry], do: str, who: str, what: dict[str, Any], run: str = "r1"
) -> bool:
    """Send one op, a second after the last; tell whether it was accepted."""
    at = START + timedelta(seconds=len(journal))
    op = Op(f"{do}-{len(journal)}-{sum(room.refused.values())}", do, at, who, run, what)
    try:
        outcome = room.receive(op)
    except Invalid:
        return False
    if isinstance(outcome, Accepted):
        journal += outcome.entries
    return isinstance(outcome, Accepted)


def played(kind: str, script: list[tuple[str, str, dict[str, Any]]]) -> tuple[Room, list[Entry]]:
    """Give a room in which all of `script` was asked."""
    room, journal = opened(kind)
    for who, verb, what in script:
        ask(room, journal, verb, who, what)
    return room, journal
