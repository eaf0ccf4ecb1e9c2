"""Notes together: paragraphs anybody adds, in the order the facilitator gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fabrique.domain import cards, moderation, paper
from fabrique.domain.blocks import Block, Paragraph, Quote, Quotes
from fabrique.domain.contributions import Contribution, Pool, listed, with_origin
from fabrique.domain.entry import Entry, Op
from fabrique.domain.listings import Rows
from fabrique.domain.moderation import MODERATION, Act
from fabrique.domain.paper import PAPER
from fabrique.domain.people import People
from fabrique.domain.pooled import Pooled
from fabrique.domain.run import Run
from fabrique.domain.schema import Line
from fabrique.domain.schema import Part as Piece
from fabrique.domain.step import Definition
from fabrique.domain.text import Name, Refused, Text
from fabrique.domain.view import Part
from fabrique.domain.written import check_written


class Settings(Piece, frozen=True):
    """Whether paragraphs wait until the facilitator has read them."""

    review: bool = False


class NotesDefinition(Definition, frozen=True, kw_only=True, tag="notes"):
    """What is written together."""

    settings: Settings = Settings()


class Note(Piece, frozen=True):
    """A new paragraph; the room gives it an id if it has none."""

    text: Line
    id: Line | None = None


class KeptNote(Piece, frozen=True):
    """A paragraph as the journal keeps it; `numbered` when the room gave the id."""

    id: Line
    text: Line
    numbered: bool


class Change(Piece, frozen=True):
    """Other words for a paragraph: its author's `edit`, the facilitator's `amend`."""

    item: Line
    text: Line


class Place(Piece, frozen=True):
    """Put a paragraph before another, at the end without one."""

    item: Line
    before: Line | None = None


def _amends(pool: Pool, body: Change) -> None:
    pool.find(body.item)
    check_written(body.text)


def _amend(pool: Pool, entry: Entry) -> None:
    if item := pool.items.get(entry.body.item):
        item.text = entry.body.text
        item.lines = [*item.lines, entry.seq]


def _places(pool: Pool, body: Place) -> None:
    for one in (body.item, body.before):
        if one is not None:
            pool.find(one)


def _place(pool: Pool, entry: Entry) -> None:
    pool.place(entry.body.item, entry.body.before)


LED = {
    **MODERATION,
    **PAPER,
    "amend": Act(Change, _amends, _amend),
    "place": Act(Place, _places, _place),
}


class Notes(Pooled[NotesDefinition]):
    """Authors edit their own paragraphs, the facilitator orders and edits them all."""

    kind = "notes"
    name = Name(fr="Écrire ensemble", en="Writing together")
    about = Name(
        fr="Des paragraphes que chacun·e ajoute : le brouillon du compte-rendu",
        en="Paragraphs that everybody adds: the draft of the minutes",
    )
    definition = NotesDefinition
    led = LED
    own_pace = True
    prose = True
    verbs = {"answer": Note, "edit": Change, **moderation.bodies(LED)}
    kept = {"answer": KeptNote, **paper.KEPT}
    facilitator_verbs = quiet = frozenset(LED)
    writing = frozenset({"answer", "edit"})
    scripted = False

    def judge(self, run: Run, op: Op, body: Any) -> Any:
        """Refuse a paragraph that says nothing, or to edit somebody else's."""
        check_written(body.text)
        if isinstance(body, Note):
            return KeptNote(run.state.check_new(body.id), body.text, body.id is None)
        if run.state.find(body.item).by != op.participant:
            raise Refused("not_yours", Text("Only its author can change this paragraph."))
        return body

    def take(self, definition: NotesDefinition, state: Pool, entry: Entry) -> None:
        """Add a paragraph, or change one: it is read again where paragraphs are."""
        body, held = entry.body, definition.settings.review
        if isinstance(body, KeptNote):
            lines = [entry.seq]
            note = Contribution(body.id, body.text, entry.participant, lines=lines, held=held)
            state.add(note, numbered=body.numbered)
        elif body.item in state.items:
            _amend(state, entry)
            state.items[body.item].held = held

    def ask(self, definition: NotesDefinition) -> Settings:
        """Give whether paragraphs wait."""
        return definition.settings

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give the paragraphs in their order."""
        public = run.state.public()
        notes = [with_origin({"id": n.id, "text": n.text, "by": n.by}, n) for n in public]
        return {"notes": notes, **moderation.figures(run.state)}

    def parts(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> list[Part]:
        """Give the form, then each paragraph in its place."""
        head = Part(run.id, screen, self.view(run, screen, people, names))
        place = f"{run.id}:list"
        notes = enumerate(cards.seen(run, screen))
        return [
            head,
            *(cards.part(run, one, screen, people, names, (place, n)) for n, one in notes),
        ]

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give one's paragraphs."""
        return {"answers": [cards.own(one) for one in run.state.own(participant)], "changes": 0}

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give the text, signed where the policy says so: the draft of the minutes."""
        notes = run.state.public()
        if names:
            signed = tuple(Quote(one.text, names.get(one.by) or None) for one in notes)
            return [Quotes(signed), *moderation.notices(run.state)]
        return [*(Paragraph(one.text) for one in notes), *moderation.notices(run.state)]

    def rows(self, run: Run, people: People, who: Mapping[str, str]) -> Rows:
        """Give every paragraph with its author."""
        return listed((Text("Paragraph"),), run.state, lambda one: (one.text,), people, who)


KIND = Notes()
