"""Texts that people put up and others may like: what ideas and boards share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from fabrique.domain.blocks import Column, Table, Wall
from fabrique.domain.entry import FACILITATOR
from fabrique.domain.listings import Cell, Rows
from fabrique.domain.people import People
from fabrique.domain.run import Brought
from fabrique.domain.text import Invalid, Refused, Text, Words

# Stands in the key of a contribution's fragment: its id is its author's to choose, and must not
# pass for the id of the list that holds it. board.js and mine.js know it too.
ITEM = "item"
STATES: Mapping[str, Words] = {"": "", "held": Text("awaiting review"), "hidden": Text("hidden")}


class Past(Struct, frozen=True):
    """Something that happened to a contribution."""

    at: datetime
    said: Text


class Contribution(Struct):
    """An idea, a card, a paragraph or a message; `column` is used by boards only."""

    id: str
    text: str
    by: str
    column: int = 0
    likes: set[str] = field(default_factory=set)
    origin: str = ""  # the title of the group that brought it to plenary
    lines: list[int] = []  # of the journal, that hold its words: what is erased with it
    at: datetime | None = None
    held: bool = False  # until the facilitator has read it
    hidden: bool = False
    onto: str = ""  # the one it was put under, as saying the same
    theme: str = ""
    dots: dict[str, int] = {}
    past: list[Past] = []
    brought: bool = False  # from another activity, where it was counted

    @property
    def paper(self) -> bool:
        """Whether the animation took it over from a wall."""
        return self.by == FACILITATOR and not self.brought

    @property
    def public(self) -> bool:
        """Whether all may see it."""
        return not self.held and not self.hidden

    @property
    def state(self) -> str:
        """Say where it stands for who moderates: "hidden", "held", or nothing to say."""
        return "hidden" if self.hidden else "held" if self.held else ""


class Pool(Struct):
    """Contributions by id, in order of writing."""

    items: dict[str, Contribution] = {}
    numbered: int = 0  # how many were given an id by the room

    def next_id(self) -> str:
        """Give `i1`, `i2`…: the first number that is still free."""
        n = self.numbered + 1
        while f"i{n}" in self.items:
            n += 1
        return f"i{n}"

    def check_new(self, given: str | None) -> str:
        """Give the id of a new contribution; raise `Invalid` if `given` is taken."""
        if given is None:
            return self.next_id()
        if given in self.items:
            raise Invalid(Text("The id “{id}” is given twice.", {"id": given}), ".id")
        return given

    def add(self, item: Contribution, *, numbered: bool) -> None:
        """Put up a contribution."""
        self.items[item.id] = item
        self.numbered += numbered

    def find(self, item_id: str) -> Contribution:
        """Find a contribution; raise `Invalid` when there is none."""
        if item_id not in self.items:
            raise Invalid(Text("There is no such contribution: “{id}”.", {"id": item_id}))
        return self.items[item_id]

    def check_like(self, item_id: str, participant: str, *, allowed: bool) -> None:
        """Raise `Refused` where likes are off or the contribution is one's own."""
        item = self.find(item_id)
        if not allowed:
            raise Refused("likes_off", Text("There are no likes here."))
        if item.by == participant:
            raise Refused("own", Text("One does not like one's own idea."))

    def toggle(self, item_id: str, participant: str) -> None:
        """Like, or take a like back; a contribution that was erased is passed over."""
        if item := self.items.get(item_id):
            item.likes ^= {participant}

    def place(self, item_id: str, before: str | None) -> None:
        """Put one before another, at the end without one; nothing moves if it is not there."""
        if item_id == before or item_id not in self.items:
            return
        ids = [one for one in self.items if one != item_id]
        ids.insert(ids.index(before) if before in ids else len(ids), item_id)
        self.items = {one: self.items[one] for one in ids}

    def public(self) -> list[Contribution]:
        """Give what all may see, in order."""
        return [item for item in self.items.values() if item.public]

    def own(self, participant: str) -> list[Contribution]:
        """Give what one wrote, whatever became of it."""
        return [item for item in self.items.values() if item.by == participant]

    def count(self, state: str) -> int:
        """Count those that are "held", or "hidden"."""
        return sum(item.state == state for item in self.items.values())

    def authors(self) -> set[str]:
        """Give those who put something up; what came from paper has no author."""
        return {item.by for item in self.items.values() if not item.brought} - {FACILITATOR}

    def liked_by(self, participant: str) -> list[str]:
        """Give the ids that a participant likes."""
        return [item.id for item in self.items.values() if participant in item.likes]


def gathered(brought: Sequence[Brought]) -> Pool:
    """Put up what every group wrote, likes included; ids say of which run, so that none clash."""
    pool = Pool()
    for one in brought:
        for item in deepcopy(list(one.run.state.items.values())):
            item.id = f"{one.run.id}.{item.id}"
            item.onto = f"{one.run.id}.{item.onto}" if item.onto else ""
            item.origin = item.origin or one.title
            pool.add(item, numbered=False)
    return pool


def with_origin(shown: dict[str, Any], item: Contribution) -> dict[str, Any]:
    """Say in the results of a contribution which group brought it."""
    return shown | {"origin": item.origin} if item.origin else shown


def wall(columns: Sequence[Mapping[str, Any]]) -> Wall:
    """Draw the columns of a board, given as in its results."""
    return Wall(
        tuple(Column(c["title"], tuple(one["text"] for one in c["cards"])) for c in columns)
    )


def wall_table(title: str, columns: Sequence[Mapping[str, Any]], *, likes: bool) -> Table:
    """List the cards of a board by column, with their likes if there were any to give."""
    cards = [(column["title"], card) for column in columns for card in column["cards"]]
    brought = any("origin" in card for _, card in cards)
    head = [Text("Column"), Text("Note")] + [Text("Group")] * brought + [Text("Likes")] * likes
    rows = tuple(
        (
            title,
            card["text"],
            *([card.get("origin", "")] * brought),
            *([str(card["likes"])] * likes),
        )
        for title, card in cards
    )
    return Table(title, tuple(head), rows, (len(head) - 1,) if likes else ())


def listed(
    head: tuple[Words, ...],
    pool: Pool,
    cells: Callable[[Contribution], tuple[Cell, ...]],
    people: People,
    who: Mapping[str, str],
) -> Rows:
    """List contributions in their order: cells, group, author, likes, and state, if any has one."""
    items = pool.items.values()
    moderated = any(item.state for item in items)
    brought = any(item.origin for item in items)
    rows = (
        (
            *cells(one),
            *([one.origin] * brought),
            who.get(one.by, ""),
            people.heads(one.likes),
            *([STATES[one.state]] * moderated),
        )
        for one in items
    )
    head = (*head, *([Text("Group")] * brought), Text("Author"), Text("Likes"))
    head = (*head, *([Text("State")] * moderated))
    return Rows(head, tuple(rows))
