"""The form of a choice of workshops: what is offered, with how many places, how it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from msgspec import Struct

from fabrique.actions.compose.offers import places_of, workshops
from fabrique.domain.offering import MOST_PLACES, MOST_RANKS, Choosing, Offered
from fabrique.store.models import Gathering, Item
from fabrique.web.pages.compose.given import number

PLACES = "places-"


class Line(Struct, frozen=True):
    """A workshop of the programme in the form."""

    item: Item
    name: str  # of the field of its places
    places: int
    offered: bool


def choosing(post: QueryDict, gathering: Gathering) -> Choosing:
    """Read the form; raise `Invalid` at the field."""
    wanted = set(post.getlist("offer"))
    offers = tuple(
        Offered(item=str(one.pk), places=number(post, f"{PLACES}{one.pk}", 0, MOST_PLACES))
        for one in workshops(gathering)
        if str(one.pk) in wanted
    )
    return Choosing(
        offers=offers,
        ranks=number(post, "ranks", 1, MOST_RANKS),
        place_silent="place_silent" in post,
    )


def choice_values(gathering: Gathering, asked: Choosing | None = None) -> dict[str, Any]:
    """Give what the form shows: at first, all there is, and three choices."""
    items = workshops(gathering)
    usual = Choosing(offers=(), ranks=max(1, min(3, len(items))))
    return {"choice": asked or usual, "lines": list(_lines(items, asked))}


def _lines(items: Iterable[Item], asked: Choosing | None) -> Iterable[Line]:
    known = {one.item: one.places for one in asked.offers} if asked else {}
    for one in items:
        here = str(one.pk)
        places = known.get(here, places_of(one))
        yield Line(one, f"{PLACES}{here}", places, asked is None or here in known)
