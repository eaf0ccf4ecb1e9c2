"""Slides: pages that the facilitator turns, beside the running order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from fabrique.domain.activity import Activity, Definition, Image, Run
from fabrique.domain.blocks import Block, Picture, Table
from fabrique.domain.entry import Entry
from fabrique.domain.people import People
from fabrique.domain.schema import Index, Whole
from fabrique.domain.schema import Part as Piece
from fabrique.domain.text import Invalid, Name, Text


class SlidesDefinition(Definition, frozen=True, kw_only=True, tag="slides"):
    """A number of pages, and their pictures if there are any (page 1 first)."""

    pages: Index
    pictures: tuple[Image, ...] = ()


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


class Slides(Activity[SlidesDefinition, list[Turned]]):
    """The history of the pages shown."""

    kind = "slides"
    name = Name(fr="Présentation", en="Slides")
    definition = SlidesDefinition
    example = {"pages": 3}
    verbs = {"show": Page}
    facilitator_verbs = frozenset({"show"})
    asks = False
    shared = True
    always = True

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

    def shown(self, run: Run, people: People, names: Mapping[str, str]) -> Shown:
        """Give the current page."""
        page = run.state[-1].page if run.state else 0
        return Shown(page, run.definition.pages, _picture(run.definition, page))

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give when each page was shown, and its picture where there is one."""
        rows = tuple((str(one.page), str(one.at - run.opened_at)) for one in run.state)
        table = Table(run.definition.title, (Text("Page"), Text("Shown after")), rows, (0, 1))
        pictures = [Picture(image.src, image.alt) for image in run.definition.pictures]
        return [*([table] if rows else []), *pictures]


def _picture(definition: SlidesDefinition, page: int) -> Image | None:
    return definition.pictures[page - 1] if 0 < page <= len(definition.pictures) else None


KIND = Slides()
