"""A contribution as screens show it: everybody sees what is public, the console sees all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, structs

from fabrique.domain import dots, stacks
from fabrique.domain.contributions import ITEM, Contribution, Past
from fabrique.domain.near import nearest
from fabrique.domain.people import People
from fabrique.domain.run import Run
from fabrique.domain.view import Part

LED = "console"  # the screen from which contributions are moderated


class Card(Struct, frozen=True, kw_only=True):
    """A contribution on a screen; `likes` is None where there are none to give."""

    id: str
    text: str
    by: str = ""  # as the policy says it
    column: int = 0
    likes: int | None = None
    origin: str = ""
    at: datetime | None = None
    state: str = ""  # "held" or "hidden": for the console, as what follows
    lines: tuple[int, ...] = ()
    onto: str = ""
    near: tuple[str, ...] = ()  # ids of those that may say the same, for a person to judge
    past: tuple[Past, ...] = ()
    # Of what others went under:
    under: tuple[str, ...] = ()
    supporters: int | None = None
    theme: str = ""
    dots: int | None = None  # None where there are none to place
    paper: bool = False


class Count(Struct, frozen=True):
    """How many are public; for the console, how many are not."""

    items: int
    likes: bool = False
    held: int = 0
    hidden: int = 0


def seen(run: Run, screen: str) -> list[Contribution]:
    """Give what a screen shows, in order: what went under another is shown there, or after it."""
    tops = stacks.tops(run.state, whole=screen == LED)
    if screen != LED:
        return tops
    return [one for top in tops for one in (top, *stacks.under(run.state, top))]


def count(run: Run, screen: str, *, likes: bool = False) -> Count:
    """Count what a screen shows."""
    items = len(run.state.public())
    if screen != LED:
        return Count(items, likes)
    return Count(items, likes, run.state.count("held"), run.state.count("hidden"))


def part(
    run: Run,
    item: Contribution,
    screen: str,
    people: People,
    names: Mapping[str, str],
    place: tuple[str, float],
) -> Part:
    """Give the fragment of a contribution; `place` is its list and rank. What waits queues."""
    within, rank = place
    key = f"{run.id}:{ITEM}:{item.id}"
    if screen != LED:
        return Part(key, "item", _card(run, item, people, names), within, rank)
    card = _card(run, item, people, names, led=True)
    return Part(key, "led", card, f"{run.id}:queue" if card.state == "held" else within, rank)


def own(item: Contribution) -> dict[str, str]:
    """Give a contribution to its author, who is told what became of it."""
    state = {"state": f"is{item.state}"} if item.state else {}
    return {"id": item.id, "text": item.text, **state}


def _card(
    run: Run, item: Contribution, people: People, names: Mapping[str, str], *, led: bool = False
) -> Card:
    settings = getattr(run.definition, "settings", None)
    pool = run.state
    pile = stacks.pile(pool, item)
    piled = len(pile) > 1
    card = Card(
        id=item.id,
        text=item.text,
        by=names.get(item.by, ""),
        column=item.column,
        likes=people.heads(stacks.likers(pool, item)) if getattr(settings, "likes", 0) else None,
        origin=item.origin,
        at=item.at,
        under=tuple(one.text for one in pile[1:]),
        supporters=people.heads(stacks.supporters(pool, item)) if piled else None,
        theme=item.theme,
        dots=dots.total(pile, people) if getattr(settings, "dots", 0) else None,
        paper=item.paper,
    )
    return _led(run, item, card) if led else card


def _led(run: Run, item: Contribution, card: Card) -> Card:
    ids = list(run.state.items)
    texts = tuple(one.text for one in run.state.items.values())
    near = nearest(texts)[ids.index(item.id)] if _travels(run) else ()
    return structs.replace(
        card,
        state=item.state,
        lines=tuple(item.lines),
        onto=item.onto,
        near=tuple(ids[place] for place in near),
        past=tuple(item.past),
    )


def _travels(run: Run) -> bool:
    return hasattr(getattr(run.definition, "settings", None), "dots")
