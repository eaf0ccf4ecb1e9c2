"""Themes, gathering and series of a text, as a form offers them and gives them back."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from msgspec import Struct

from fabrique.actions.library.belonging import Row, offered
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.belonging import Belonging
from fabrique.store.models import Gathering, Minutes, Series, Theme

AT_ONCE = 12  # themes that are shown without opening the others


class Choices(Struct, frozen=True):
    """What a form offers, and what is chosen in it."""

    given: Belonging
    front: tuple[Theme, ...]  # what is chosen, and the most used
    others: tuple[Theme, ...]
    types: bool  # whether new themes may be typed
    gatherings: tuple[Gathering, ...]
    series: tuple[Series, ...]
    of_gathering: Series | None  # the series that comes from the gathering of minutes
    minutes: bool  # their gathering is that of their session


def choices(looking: Viewer, row: Row | None, given: Belonging) -> Choices:
    """Give what the form of a text offers to whoever looks."""
    found = offered(looking, row)
    chosen = set(given.chosen)
    own = [one for one in found.themes if one.slug in chosen]
    rest = [one for one in found.themes if one.slug not in chosen]
    front = own + rest[: max(0, AT_ONCE - len(own))]
    minutes = isinstance(row, Minutes)
    gathering = row.gathering if isinstance(row, Minutes) else None
    return Choices(
        given=given,
        front=_by_title(front),
        others=_by_title(one for one in rest if one not in front),
        types=allowed(looking, "theme:new"),
        gatherings=found.gatherings,
        series=found.series,
        of_gathering=gathering.series if gathering else None,
        minutes=minutes,
    )


def _by_title(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    return tuple(sorted(themes, key=lambda one: one.title.casefold()))


def belonging_of(request: HttpRequest) -> Belonging:
    """Read what is chosen."""
    said = {name: request.POST.get(name, "") for name in ("themes", "gathering", "series")}
    return Belonging(chosen=tuple(request.POST.getlist("theme")), **said)
