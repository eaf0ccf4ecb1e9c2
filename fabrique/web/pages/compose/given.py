"""What the form of a composition says, and how it is filled again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from msgspec import structs

from fabrique.actions.compose.people import Attribute
from fabrique.domain.composing import MOST_ROUNDS, MOST_TABLES, Wanted
from fabrique.domain.text import Invalid, Text
from fabrique.web.numbers import is_whole, whole

MIX = "mix:"
NUMBER = Text("“{value}” is no whole number from {least} to {most}.")
USUAL = 3  # the weight of what is mixed by at first


def wanted(request: HttpRequest, attributes: Iterable[Attribute], before: Wanted) -> Wanted:
    """Read the form; raise `Invalid` at the field. Pairs and hosts stay as they were."""
    post = request.POST
    mix = {one.name: number(post, MIX + one.name, 0, 9) for one in attributes}
    return structs.replace(
        before,
        who="present" if post.get("who") == "present" else "seated",
        pools=tuple(whole(one) for one in post.getlist("pool") if is_whole(one)),
        size=number(post, "size", 2, 200),
        tables=number(post, "tables", 0, MOST_TABLES),
        rounds=number(post, "rounds", 1, MOST_ROUNDS),
        mix={name: weight for name, weight in mix.items() if weight},
    )


def usual(attributes: Iterable[Attribute]) -> Wanted:
    """Give what a form proposes at first: what most people say of themselves is mixed."""
    found = [one for one in attributes if one.mixes]
    return Wanted(mix={one.name: USUAL if place == 0 else 2 for place, one in enumerate(found)})


def paired(wanted: Wanted, post: QueryDict, names: Mapping[str, str]) -> Wanted:
    """Add a pair that is kept together or apart, a host, or take one away."""
    one, other, kind = post.get("one", ""), post.get("other", ""), post.get("kind", "")
    drop = "drop" in post
    if kind == "host":
        if one not in names:
            return wanted
        hosts = {who: at for who, at in wanted.hosts.items() if who != one}
        if not drop:
            hosts[one] = number(post, "table", 1, MOST_TABLES)
        return structs.replace(wanted, hosts=hosts)
    if kind not in ("together", "apart") or one == other or not {one, other} <= names.keys():
        return wanted
    pair = (min(one, other), max(one, other))
    kept = tuple(had for had in getattr(wanted, kind) if tuple(sorted(had)) != pair)
    changed: dict[str, Any] = {kind: kept if drop else (*kept, pair)}
    return structs.replace(wanted, **changed)


def number(post: QueryDict, name: str, least: int, most: int) -> int:
    """Read a whole number, the least where nothing was typed; raise `Invalid` at the field."""
    text = post.get(name, "").strip() or str(least)
    if not (is_whole(text) and least <= whole(text) <= most):
        said = {"value": text[:20], "least": least, "most": most}
        raise Invalid(Text(NUMBER.msgid, said), name)
    return whole(text)
