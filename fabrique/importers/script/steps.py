"""A step of a script, parted into what was prepared and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from fabrique.domain.activity import Activity
from fabrique.domain.definitions import read_definition
from fabrique.domain.schema import Line, Part, read
from fabrique.domain.session import Kinds
from fabrique.domain.step import Definition
from fabrique.domain.text import Invalid, Text
from fabrique.importers.script.document import Stamp, Times, check_ids

VERBS = {"answers": "answer", "likes": "like", "moves": "move"}  # key of a step → verb
TIMES = ("opens_at", "closes_at")
# Of a step, never of a script's step.
PREPARED = ("seconds", "publication", "presenter_notes", "scribe")
HELD = ("review", "dots")  # settings of a step, never of a script's step
BARE = ("pause", "questionnaire", "vote", "open")  # kinds that need no settings
REVISABLE = ("rating", "vote")  # kinds whose answers may tell the votes that came before


class Done(Struct, frozen=True):
    """Something that somebody did in a step."""

    verb: str
    stamp: Stamp
    body: dict[str, Any]
    where: str


class Step(Struct, frozen=True):
    """A step: its definition, its times, and what was done, in the order of the file."""

    definition: Definition
    times: Times
    done: tuple[Done, ...]
    given: frozenset[str]  # the ids that its cards or ideas came with
    asks: bool
    where: str


class Shown(Part, frozen=True):
    """A picture as a script may name it: a text like any other."""

    src: Line
    alt: Line


def read_step(raw: dict[str, Any], where: str, kinds: Kinds) -> Step:
    """Read a step of the script; raise `Invalid`."""
    activity = _activity(raw, where, kinds)
    times = read({key: raw[key] for key in TIMES if key in raw}, Times, where)
    if times.closes_at < times.opens_at:
        raise Invalid(Text("A step closes before it opens."), where)
    definition = read_definition(_prepared(raw, activity, where), kinds, where)
    done = tuple(_done(raw, activity, where))
    given = [one.get("id") for one in raw.get("answers", ())]
    check_ids(given, f"{where}.answers")
    ids = frozenset(one for one in given if isinstance(one, str))
    return Step(definition, times, done, ids, activity.asks, where)


def _activity(raw: dict[str, Any], where: str, kinds: Kinds) -> Activity[Any, Any]:
    _need("kind", raw, where)
    kind = raw["kind"]
    activity = kinds.get(kind) if isinstance(kind, str) else None
    if activity is None or activity.always or not activity.scripted:
        raise Invalid(Text("Unknown activity kind “{name}”.", {"name": kind}), f"{where}.kind")
    return activity


def _has_questions(activity: Activity[Any, Any]) -> bool:
    return "questions" in activity.definition.__struct_fields__


def _prepared(raw: dict[str, Any], activity: Activity[Any, Any], where: str) -> dict[str, Any]:
    if prepared := next((key for key in PREPARED if key in raw), None):
        raise _unknown(prepared, where)
    rules = raw.get("settings")
    if later := next((key for key in HELD if isinstance(rules, dict) and key in rules), None):
        raise _unknown(later, f"{where}.settings")
    own = {key: value for key, value in raw.items() if key not in (*VERBS, *TIMES)}
    if "image" in own:
        read(own["image"], Shown, f"{where}.image")
    if _has_questions(activity) and "questions" in own:
        own["questions"] = [
            _question(one, f"{where}.questions[{n}]")
            for n, one in _objects(own["questions"], f"{where}.questions")
        ]
        check_ids([one.get("id") for one in own["questions"]], f"{where}.questions")
    return _plain(own)


def _question(raw: dict[str, Any], where: str) -> dict[str, Any]:
    _need("answers", raw, where)
    if "image" in raw:
        raise _unknown("image", where)
    return _plain({key: value for key, value in raw.items() if key != "answers"})


def _plain(own: dict[str, Any]) -> dict[str, Any]:
    """Drop settings that say nothing; write the right numbers of a challenge as texts."""
    settings = own.get("settings")
    if settings == {} and own.get("kind") in BARE:
        return {key: value for key, value in own.items() if key != "settings"}
    if isinstance(settings, dict) and settings.get("answer") == "number":
        accepted = settings.get("accepted")
        if isinstance(accepted, list):
            settings = settings | {"accepted": [_written(one) for one in accepted]}
            return own | {"settings": settings}
    return own


def _written(accepted: Any) -> Any:
    return f"{Decimal(str(accepted)):f}" if type(accepted) in (int, float) else accepted


def _done(raw: dict[str, Any], activity: Activity[Any, Any], where: str) -> Iterator[Done]:
    """Go through what happened, in the order of the file."""
    asked = _has_questions(activity)
    if "answer" in activity.verbs and not asked:
        _need("answers", raw, where)
    for key, value in raw.items():
        if key == "questions" and asked:
            for n, question in enumerate(value):
                yield from _replies(question, f"{where}.questions[{n}].answers")
        elif key in VERBS:
            if VERBS[key] not in activity.verbs or asked:
                raise _unknown(key, where)
            for n, one in _objects(value, f"{where}.{key}"):
                yield from _acts(VERBS[key], one, activity.kind, f"{where}.{key}[{n}]")


def _replies(question: dict[str, Any], where: str) -> Iterator[Done]:
    for n, answer in _objects(question["answers"], where):
        for one in _acts("answer", answer, question["kind"], f"{where}[{n}]"):
            body = {"question": question["id"], "answer": one.body}
            yield msgspec.structs.replace(one, body=body)


def _acts(verb: str, raw: dict[str, Any], kind: str, where: str) -> Iterator[Done]:
    stamp = read({key: raw[key] for key in ("by", "at") if key in raw}, Stamp, where)
    body = {key: value for key, value in raw.items() if key not in ("by", "at")}
    for one in _revised(body, kind, where):
        yield Done(verb, stamp, one, where)


def _revised(answer: dict[str, Any], kind: str, where: str) -> list[dict[str, Any]]:
    """Spell out `revised`: several votes at the same moment, the last of them being the answer."""
    if kind not in REVISABLE or "revised" not in answer:
        return [answer]
    last = {key: value for key, value in answer.items() if key != "revised"}
    field = "choice" if "choice" in answer else "value"
    history = answer["revised"]
    if not isinstance(history, list) or not history or not _same(history[-1], last.get(field)):
        raise Invalid(Text("The last of “revised” must be the answer itself."), f"{where}.revised")
    return [*({field: value} for value in history[:-1]), last]


def _same(one: Any, other: Any) -> bool:
    # As JSON: for Python 1, 1.0 and true are equal.
    return repr(one) == repr(other)


def _objects(value: Any, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    return enumerate(read(value, list[dict[str, Any]], where))


def _need(key: str, raw: dict[str, Any], where: str) -> None:
    if key not in raw:
        raise Invalid(Text("The key “{name}” is missing.", {"name": key}), where)


def _unknown(key: str, where: str) -> Invalid:
    return Invalid(Text("Unknown key “{name}”.", {"name": key}), where)
