"""fabrique.script/1: a whole session written beforehand, as `replay` plays it (FORMATS)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, NoReturn
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from fabrique.domain.activity import Definition
from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import FACILITATOR, Op
from fabrique.domain.schema import Index, Line, Part, read
from fabrique.domain.session import Kinds, Participant, Plan
from fabrique.domain.text import Invalid, Text

FORMAT = "fabrique.script/1"
FARTHEST = 10 * 366 * 86_400  # seconds: a session does not last for ever
REVISABLE = ("rating", "vote")  # kinds whose answers may tell the votes that came before
LISTS = {"answers": "answer", "likes": "like", "moves": "move"}  # key of a step → verb
_JOIN, _BEGIN, _OPEN, _CLOSE, _REVEAL, _ACT, _END = range(7)  # what comes first at equal times

_TYPES = {"got": "something else", "wanted": "str"}

Seconds = Annotated[float, Meta(ge=-FARTHEST, le=FARTHEST)]
Moment = Annotated[float, Meta(ge=0, le=FARTHEST)]


class Message(Part, frozen=True):
    """A chat message, in seconds after the start."""

    by: Line
    at: Moment
    text: Line


class Deck(Part, frozen=True):
    """Slides, and when each page was shown."""

    title: Line
    pages: Index
    shown_at: tuple[Moment, ...]


class Document(Part, frozen=True):
    """The script's own keys; steps are read kind by kind."""

    format: Literal["fabrique.script/1"]
    title: Line
    kind: Line
    starts_at: Annotated[datetime, Meta(tz=True)]
    language: Line
    facilitator: Line
    introduction: Line
    participants: tuple[Participant, ...]
    steps: tuple[dict[str, Any], ...]
    messages: tuple[Message, ...]
    timezone: Line = "Europe/Paris"
    slides: Deck | None = None
    expected: Any = None


class Times(Part, frozen=True):
    """When a step opens and closes, in seconds after the start."""

    opens_at: Moment
    closes_at: Moment


class Stamp(Part, frozen=True):
    """Who did something in a step, and when (seconds after it opened)."""

    by: Line
    at: Seconds


class Act(Struct, frozen=True):
    """An op of the script; `step` says which step's run it is for, `where` its place."""

    op: Op
    step: str | None
    where: str


class Script(Struct, frozen=True):
    """A session to play: what was prepared, who comes, and all that happens, in order."""

    plan: Plan
    participants: tuple[Participant, ...]
    acts: tuple[Act, ...]


class _Event(Struct, frozen=True):
    at: float  # seconds after the start
    when: float  # the same, but not before its step opens: a refusal too is heard there
    rank: int
    do: str
    by: str
    step: str | None
    body: dict[str, Any]
    where: str


def read_script(content: bytes, kinds: Kinds) -> Script:
    """Read a script; raise `Invalid`, saying where, for what no client could have sent."""
    document = read(parse_json(content), Document)
    _check_timezone(document.timezone)
    _check_unique([one.id for one in document.participants], ".participants")
    raw = [_split(step, f".steps[{n}]") for n, step in enumerate(document.steps)]
    steps = tuple(read_definition(own, kinds, where) for own, _, _, where in raw)
    _check_unique([step.id for step in steps], ".steps")
    beside = tuple(_beside(document, kinds, {step.id for step in steps}))
    plan = Plan(
        title=document.title,
        kind=document.kind,
        language=document.language,
        starts_at=document.starts_at,
        timezone=document.timezone,
        facilitator=document.facilitator,
        introduction=document.introduction,
        steps=steps,
        beside=beside,
    )
    events = [*_frame(document, beside)]
    for step, (_, times, acts, where) in zip(steps, raw, strict=True):
        events += _step_events(step, times, acts, where, kinds)
    _check_people(events, {one.id for one in document.participants})
    return Script(plan, document.participants, tuple(_acts(document.starts_at, events)))


