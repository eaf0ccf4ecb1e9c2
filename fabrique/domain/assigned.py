"""Who is in which workshop: what a plan says, filled for who chose nothing, told in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from fabrique.domain.offering import Held
from fabrique.domain.text import Text

Given = Mapping[str, Mapping[str, str | None]]
"""By person and slot: a workshop, or none."""

FIRST = Text(
    "{first} of the {n} person who chose has their first choice ({percent} %).",
    {},
    "{first} of the {n} people who chose have their first choice ({percent} %).",
)
ALL = Text("Everybody who chose has one of their choices.")
NONE = Text(
    "{n} person who chose has none of their choices.",
    {},
    "{n} people who chose have none of their choices.",
)
EMPTY = Text(
    "{n} place stays empty in a slot of somebody who chose.",
    {},
    "{n} places stay empty in slots of people who chose.",
)
BEST = Text("Nobody can do better: it is proved.")


class Figures(Struct, frozen=True):
    """What a plan is worth, for those who chose: how many, first choices, nothing, free slots."""

    chose: int
    first: int
    nothing: int
    empty: int


def figures(given: Given, ranked: Mapping[str, Sequence[str]]) -> Figures:
    """Count what those who chose have of their choices."""
    own = {
        who: [one for one in given.get(who, {}).values() if one in chosen]
        for who, chosen in ranked.items()
    }
    slots = max((len(mine) for mine in given.values()), default=1)
    nothing = sum(not mine for mine in own.values())
    return Figures(
        chose=len(ranked),
        first=sum(bool(chosen) and chosen[0] in own[who] for who, chosen in ranked.items()),
        nothing=nothing,
        empty=sum(slots - len(mine) for mine in own.values() if mine),
    )


def worth(plan: Mapping[str, Any]) -> list[Text]:
    """Say what is known of a plan: first choices, who has nothing, whether it is the best."""
    found = Figures(**plan["figures"])
    said = []
    if found.chose:
        percent = 100 * found.first // found.chose
        what = {"first": found.first, "n": found.chose, "percent": percent}
        said.append(Text(FIRST.msgid, what, FIRST.plural))
    said.append(Text(NONE.msgid, {"n": found.nothing}, NONE.plural) if found.nothing else ALL)
    if found.empty:
        said.append(Text(EMPTY.msgid, {"n": found.empty}, EMPTY.plural))
    if plan.get("status") == "proved":
        said.append(BEST)
    return said


def taken(given: Given) -> Counter[tuple[str, str]]:
    """Count the people of each workshop and slot."""
    return Counter(
        (workshop, slot)
        for mine in given.values()
        for slot, workshop in mine.items()
        if workshop is not None
    )


def filled(given: Given, silent: Iterable[str], offers: Sequence[Held]) -> dict[str, Any]:
    """Give who chose nothing a place in each slot, where most are left; never one thing twice."""
    made = {who: dict(mine) for who, mine in given.items()}
    slots = list(dict.fromkeys(one.slot for one in offers))
    left = {(one.workshop, one.slot): one.places for one in offers}
    for key, n in taken(given).items():
        left[key] = left.get(key, 0) - n
    for who in silent:
        mine: dict[str, str | None] = dict.fromkeys(slots)
        for slot in slots:
            free = [
                one
                for one in offers
                if one.slot == slot
                and left[one.workshop, slot] > 0
                and one.workshop not in mine.values()
            ]
            if free:
                best = max(free, key=lambda one: left[one.workshop, one.slot])
                mine[slot] = best.workshop
                left[best.workshop, slot] -= 1
        made[who] = mine
    return made


def moved(before: Given, after: Given) -> list[str]:
    """Give who would have something else."""
    everybody = sorted(before.keys() | after.keys())
    return [who for who in everybody if _own(before, who) != _own(after, who)]


def _own(given: Given, who: str) -> dict[str, str]:
    return {slot: one for slot, one in given.get(who, {}).items() if one is not None}
