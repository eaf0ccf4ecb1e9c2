"""Read the instances that researchers exchange (B2BSP, MiniZinc data)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fabrique.domain.text import Invalid, Text
from fabrique.solvers.meetings.problem import MOST_SLOTS, Meeting, Person, Problem

_KEY = re.compile(r"\s*(\w+)\s*=\s*([^;]*);")
_NUMBER = re.compile(r"\d+")
_ROWS = re.compile(r"\[\|[\d\s,|]*\|\]")
_SETS = re.compile(r"\[(\s*\{[\d\s,]*\}\s*,?)*\s*\]")
_LIST = re.compile(r"\[[\d\s,]*\]")
_SET = re.compile(r"\{([\d\s,]*)\}")
MOST_PEOPLE, MOST_MEETINGS = 2_000, 10_000
MORNING, AFTERNOON, EITHER = 1, 2, 3


def read_instance(content: bytes) -> Problem:
    """Read a `.dzn` file; raise `Invalid` with the key that is missing or does not fit."""
    keys = _keys(content)
    people = _number(keys, "nBusiness", MOST_PEOPLE)
    count = _number(keys, "nMeetings", MOST_MEETINGS)
    tables = _number(keys, "nTables", MOST_PEOPLE)
    slots = _number(keys, "nTotalSlots", MOST_SLOTS)
    morning = _number(keys, "nMorningSlots", slots, least=0)
    # `meetingsxBusiness` says the same again, its numbers shifted by one: `requested` is right.
    rows = _requested(keys, count, people)
    away = _sets(keys, "forbidden", people, slots)
    earlier = _sets(keys, "precedences", count, count)
    fixed = _list(keys, "fixed", count, slots)
    halves = {
        MORNING: range(morning),
        AFTERNOON: range(morning, slots),
        EITHER: range(slots),
    }
    meetings: list[Meeting] = []
    for (a, b, half), imposed in zip(rows, fixed, strict=True):
        taken = away[a - 1] | away[b - 1]
        may = (t for t in halves[half] if t + 1 not in taken and imposed in (0, t + 1))
        meetings.append(Meeting(len(meetings) + 1, a - 1, b - 1, tuple(may)))
    before = tuple((m - 1, n) for n, some in enumerate(earlier) for m in sorted(some))
    said = (Text("participant {number}", {"number": n + 1}) for n in range(people))
    everybody = tuple(Person(one) for one in said)
    numbers = tuple(range(1, slots + 1))
    return Problem(everybody, numbers, morning, tables, tuple(meetings), before)


def _keys(content: bytes) -> dict[str, str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(Text("This is not text in UTF-8.")) from None
    text = re.sub(r"%.*", "", text)
    found: dict[str, str] = {}
    place = 0
    while text[place:].strip():
        match = _KEY.match(text, place)
        if not match:
            line = text.count("\n", 0, place + len(text[place:]) - len(text[place:].lstrip())) + 1
            raise Invalid(
                Text(
                    "From line {line} on, the file is cut short or is no “key = value;”.",
                    {"line": line},
                )
            )
        if match[1] in found:
            raise Invalid(Text("{key} is given twice.", {"key": match[1]}))
        found[match[1]] = match[2].strip()
        place = match.end()
    return found


def _value(keys: Mapping[str, str], key: str) -> str:
    if key not in keys:
        raise Invalid(Text("{key} is missing.", {"key": key}))
    return keys[key]


def _number(keys: Mapping[str, str], key: str, most: int, least: int = 1) -> int:
    said = _value(keys, key)
    if not said.isascii() or not said.isdigit() or len(said) > 9 or not least <= int(said) <= most:  # noqa: PLR2004 - more digits than any limit has
        limits = {"key": key, "value": said[:40], "least": least, "most": most}
        raise Invalid(Text("{key} is “{value}”: from {least} to {most} is wanted.", limits))
    return int(said)


def _requested(keys: Mapping[str, str], count: int, people: int) -> list[tuple[int, int, int]]:
    said = _value(keys, "requested")
    if not _ROWS.fullmatch(said):
        raise _misfit("requested")
    rows = [tuple(map(int, _NUMBER.findall(row))) for row in said[2:-2].split("|")]
    rows = [row for row in rows if row]
    _same(len(rows), count, "requested")
    for n, row in enumerate(rows, 1):
        if len(row) != 3:  # noqa: PLR2004 - two people and a half-day
            raise _misfit("requested", n)
        a, b, half = row
        if not 1 <= a <= people or not 1 <= b <= people or a == b or half not in (1, 2, 3):
            raise _misfit("requested", n)
    return [(a, b, half) for a, b, half in rows]


def _sets(keys: Mapping[str, str], key: str, count: int, most: int) -> list[set[int]]:
    said = _value(keys, key)
    if not _SETS.fullmatch(said):
        raise _misfit(key)
    found = [set(map(int, _NUMBER.findall(one))) - {0} for one in _SET.findall(said)]
    _same(len(found), count, key)
    for n, one in enumerate(found, 1):
        if any(value > most for value in one):
            raise _misfit(key, n)
    return found


def _list(keys: Mapping[str, str], key: str, count: int, most: int) -> list[int]:
    said = _value(keys, key)
    if not _LIST.fullmatch(said):
        raise _misfit(key)
    found = list(map(int, _NUMBER.findall(said)))
    _same(len(found), count, key)
    for n, value in enumerate(found, 1):
        if value > most:
            raise _misfit(key, n)
    return found


def _same(found: int, wanted: int, key: str) -> None:
    if found != wanted:
        counts = {"key": key, "found": found, "wanted": wanted}
        raise Invalid(Text("{key} has {found} entries, {wanted} are announced.", counts))


def _misfit(key: str, row: int | None = None) -> Invalid:
    if row is None:
        return Invalid(Text("{key} is not in the form that is wanted.", {"key": key}))
    return Invalid(Text("{key}, entry {row}: these numbers do not fit.", {"key": key, "row": row}))
