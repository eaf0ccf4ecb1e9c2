"""fabrique.running_order/1: what was prepared, without people or answers, as one JSON file."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, Literal

import msgspec

from fabrique.domain.definitions import definition_data, read_definition
from fabrique.domain.plan import Plan
from fabrique.domain.schema import Line, Part, read
from fabrique.domain.session import Kinds
from fabrique.domain.step import Definition
from fabrique.domain.text import Invalid, Text

FORMAT: Literal["fabrique.running_order/1"] = "fabrique.running_order/1"
LONGEST = 200  # steps
_FORMAT = re.compile(r"fabrique\.running_order/(\d+)")

Steps = tuple[dict[str, Any], ...]


class _Document(Part, frozen=True, omit_defaults=False):
    format: Literal["fabrique.running_order/1"]
    title: Line
    language: Literal["fr", "en"]
    steps: Steps
    kind: Line = "session"
    facilitator: Line = ""
    introduction: Line = ""
    beside: Steps = ()


def read_running_order(content: bytes, kinds: Kinds, starts_at: datetime) -> Plan:
    """Read a running order; raise `Invalid`, saying what and where."""
    raw = _parse(content)
    _check_format(raw.get("format"))
    document = read(raw, _Document)
    if not document.title.strip():
        raise Invalid(Text("Give the session a title."), ".title")
    steps = _steps(document.steps, kinds, ".steps", always=False)
    beside = _steps(document.beside, kinds, ".beside", always=True)
    _check_ids([*_placed(".steps", steps), *_placed(".beside", beside)])
    return Plan(
        title=document.title,
        kind=document.kind,
        language=document.language,
        starts_at=starts_at,
        facilitator=document.facilitator,
        introduction=document.introduction,
        steps=steps,
        beside=beside,
    )


def write_running_order(plan: Plan) -> bytes:
    """Write a plan so that `read_running_order` gives it back, its moment and notices apart."""
    document = _Document(
        format=FORMAT,
        title=plan.title,
        language="en" if plan.language == "en" else "fr",
        kind=plan.kind,
        facilitator=plan.facilitator,
        introduction=plan.introduction,
        steps=tuple(map(definition_data, plan.steps)),
        beside=tuple(map(definition_data, plan.beside)),
    )
    text = json.dumps(msgspec.to_builtins(document), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def _parse(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise Invalid(Text("This file is not text in UTF-8.")) from None
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise Invalid(Text("Not readable as JSON, line {line}, column {column}.", place)) from None
    except (RecursionError, ValueError):
        raise Invalid(Text("Not readable as JSON.")) from None
    if not isinstance(found, dict):
        raise Invalid(Text("This file is not a running order of Fabrique."))
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise Invalid(Text("The key “{name}” is given twice in one object.", {"name": double}))
    return found


def _check_format(said: Any) -> None:
    match = _FORMAT.fullmatch(said) if isinstance(said, str) else None
    if match is None:
        raise Invalid(Text("This file is not a running order of Fabrique."), ".format")
    if said != FORMAT:
        raise Invalid(
            Text("A newer Fabrique wrote this ({kind}): update this one.", {"kind": said}),
            ".format",
        )


def _steps(
    raw: tuple[dict[str, Any], ...], kinds: Kinds, where: str, *, always: bool
) -> tuple[Definition, ...]:
    if len(raw) > LONGEST:
        limit = {"limit": LONGEST}
        raise Invalid(Text("A running order has at most {limit} steps.", limit), where)
    found = tuple(read_definition(one, kinds, f"{where}[{n}]") for n, one in enumerate(raw))
    for place, step in enumerate(found):
        if kinds[step.kind].always is not always:
            name = {"name": step.kind}
            said = Text("“{name}” goes among the steps.", name)
            if not always:
                said = Text("“{name}” goes beside the steps, not among them.", name)
            raise Invalid(said, f"{where}[{place}].kind")
    return found


def _placed(where: str, steps: tuple[Definition, ...]) -> list[tuple[str, str]]:
    return [(f"{where}[{place}]", step.id) for place, step in enumerate(steps)]


def _check_ids(placed: list[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for where, one in placed:
        if not one:
            raise Invalid(Text("An id is empty."), where)
        if one in seen:
            raise Invalid(Text("The id “{id}” is given twice.", {"id": one}), where)
        seen.add(one)
