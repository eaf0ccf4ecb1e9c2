"""Definitions as documents: the same JSON form in scripts, methods, archives and open runs."""

from __future__ import annotations

from typing import Any

import msgspec

from fabrique.domain.schema import read
from fabrique.domain.session import Kinds, Plan
from fabrique.domain.step import Definition
from fabrique.domain.text import Invalid, Text


def read_definition(data: dict[str, Any], kinds: Kinds, where: str = "") -> Definition:
    """Read a step; raise `Invalid` for an unknown kind or key, or a value that cannot be."""
    kind = data.get("kind")
    activity = kinds.get(kind) if isinstance(kind, str) else None
    if activity is None:
        raise Invalid(Text("Unknown activity kind “{name}”.", {"name": kind}), where)
    definition = read(data, activity.definition, where)
    if definition.publication not in {None, *activity.policies}:
        said = Text("This activity cannot publish in this way.")
        raise Invalid(said, f"{where}.publication")
    try:
        activity.prepare(definition)
    except Invalid as error:
        raise Invalid(error.text, where + error.where) from None
    return definition


def definition_data(definition: Definition) -> dict[str, Any]:
    """Write a step as JSON values: `read_definition` gives it back equal."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(definition))
    return data


def plan_data(plan: Plan) -> dict[str, Any]:
    """Write a plan as JSON values."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(plan))
    return data


def read_plan(data: dict[str, Any], kinds: Kinds) -> Plan:
    """Read what `plan_data` wrote; raise `Invalid`."""
    rest = {key: value for key, value in data.items() if key not in ("steps", "beside")}
    steps, beside = (
        tuple(
            read_definition(one, kinds, f".{key}[{place}]")
            for place, one in enumerate(data.get(key, ()))
        )
        for key in ("steps", "beside")
    )
    plan = read(rest, Plan)
    return msgspec.structs.replace(plan, steps=steps, beside=beside)
