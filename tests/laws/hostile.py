"""Hostile words in every place that takes words: found by trying, so that a new field is tried too.

A session is prepared from each kind's example and played; every text of every definition and body,
whatever its name, is given hostile words, and keeps them if they are accepted.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
from msgspec import inspect

from fabrique.domain.definitions import read_definition, read_plan
from fabrique.domain.entry import Op
from fabrique.domain.plan import Plan
from fabrique.domain.schema import Part
from fabrique.domain.text import Invalid
from fabrique.live.room import Accepted, Room
from fabrique.live.rules import RULES
from tests.laws.guessed import better, bodies
from tests.laws.ink import MARK, Ink
from tests.laws.rooms import KINDS, PEOPLE, START

FEW = 6  # acts of one person with one verb
TRIES, GLANCE = 600, 40  # bodies of a type that is the verb's own; of any other


def _shapes(of: type[Part] = Part) -> list[type[Part]]:
    """Give every shape of the domain: a rule takes the one that is its own."""
    below = [one for shape in of.__subclasses__() for one in (shape, *_shapes(shape))]
    return [one for one in below if one.__module__.startswith("fabrique.domain.")]


class Played(msgspec.Struct):
    """A session written in this ink: its plan, who is called what, and what was asked, in order."""

    plan: dict[str, Any]
    names: dict[str, str]
    acts: list[tuple[str, str, str | None, dict[str, Any]]]
    room: Room
    journal: list[Any]


def play(ink: Ink) -> Played:
    """Prepare every kind, play every verb."""
    played = Played(_plan(ink), {who: next(ink()) for who in PEOPLE}, [], None, [])  # type: ignore[arg-type]
    played.room = Room(read_plan(played.plan, KINDS), KINDS)
    for heads, who in enumerate(PEOPLE, 1):
        _ask(played, who, "join", None, {"heads": heads})
    for number, step in enumerate(played.plan["steps"], 1):
        _ask(played, "", "open", None, {"step": step["id"]})
        _answer(played, ink, step["kind"], f"r{number}")
        _ask(played, "", "close", f"r{number}", {})
        _ask(played, "", "reveal", f"r{number}", {})
    for verb, body in itertools.product(RULES, _shapes()):
        _try(played, ink, ("", verb, None), body, 1)
    _ask(played, "", "end", None, {})
    return played


def said_plainly(played: Played, ink: Ink) -> Played:
    """Give the same session, every hostile text being a simple one under the same mark."""
    calm = {text: f"un mot {mark}" for mark, text in ink.words.items()}
    plan, names, acts = _say((played.plan, played.names, played.acts), calm)
    again = Played(plan, names, [], Room(read_plan(plan, KINDS), KINDS), [])
    for who, verb, run, body in acts:
        _ask(again, who, verb, run, body)
    return again


def _say(data: Any, words: dict[str, str]) -> Any:
    match data:
        case str():
            return words.get(data, data)
        case dict():
            return {_say(key, words): _say(value, words) for key, value in data.items()}
        case list() | tuple():
            return [_say(one, words) for one in data]
    return data


def _plan(ink: Ink) -> dict[str, Any]:
    steps = [_definition(kind, ink, KINDS[kind].example) for kind in KINDS]
    bare = {kind: {**one.example} for kind, one in KINDS.items() if "settings" in one.example}
    others = (
        _definition(k, ink, {key: v for key, v in one.items() if key != "settings"})
        for k, one in bare.items()
    )
    steps += [one for one in others if _read(one, read_definition)]
    door = {"title": "Séance", "kind": "cafe", "language": "fr", "starts_at": START.isoformat()}
    fields = [f for f in inspect.type_info(Plan).fields if f.name not in ("steps", "beside")]  # type: ignore[union-attr]
    return better(door, fields, ink, lambda data: _read(data | {"steps": steps}, read_plan)) | {
        "steps": steps
    }


def _definition(kind: str, ink: Ink, example: Any) -> dict[str, Any]:
    raw = {"kind": kind, "id": kind, "title": "Titre", **example}
    raw = msgspec.to_builtins(raw)
    fields = inspect.type_info(KINDS[kind].definition).fields  # type: ignore[union-attr]
    return better(raw, fields, ink, lambda data: _read(data, read_definition))


def _read(data: Any, reader: Callable[..., Any]) -> bool:
    try:
        reader(data, KINDS)
    except Invalid:
        return False
    return True


def _answer(played: Played, ink: Ink, kind: str, run: str) -> None:
    activity = KINDS[kind]
    for verb, body in activity.verbs.items():
        for who in [""] if verb in activity.facilitator_verbs else PEOPLE:
            _try(played, ink, (who, verb, run), body, FEW)


def _try(played: Played, ink: Ink, act: tuple[str, str, str | None], body: Any, most: int) -> None:
    """Ask until `most` acts that hold hostile words, or nothing but what is known, were taken."""
    steps = played.plan["steps"]
    ids = [one["id"] for step in steps for one in (step, *step.get("questions", ()))]
    known = ("i1", "i2", *ids, *({**step, "id": "new"} for step in steps))
    ours = act[2] is not None
    shape = inspect.type_info(body)
    for made in itertools.islice(bodies(shape, ink, known), TRIES if ours else GLANCE):
        if ours or MARK.search(str(made)):
            most -= _ask(played, *act, made)
        if not most:
            return


def _ask(played: Played, who: str, verb: str, run: str | None, body: dict[str, Any]) -> bool:
    at = START + timedelta(seconds=len(played.journal))
    op = Op(f"{verb}-{len(played.acts)}-{played.room.refused.total()}", verb, at, who, run, body)
    try:
        outcome = played.room.receive(op)
    except Invalid:
        return False
    if isinstance(outcome, Accepted):
        played.journal += outcome.entries
        played.acts.append((who, verb, run, body))
    return isinstance(outcome, Accepted)