def parse_json(content: bytes) -> Any:
    """Read JSON in UTF-8; raise `Invalid` for anything else, NaN and double keys included."""
    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_double)
    except UnicodeDecodeError:
        raise Invalid(Text("This file is not text in UTF-8.")) from None
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise Invalid(Text("Not readable as JSON, line {line}, column {column}.", place)) from None
    except (RecursionError, ValueError):
        raise Invalid(Text("Not readable as JSON.")) from None


def _no_constant(_name: str) -> NoReturn:
    raise ValueError(_name)


def _no_double(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Invalid(Text("A key is given twice in the same object."))
    return found


def _split(
    step: dict[str, Any], where: str
) -> tuple[dict[str, Any], Times, list[tuple[str, dict[str, Any], str]], str]:
    """Part what was prepared from what happened: definition, times, acts in order of the file."""
    own: dict[str, Any] = {}
    acts: list[tuple[str, dict[str, Any], str]] = []
    times = read({key: step[key] for key in ("opens_at", "closes_at") if key in step}, Times, where)
    if times.closes_at < times.opens_at:
        raise Invalid(Text("A step closes before it opens."), where)
    for key, value in step.items():
        if key in LISTS:
            acts += _listed(value, LISTS[key], f"{where}.{key}")
        elif key == "questions":
            own[key] = [_question(one, f"{where}.{key}[{n}]", acts) for n, one in _items(value)]
        elif key not in ("opens_at", "closes_at"):
            own[key] = value
    return own, times, acts, where


def _items(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    return enumerate(read(value, list[dict[str, Any]]))


def _listed(value: Any, verb: str, where: str) -> list[tuple[str, dict[str, Any], str]]:
    return [(verb, one, f"{where}[{n}]") for n, one in _items(value)]


def _question(
    question: dict[str, Any], where: str, acts: list[tuple[str, dict[str, Any], str]]
) -> dict[str, Any]:
    if "answers" not in question:
        raise Invalid(Text("The key “{name}” is missing.", {"name": "answers"}), where)
    for verb, answer, place in _listed(question["answers"], "answer", f"{where}.answers"):
        for one in _revised(answer, question.get("kind"), place):
            stamp = {key: one.pop(key) for key in ("by", "at") if key in one}
            acts.append((verb, {**stamp, "question": question.get("id"), "answer": one}, place))
    return {key: value for key, value in question.items() if key != "answers"}


def _revised(answer: dict[str, Any], kind: Any, where: str) -> list[dict[str, Any]]:
    """Spell out `revised`: several votes at the same moment, the last of them being the answer."""
    if kind not in REVISABLE or "revised" not in answer:
        return [dict(answer)]
    last = {key: value for key, value in answer.items() if key != "revised"}
    field = "choice" if "choice" in answer else "value"
    history = answer["revised"]
    if not isinstance(history, list) or not history or history[-1] != answer.get(field):
        raise Invalid(Text("The last of “revised” must be the answer itself."), where)
    before = {key: last[key] for key in ("by", "at") if key in last}
    return [*({**before, field: value} for value in history[:-1]), last]


def _beside(document: Document, kinds: Kinds, taken: set[str]) -> Iterator[Definition]:
    def free(name: str) -> str:
        while name in taken:
            name += "_"
        return name

    yield read_definition({"kind": "chat", "id": free("chat"), "title": "Messages"}, kinds)
    if deck := document.slides:
        slides = {"kind": "slides", "id": free("slides"), "title": deck.title, "pages": deck.pages}
        yield read_definition(slides, kinds)


def _frame(document: Document, beside: tuple[Definition, ...]) -> Iterator[_Event]:
    """Give what is not in a step: everybody joins at 0, chat and slides open, messages, pages."""
    for n, one in enumerate(document.participants):
        body = {"heads": one.heads}
        yield _Event(0, 0, _JOIN, "join", one.id, None, body, f".participants[{n}]")
    yield _Event(0, 0, _BEGIN, "begin", FACILITATOR, None, {}, "")
    for n, said in enumerate(document.messages):
        where = f".messages[{n}]"
        yield _Event(said.at, said.at, _ACT, "say", said.by, beside[0].id, {"text": said.text}, where)
    if deck := document.slides:
        for n, at in enumerate(deck.shown_at):
            page = {"page": min(n + 1, deck.pages)}
            where = f".slides.shown_at[{n}]"
            yield _Event(at, at, _ACT, "show", FACILITATOR, beside[1].id, page, where)


def _step_events(
    step: Definition,
    times: Times,
    acts: list[tuple[str, dict[str, Any], str]],
    where: str,
    kinds: Kinds,
) -> Iterator[_Event]:
    activity = kinds[step.kind]
    seconds = {"step": step.id, "seconds": float(_exact(times.closes_at) - _exact(times.opens_at))}
    start, end = times.opens_at, times.closes_at
    yield _Event(start, start, _OPEN, "open", FACILITATOR, step.id, seconds, where)
    yield _Event(end, end, _CLOSE, "close", FACILITATOR, step.id, {}, where)
    if activity.asks:
        yield _Event(end, end, _REVEAL, "reveal", FACILITATOR, step.id, {}, where)
    _check_lists(step, acts, where, kinds)
    for verb, raw, place in acts:
        for one in _revised(raw, step.kind, place):
            stamp = read({key: one.pop(key) for key in ("by", "at") if key in one}, Stamp, place)
            at = float(_exact(times.opens_at) + _exact(stamp.at))
            yield _Event(at, max(at, start), _ACT, verb, stamp.by, step.id, one, place)


def _check_lists(
    step: Definition, acts: list[tuple[str, dict[str, Any], str]], where: str, kinds: Kinds
) -> None:
    """Refuse lists that the kind does not have, ids given twice and references to nothing."""
    given = [one["id"] for verb, one, _ in acts if verb == "answer" and "id" in one]
    unnumbered = sum(verb == "answer" and "id" not in one for verb, one, _ in acts)
    _check_unique(given, f"{where}.answers")
    declared = {*given, *(f"i{n}" for n in range(1, unnumbered + 1))}
    for verb, one, place in acts:
        if verb not in kinds[step.kind].verbs:
            name = {"name": next(key for key, value in LISTS.items() if value == verb)}
            raise Invalid(Text("Unknown key “{name}”.", name), where)
        reference = one.get("card", one.get("idea"))
        if verb != "answer" and reference is not None and reference not in declared:
            raise Invalid(Text("There is no such contribution: “{id}”.", {"id": reference}), place)


def _check_unique(ids: list[Any], where: str) -> None:
    seen: set[str] = set()
    for one in ids:
        if not isinstance(one, str):
            raise Invalid(Text("Found {got} where {wanted} was expected.", _TYPES), where)
        if one in seen:
            raise Invalid(Text("The id “{id}” is given twice.", {"id": one}), where)
        seen.add(one)


def _check_people(events: list[_Event], known: set[str]) -> None:
    for event in events:
        if event.by != FACILITATOR and event.by not in known:
            raise Invalid(Text("There is no participant “{id}”.", {"id": event.by}), event.where)


def _check_timezone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise Invalid(Text("Unknown time zone “{name}”.", {"name": name}), ".timezone") from None


def _acts(start: datetime, events: list[_Event]) -> Iterator[Act]:
    ordered = sorted(events, key=lambda event: (event.when, event.rank))  # stable: then the file
    for n, event in enumerate(ordered, 1):
        at = start + _delta(event.at)
        yield Act(Op(f"s{n}", event.do, at, event.by, None, event.body), event.step, event.where)
    last = start + _delta(max(event.when for event in events))
    yield Act(Op("end", "end", last), None, "")


def _exact(seconds: float) -> Decimal:
    return Decimal(str(seconds))


def _delta(seconds: float) -> timedelta:
    return timedelta(microseconds=int(_exact(seconds) * 1_000_000))
