"""Ideas that travel: piled and named by hand, supported by distinct people, their past kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from msgspec import Meta

from fabrique.domain.contributions import Contribution, Past, Pool
from fabrique.domain.entry import FACILITATOR, Entry
from fabrique.domain.moderation import MODERATION, Act
from fabrique.domain.people import People
from fabrique.domain.schema import Line, Part
from fabrique.domain.text import Refused, Text

Ids = Annotated[tuple[Line, ...], Meta(min_length=1, max_length=200)]


class Stack(Part, frozen=True):
    """Body of `stack`, kept as it is: which ones go onto which."""

    items: Ids
    onto: Line


class Unstack(Part, frozen=True):
    """Body of `unstack`, kept as it is."""

    items: Ids


class Named(Part, frozen=True):
    """Body of `theme`, kept as it is: the theme of a contribution; empty for none."""

    item: Line
    theme: Line = ""


def _all_exist(pool: Pool, ids: Iterable[str]) -> None:
    for one in ids:
        pool.find(one)


def _stacks(pool: Pool, body: Stack) -> None:
    _all_exist(pool, (*body.items, body.onto))
    if body.onto in body.items:
        raise Refused("itself", Text("A contribution does not go onto itself."))


def _stack(pool: Pool, entry: Entry) -> None:
    onto = pool.items.get(entry.body.onto)
    if onto is None:
        return
    top = onto.onto if onto.onto in pool.items and onto.onto not in entry.body.items else onto.id
    pool.items[top].onto = ""
    for item in pool.items.values():
        # What was under one that goes under another goes with it.
        if item.id != top and (item.id in entry.body.items or item.onto in entry.body.items):
            item.onto = top


def _unstack(pool: Pool, entry: Entry) -> None:
    for one in entry.body.items:
        if item := pool.items.get(one):
            item.onto = ""


def _name(pool: Pool, entry: Entry) -> None:
    if item := pool.items.get(entry.body.item):
        item.theme = " ".join(entry.body.theme.split())


STACKING: Mapping[str, Act] = {
    "stack": Act(Stack, _stacks, _stack),
    "unstack": Act(Unstack, lambda pool, body: _all_exist(pool, body.items), _unstack),
    "theme": Act(Named, lambda pool, body: _all_exist(pool, [body.item]), _name),
}
LED = {**MODERATION, **STACKING}


def tops(pool: Pool, *, whole: bool = False) -> list[Contribution]:
    """Give what stands by itself, in order; only what all may see unless `whole`."""
    seen = {item.id for item in pool.items.values() if whole or item.public}
    return [pool.items[one] for one in pool.items if one in seen and _top(pool, one) not in seen]


def _top(pool: Pool, one: str) -> str:
    return pool.items[one].onto


def pile(pool: Pool, top: Contribution) -> list[Contribution]:
    """Give a contribution and those under it that all may see, in order."""
    return [top, *(one for one in under(pool, top) if one.public)]


def under(pool: Pool, top: Contribution) -> list[Contribution]:
    """Give what was put under a contribution, in order, hidden or not."""
    return [one for one in pool.items.values() if one.onto == top.id]


def likers(pool: Pool, top: Contribution) -> set[str]:
    """Give those who like a pile, each once."""
    return set().union(*(one.likes for one in pile(pool, top)))


def supporters(pool: Pool, top: Contribution) -> set[str]:
    """Give those who wrote or like something of a pile, each once."""
    return (likers(pool, top) | {one.by for one in pile(pool, top)}) - {FACILITATOR}


def figures(pool: Pool, people: People) -> dict[str, Any]:
    """Give piles and themes with their supporters, for the results; nothing without any."""
    piled = [(top, pile(pool, top)) for top in tops(pool)]
    stacked = [
        {
            "id": top.id,
            "items": [one.id for one in items],
            "supporters": people.heads(supporters(pool, top)),
        }
        for top, items in piled
        if len(items) > 1
    ]
    themes = [
        {"theme": theme, "items": ids, "supporters": people.heads(who)}
        for theme, (ids, who) in by_theme(pool).items()
    ]
    return {**({"stacks": stacked} if stacked else {}), **({"themes": themes} if themes else {})}


def by_theme(pool: Pool) -> dict[str, tuple[list[str], set[str]]]:
    """Give the piles of each theme, and who supports one of them, each once."""
    found: dict[str, tuple[list[str], set[str]]] = {}
    for top in tops(pool):
        if top.theme:
            ids, who = found.setdefault(top.theme, ([], set()))
            ids.append(top.id)
            who |= supporters(pool, top)
    return found


SAID: Mapping[str, Text] = {
    "hide": Text("Hidden"),
    "restore": Text("Shown again"),
    "release": Text("Read, and shown to all"),
    "unstack": Text("Taken off the pile"),
    "amend": Text("Changed by the facilitator"),
    "edit": Text("Changed by its author"),
    "place": Text("Put elsewhere"),
    "sort": Text("Put in another column"),
}


def remember(pool: Pool, entry: Entry) -> None:
    """Write an act into the past of what it concerned."""
    for item, said in _concerned(pool, entry):
        item.past = [*item.past, Past(entry.at, said)]


def _concerned(pool: Pool, entry: Entry) -> Iterator[tuple[Contribution, Text]]:
    body: Any = entry.body
    ids = getattr(body, "items", None) or (
        getattr(body, "item", None) or getattr(body, "card", ""),
    )
    for one in ids:
        item = pool.items.get(str(one))
        if item is None:
            continue
        if entry.verb == "stack" and item.onto in pool.items:
            yield item, Text("Put onto “{text}”", {"text": pool.items[item.onto].text})
        elif entry.verb == "theme":
            yield item, Text("Theme: {theme}", {"theme": item.theme or "—"})
        elif entry.verb in SAID:
            yield item, SAID[entry.verb]
