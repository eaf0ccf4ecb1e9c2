"""Slides: pages that the facilitator turns, beside the running order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from msgspec import Struct, structs

from fabrique.domain.activity import Activity
from fabrique.domain.blocks import Block, Picture, Table
from fabrique.domain.entry import Entry
from fabrique.domain.listings import Rows
from fabrique.domain.people import People
from fabrique.domain.run import Run
from fabrique.domain.schema import Index, Line, Whole
from fabrique.domain.schema import Part as Piece
from fabrique.domain.step import Definition, Image
from fabrique.domain.text import Invalid, Name, Text
from fabrique.domain.view import View

T = TypeVar("T")


class SlidesDefinition(Definition, frozen=True, kw_only=True, tag="slides"):
    """A number of pages; their pictures, and what the speaker noted, if any (page 1 first)."""

    pages: Index
    pictures: tuple[Image, ...] = ()
    notes: tuple[Line, ...] = ()


class Page(Piece, frozen=True):
    """The page to show, from 1."""

    page: Whole


class Turned(Struct, frozen=True):
    """A page and when it was shown."""

    page: int
    at: datetime


class Shown(Struct, frozen=True):
    """The current page (0: none yet), the number of pages, and its picture."""

    page: int
    pages: int
    picture: Image | None


class Led(Struct, frozen=True):
    """The same for the console: also what was noted for this page, and the picture of the next."""

    page: int
    pages: int
    picture: Image | None
    notes: str
    coming: Image | None


class Slides(Activity[SlidesDefinition, list[Turned]]):
    """The history of the pages shown."""

    kind = "slides"
    name = Name(fr="Présentation", en="Slides")
    about = Name(fr="Des pages que l’animation tourne", en="Pages that the facilitator turns")
    definition = SlidesDefinition
    example = {"pages": 3}
    verbs = {"show": Page}
    facilitator_verbs = frozenset({"show"})
    asks = False
    shared = True
    always = True

    def prepare(self, definition: SlidesDefinition) -> None:
        """Refuse more pictures or notes than there are pages."""
        for key in ("pictures", "notes"):
            if len(getattr(definition, key)) > definition.pages:
                raise Invalid(Text("There are more of these than pages."), f".{key}")

    def start(self, definition: SlidesDefinition) -> list[Turned]:
        """Start with no page shown."""
        return []

    def check(self, definition: SlidesDefinition, body: Page) -> None:
        """Refuse a page that does not exist."""
        if body.page > definition.pages:
            raise Invalid(Text("There is no page {page}.", {"page": body.page}), ".page")

    def fold(self, definition: SlidesDefinition, state: list[Turned], entry: Entry) -> list[Turned]:
        """Turn the page."""
        state.append(Turned(entry.body.page, entry.at))
        return state

    def totals(self, run: Run) -> dict[str, int]:
        """Add the pages to the session's figures."""
        return {"slides": run.definition.pages}

    def ask(self, definition: SlidesDefinition) -> None:
        """Give nothing: pages that were not shown yet, and notes, are for the console alone."""
        return

    def shown(self, run: Run, people: People, names: Mapping[str, str]) -> Shown:
        """Give the current page."""
        page = _page(run)
        return Shown(page, run.definition.pages, _at(run.definition.pictures, page))

    def view(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> View:
        """Give the console what the speaker needs to see beside the page."""
        view = super().view(run, screen, people, names)
        if screen != "console":
            return view
        page, definition = _page(run), run.definition
        led = Led(
            page=page,
            pages=definition.pages,
            picture=_at(definition.pictures, page),
            notes=_at(definition.notes, page) or "",
            coming=_at(definition.pictures, page + 1),
        )
        return structs.replace(view, result=led)

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give when each page was shown, and those pages, small, with their words."""
        rows = tuple((str(one.page), str(one.at - run.opened_at)) for one in run.state)
        table = Table(run.definition.title, (Text("Page"), Text("Shown after")), rows, (0, 1))
        pages = dict.fromkeys(one.page for one in run.state)
        shown = (_at(run.definition.pictures, page) for page in pages)
        pictures = [Picture(one.small or one.src, one.alt) for one in shown if one]
        return [*([table] if rows else []), *pictures]

    def rows(self, run: Run, people: People, who: Mapping[str, str]) -> Rows:
        """Give when each page was shown."""
        rows = tuple((one.page, one.at) for one in run.state)
        return Rows((Text("Page"), Text("Shown at")), rows)


def _page(run: Run) -> int:
    return run.state[-1].page if run.state else 0


def _at(things: tuple[T, ...], page: int) -> T | None:
    return things[page - 1] if 0 < page <= len(things) else None


KIND = Slides()
