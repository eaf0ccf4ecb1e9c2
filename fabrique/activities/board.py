"""Board: post-its in columns, which can be moved and liked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from fabrique.domain import cards, dots, ideas_report, moderation, paper, stacks
from fabrique.domain.blocks import Block, Chart
from fabrique.domain.contributions import (
    Contribution,
    Pool,
    gathered,
    listed,
    wall,
    wall_table,
    with_origin,
)
from fabrique.domain.dots import Budget, Dots
from fabrique.domain.entry import Entry, Op
from fabrique.domain.listings import Rows
from fabrique.domain.moderation import Act
from fabrique.domain.people import People
from fabrique.domain.pooled import TRAVEL, Pooled
from fabrique.domain.question import alternative
from fabrique.domain.run import Brought, Run
from fabrique.domain.schema import Index, Line
from fabrique.domain.schema import Part as Piece
from fabrique.domain.step import Definition
from fabrique.domain.text import Invalid, Name, Refused, Text
from fabrique.domain.view import Part
from fabrique.domain.written import check_written


class Settings(Piece, frozen=True):
    """Who may move a card, whether cards can be liked, and wait until they were read."""

    move: Literal["any", "own"] = "any"
    likes: bool = False
    review: bool = False
    dots: Budget = 0


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


class Sort(Piece, frozen=True):
    """The same, by the facilitator: what is under the card goes with it."""

    item: Line
    column: Index


def _there(pool: Pool, body: Sort) -> None:
    pool.find(body.item)


def _sort(pool: Pool, entry: Entry) -> None:
    if card := pool.items.get(entry.body.item):
        for one in (card, *stacks.under(pool, card)):
            one.column = entry.body.column


LED: Mapping[str, Act] = {
    **TRAVEL,
    "sort": Act(Sort, _there, _sort),
}


class Like(Piece, frozen=True):
    """Like a card, or take it back."""

    card: Line


class Ask(Struct, frozen=True):
    """The columns to choose from, and what may be done with cards."""

    columns: tuple[str, ...]
    move: str
    likes: bool
    review: bool
    dots: int


class Counts(Struct, frozen=True):
    """Cards in each column, and what the console must know of the others."""

    cards: tuple[int, ...]
    held: int
    hidden: int


class Board(Pooled[BoardDefinition]):
    """Cards add; the last move of a card counts."""

    kind = "board"
    name = Name(fr="Tableau de post-it", en="Board of notes")
    about = Name(
        fr="De courts écrits, à ranger dans des colonnes", en="Short notes, to put in columns"
    )
    definition = BoardDefinition
    example = {"columns": ["A", "B"], "settings": {"move": "own", "likes": True}}
    own_pace = True
    verbs = {
        "answer": Card,
        "move": Move,
        "like": Like,
        "dots": Dots,
        **moderation.bodies(LED),
    }
    led = LED
    facilitator_verbs = quiet = frozenset(LED)
    kept = {"answer": KeptCard, **paper.KEPT}
    receives = True

    def gathered(self, definition: BoardDefinition, brought: Sequence[Brought]) -> Pool:
        """Put up the cards of every group; a column that is gone gives to the last."""
        pool = gathered(brought)
        for card in pool.items.values():
            card.column = min(card.column, len(definition.columns) - 1)
        return pool

    def check(self, definition: BoardDefinition, body: Any) -> None:
        """Refuse a column that does not exist."""
        if getattr(body, "column", 0) >= len(definition.columns):
            raise Invalid(Text("There is no such column."), ".column")

    def judge(self, run: Run, op: Op, body: Any) -> Any:
        """Give an id to a card that says something; judge moves and likes."""
        if isinstance(body, Like):
            likes = run.definition.settings.likes
            run.state.check_like(body.card, op.participant, allowed=likes)
            return body
        if isinstance(body, Dots):
            dots.check(run.state, op.participant, body, run.definition.settings.dots)
            return body
        if isinstance(body, Move):
            card = run.state.find(body.card)
            if run.definition.settings.move == "own" and card.by != op.participant:
                raise Refused("not_yours", Text("Only its author can move this note."))
            return body
        given = run.state.check_new(body.id)
        return KeptCard(given, check_written(body.text), body.column, body.id is None)

    def take(self, definition: BoardDefinition, state: Pool, entry: Entry) -> None:
        """Put up a card, move one, or toggle a like."""
        body = entry.body
        if isinstance(body, Like):
            state.toggle(body.card, entry.participant)
        elif isinstance(body, Dots):
            dots.place(state, entry)
        elif isinstance(body, Move):
            if card := state.items.get(body.card):
                card.column = body.column
        else:
            card = Contribution(body.id, body.text, entry.participant, body.column)
            card.lines, card.held = [entry.seq], definition.settings.review
            card.at = entry.at
            state.add(card, numbered=body.numbered)

    def ask(self, definition: BoardDefinition) -> Ask:
        """Give the columns."""
        rules = definition.settings
        return Ask(definition.columns, rules.move, rules.likes, rules.review, rules.dots)

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give the columns with their cards in order of writing, moved ones too."""
        columns = [{"title": title, "cards": []} for title in run.definition.columns]
        for card in run.state.public():
            shown = {"id": card.id, "text": card.text, "by": card.by}
            shown |= {"likes": people.heads(card.likes)}
            if card.dots:
                shown["dots"] = dots.total([card], people)
            columns[card.column]["cards"].append(with_origin(shown, card))
        return {
            "columns": columns,
            **stacks.figures(run.state, people),
            **moderation.figures(run.state),
        }

    def counted(self, run: Run, screen: str) -> Counts:
        """Give the number of cards by column; the cards are fragments of their own."""
        at = [card.column for card in run.state.public()]
        count = cards.count(run, screen)
        by_column = tuple(at.count(column) for column in range(len(run.definition.columns)))
        return Counts(by_column, count.held, count.hidden)

    def parts(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> list[Part]:
        """Give the form and the columns, then each card in its column."""
        head = Part(run.id, screen, self.view(run, screen, people, names))
        found = [
            cards.part(run, card, screen, people, names, (f"{run.id}:c{card.column}", n))
            for n, card in enumerate(cards.seen(run, screen))
        ]
        return [head, *found]

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give one's cards and likes."""
        own = run.state.own(participant)
        return {
            "answers": [{**cards.own(card), "column": card.column} for card in own],
            "changes": 0,
            "likes": run.state.liked_by(participant),
            **({"dots": dots.own(run.state, participant)} if run.definition.settings.dots else {}),
        }

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give the picture of the board, and its cards as a table by column."""
        columns = self.result(run, people)["columns"]
        title, n = run.definition.title, len(run.state.public())
        count = Text("{n} note", {"n": n}, "{n} notes")
        table = wall_table(title, columns, likes=run.definition.settings.likes)
        chart = Chart(run.id, title, count, alternative(title), wall(columns), table)
        return [chart, *ideas_report.piles(run, people, names), *moderation.notices(run.state)]

    def rows(self, run: Run, people: People, who: Mapping[str, str]) -> Rows:
        """Give every card with its column, its author and its likes."""
        columns, head = run.definition.columns, (Text("Column"), Text("Note"))
        return listed(head, run.state, lambda c: (columns[c.column], c.text), people, who)


KIND = Board()
