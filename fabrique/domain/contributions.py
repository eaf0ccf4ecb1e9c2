"""Texts that people put up and others may like: what ideas and boards share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from fabrique.domain.blocks import Column, Table, Wall
from fabrique.domain.text import Invalid, Refused, Text

# Stands in the key of a contribution's fragment: its id is its author's to choose, and must not
# pass for the id of the list that holds it. board.js and mine.js know it too.
ITEM = "item"


class Contribution(Struct):
    """An idea or a card; `column` is used by boards only."""

    id: str
    text: str
    by: str
    column: int = 0
    likes: set[str] = field(default_factory=set)


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

    def authors(self) -> set[str]:
        """Give those who put something up."""
        return {item.by for item in self.items.values()}

    def liked_by(self, participant: str) -> list[str]:
        """Give the ids that a participant likes."""
        return [item.id for item in self.items.values() if participant in item.likes]


def wall(columns: Sequence[Mapping[str, Any]]) -> Wall:
    """Draw the columns of a board, given as in its results."""
    return Wall(
        tuple(Column(c["title"], tuple(one["text"] for one in c["cards"])) for c in columns)
    )


def wall_table(title: str, columns: Sequence[Mapping[str, Any]], *, likes: bool) -> Table:
    """List the cards of a board by column, with their likes if there were any to give."""
    rows = [
        (column["title"], card["text"], str(card["likes"]))
        for column in columns
        for card in column["cards"]
    ]
    head = (Text("Column"), Text("Note"), Text("Likes"))
    width = 3 if likes else 2
    return Table(title, head[:width], tuple(row[:width] for row in rows), (2,) if likes else ())
