"""Board: post-its in columns, which can be moved and liked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from fabrique.domain.activity import Activity, Definition, Part, Publication, Run
from fabrique.domain.blocks import Block, Chart
from fabrique.domain.contributions import ITEM, Contribution, Pool, wall, wall_table
from fabrique.domain.entry import Entry, Op
from fabrique.domain.people import People
from fabrique.domain.question import alternative
from fabrique.domain.schema import Index, Line
from fabrique.domain.schema import Part as Piece
from fabrique.domain.text import Invalid, Name, Refused, Text


class Settings(Piece, frozen=True):
    """Who may move a card, and whether cards can be liked."""

    move: Literal["any", "own"] = "any"
    likes: bool = False


class BoardDefinition(Definition, frozen=True, kw_only=True, tag="board"):
    """Titles of columns."""

    columns: Annotated[tuple[Line, ...], Meta(min_length=1)]
    settings: Settings = Settings()


class Card(Piece, frozen=True):
    """A new card; the room gives it an id if it has none."""

    text: Line
    column: Index
    id: Line | None = None


class KeptCard(Piece, frozen=True):
    """A card as the journal keeps it; `numbered` when the room gave the id."""

    id: Line
    text: Line
    column: Index
    numbered: bool


class Move(Piece, frozen=True):
    """Put a card in another column."""

    card: Line
    column: Index


class Like(Piece, frozen=True):
    """Like a card, or take it back."""

    card: Line


class Ask(Struct, frozen=True):
    """The columns to choose from, and what may be done with cards."""

    columns: tuple[str, ...]
    move: str
    likes: bool


class Counts(Struct, frozen=True):
    """Cards in each column."""

    cards: tuple[int, ...]


class Shown(Struct, frozen=True):
    """A card on a screen; `likes` is None where there are none."""

    id: str
    text: str
    column: int
    likes: int | None


class Board(Activity[BoardDefinition, Pool]):
    """Cards add; the last move of a card counts."""

    kind = "board"
    name = Name(fr="Tableau de post-it", en="Board of notes")
    definition = BoardDefinition
    example = {"columns": ["A", "B"], "settings": {"move": "own", "likes": True}}
    verbs = {"answer": Card, "move": Move, "like": Like}
    kept = {"answer": KeptCard}
    publication = Publication.ANONYMOUS
    shared = True

    def start(self, definition: BoardDefinition) -> Pool:
        """Start with no card."""
        return Pool()

    def check(self, definition: BoardDefinition, body: Any) -> None:
        """Refuse a column that does not exist."""
        if getattr(body, "column", 0) >= len(definition.columns):
            raise Invalid(Text("There is no such column."), ".column")

    def decide(self, run: Run, op: Op, body: Any) -> Any:
        """Give an id to a card; judge moves and likes."""
        if isinstance(body, Like):
            likes = run.definition.settings.likes
            run.state.check_like(body.card, op.participant, allowed=likes)
            return body
        if isinstance(body, Move):
            card = run.state.find(body.card)
            if run.definition.settings.move == "own" and card.by != op.participant:
                raise Refused("not_yours", Text("Only its author can move this note."))
            return body
        given = run.state.check_new(body.id)
        return KeptCard(given, body.text, body.column, body.id is None)

    def fold(self, definition: BoardDefinition, state: Pool, entry: Entry) -> Pool:
        """Put up a card, move one, or toggle a like."""
        body = entry.body
        if isinstance(body, Like):
            state.toggle(body.card, entry.participant)
        elif isinstance(body, Move):
            if card := state.items.get(body.card):
                card.column = body.column
        else:
            card = Contribution(body.id, body.text, entry.participant, body.column)
            state.add(card, numbered=body.numbered)
        return state

    def answered(self, run: Run) -> set[str]:
        """Give those who put up a card."""
        authors: set[str] = run.state.authors()
        return authors

    def entries(self, run: Run) -> int:
        """Count the cards."""
        return len(run.state.items)

    def ask(self, definition: BoardDefinition) -> Ask:
        """Give the columns."""
        return Ask(definition.columns, definition.settings.move, definition.settings.likes)

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give the columns with their cards in order of writing, moved ones too."""
        columns = [{"title": title, "cards": []} for title in run.definition.columns]
        for card in run.state.items.values():
            shown = {"id": card.id, "text": card.text, "by": card.by}
            columns[card.column]["cards"].append(shown | {"likes": people.heads(card.likes)})
        return {"columns": columns}

    def shown(self, run: Run, people: People, names: Mapping[str, str]) -> Counts:
        """Give the number of cards by column; the cards are fragments of their own."""
        columns = self.result(run, people)["columns"]
        return Counts(tuple(len(column["cards"]) for column in columns))

    def parts(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> list[Part]:
        """Give the form and the columns, then each card in its column."""
        head = Part(run.id, screen, self.view(run, screen, people, names))
        cards = enumerate(run.state.items.values())
        return [head, *(self._part(run, card, n, people) for n, card in cards)]

    def _part(self, run: Run, card: Contribution, n: int, people: People) -> Part:
        likes = people.heads(card.likes) if run.definition.settings.likes else None
        view = Shown(card.id, card.text, card.column, likes)
        return Part(f"{run.id}:{ITEM}:{card.id}", "item", view, f"{run.id}:c{card.column}", n)

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give one's cards and likes."""
        own = [card for card in run.state.items.values() if card.by == participant]
        return {
            "answers": [{"id": c.id, "text": c.text, "column": c.column} for c in own],
            "changes": 0,
            "likes": run.state.liked_by(participant),
        }

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give the picture of the board, and its cards as a table by column."""
        columns = self.result(run, people)["columns"]
        title, n = run.definition.title, len(run.state.items)
        count = Text("{n} note", {"n": n}, "{n} notes")
        table = wall_table(title, columns, likes=run.definition.settings.likes)
        return [Chart(run.id, title, count, alternative(title), wall(columns), table)]


KIND = Board()
