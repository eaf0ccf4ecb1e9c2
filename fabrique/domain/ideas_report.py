"""Ideas and cards as a report tells them: piles, themes, likes and dots, each with its people."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from fabrique.domain import dots, stacks
from fabrique.domain.blocks import Block, Items, Notice, Table
from fabrique.domain.contributions import Contribution
from fabrique.domain.people import People
from fabrique.domain.run import Run
from fabrique.domain.text import Text, Words

SUPPORT = Text("A pile is supported by all who wrote or like one of its ideas, each counted once.")


class _Column(Struct, frozen=True):
    head: Words
    cells: tuple[Words, ...]
    number: bool = False


def table(run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
    """Give the ideas, most supported first; a plain list where there is nothing but words."""
    pool, settings = run.state, run.definition.settings
    ranked = stacks.tops(pool)
    if settings.likes or _piled(run):
        ranked.sort(key=lambda top: -people.heads(_rank(run, top)))
    if settings.dots:
        ranked.sort(key=lambda top: -dots.total(stacks.pile(pool, top), people))
    first, *others = _columns(run, ranked, people, names)
    columns = [first, *(one for one in others if any(one.cells) or one.number)]
    said = _denominators(run, people)
    if len(columns) == 1:
        return [Items(columns[0].cells), *said]
    rows = tuple(zip(*(one.cells for one in columns), strict=True))
    numeric = tuple(n for n, one in enumerate(columns) if one.number)
    return [Table(run.definition.title, tuple(c.head for c in columns), rows, numeric), *said]


def _piled(run: Run) -> bool:
    return any(item.onto for item in run.state.items.values())


def _rank(run: Run, top: Contribution) -> set[str]:
    piled = _piled(run)
    return stacks.supporters(run.state, top) if piled else stacks.likers(run.state, top)


def _columns(
    run: Run, ranked: list[Contribution], people: People, names: Mapping[str, str]
) -> list[_Column]:
    pool, settings = run.state, run.definition.settings
    piles = [stacks.pile(pool, top) for top in ranked]
    found = [
        _Column(Text("Idea"), tuple("\n+ ".join(one.text for one in pile) for pile in piles)),
        _Column(Text("Author"), tuple(names.get(top.by, "") for top in ranked)),
        _Column(Text("Theme"), tuple(top.theme for top in ranked)),
        _Column(Text("Group"), tuple(top.origin for top in ranked)),
    ]
    if _piled(run):
        supported = (people.heads(stacks.supporters(pool, top)) for top in ranked)
        found.append(_Column(Text("Supporters"), tuple(map(str, supported)), number=True))
    if settings.dots:
        placed = (dots.total(pile, people) for pile in piles)
        found.append(_Column(Text("Dots"), tuple(map(str, placed)), number=True))
    if settings.likes:
        liked = (people.heads(stacks.likers(pool, top)) for top in ranked)
        found.append(_Column(Text("Likes"), tuple(map(str, liked)), number=True))
    return found


def _denominators(run: Run, people: People) -> list[Block]:
    """Say how many gave likes or dots: figures without their people say nothing."""
    pool, settings = run.state, run.definition.settings
    found: list[Block] = []
    if settings.dots:
        n = people.heads(dots.placers(pool))
        what = {"n": n, "budget": settings.dots, "joined": people.heads(run.joined)}
        said = Text(
            "{n} person of {joined} placed dots, {budget} at most each.",
            what,
            "{n} people of {joined} placed dots, {budget} at most each.",
        )
        found.append(Notice(said))
    if _piled(run):
        found.append(Notice(SUPPORT))
    return found


def piles(run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
    """Give what a board's own table does not say: its piles, its themes, its dots."""
    marked = any(one.onto or one.theme or one.dots for one in run.state.items.values())
    return table(run, people, names) if marked or names or run.definition.settings.dots else []
