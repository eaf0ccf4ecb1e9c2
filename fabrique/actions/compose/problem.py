"""What a solver is given of a composition: registrations, what they are mixed by, what is fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fabrique.actions.compose.ask import wanted_of
from fabrique.actions.compose.people import Group, concerned, of
from fabrique.actions.compose.versions import rounds_of
from fabrique.domain import encounters
from fabrique.domain.composing import Wanted
from fabrique.store.models import CompositionVersion

UNKNOWN = -1


def problem_of(version: CompositionVersion) -> dict[str, Any]:
    """Give the problem of a version as plain values, read anew: what is known today counts.

    People are numbered in the order of their ids, so that a plan hangs on nobody's name.
    """
    wanted, gathering = wanted_of(version), version.composition.gathering
    if version.why != "repaired":
        group = concerned(gathering, wanted)
        return _problem(wanted, group, sorted(group.names))
    before = rounds_of(version.before)
    ids = sorted(encounters.people(before) | set(version.late))
    number = {one: place for place, one in enumerate(ids)}
    locked = {
        "rounds": [[[number[who] for who in table] for table in row] for row in before],
        "played": version.played,
        "absent": _numbers(version.absent, number),
        "late": _numbers(version.late, number),
    }
    found = _problem(wanted, of(gathering, ids), ids)
    sizes = {"tables": max(map(len, before)), "rounds": len(before), "most": None}
    return {**found, **sizes, "locked": locked}


def _problem(wanted: Wanted, group: Group, ids: Sequence[str]) -> dict[str, Any]:
    number = {one: place for place, one in enumerate(ids)}
    tables = wanted.tables_for(len(ids))
    return {
        "ids": ids,
        "attributes": [
            {"name": name, "weight": weight, "values": _values(name, group, ids)}
            for name, weight in wanted.mix.items()
            if weight
        ],
        "tables": tables,
        "rounds": wanted.rounds,
        "apart": [[number[a], number[b]] for a, b in wanted.apart if {a, b} <= number.keys()],
        "together": _joined(wanted.together, number),
        "hosts": [
            [number[who], at - 1]
            for who, at in wanted.hosts.items()
            if who in number and at <= tables
        ],
    }


def _values(name: str, group: Group, ids: Sequence[str]) -> list[int]:
    """Number the values of an attribute in their order; what is not known is `UNKNOWN`."""
    held = [group.values.get(one, {}).get(name, "") for one in ids]
    order = {value: place for place, value in enumerate(sorted(set(held) - {""}))}
    return [order.get(value, UNKNOWN) for value in held]


def _joined(pairs: Iterable[tuple[str, str]], number: Mapping[str, int]) -> list[list[int]]:
    """Give the groups that pairs make: whoever is with one of them is with all."""
    groups: list[set[int]] = []
    for one, other in pairs:
        if one not in number or other not in number:
            continue
        fresh = {number[one], number[other]}
        for old in [group for group in groups if group & fresh]:
            fresh |= old
            groups.remove(old)
        groups.append(fresh)
    return sorted(sorted(group) for group in groups)


def _numbers(ids: Iterable[str], number: Mapping[str, int]) -> list[int]:
    return sorted(number[one] for one in ids if one in number)
