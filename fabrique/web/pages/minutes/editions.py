"""The editions of a text: which there are, and what each changed."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from msgspec import Struct

from fabrique.actions.minutes import reading, versions
from fabrique.actions.minutes.publish import read
from fabrique.domain.difference import Line, State
from fabrique.web.site import page
from fabrique.web.viewer import viewer

HEADS = ("title", "question")


class Part(Struct, frozen=True):
    """What stands under a title, as (whether it stayed, sentences)."""

    title: str
    runs: list[tuple[bool, list[Line]]]


@never_cache
@require_safe
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which editions there are, when, and what changed in the words of who published."""
    edition = reading.edition_of(slug, viewer(request))
    if edition is None:
        raise Http404(slug)
    values = {
        "edition": edition,
        "article": read(edition),
        "all": versions.known(edition, viewer(request)),
    }
    return page(request, "pages/minutes/editions.html", values)


@never_cache
@require_safe
def changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what an edition changed, sentence by sentence."""
    found = versions.compared(slug, number, viewer(request))
    if found is None:
        raise Http404(slug)
    values = {
        "found": found,
        "article": read(found.after),
        "parts": _parts(found.told.lines),
        "added": found.told.count(State.ADDED),
        "changed": found.told.count(State.CHANGED),
    }
    return page(request, "pages/minutes/changes.html", values)


def _parts(lines: tuple[Line, ...]) -> list[Part]:
    """Group by title, and fold what stayed: whole parts together, sentences between others."""
    said = [one for one in lines if one.kind not in HEADS or one.state is not State.KEPT]
    titled = [(title, list(some)) for title, some in groupby(said, key=lambda one: one.title)]
    told: list[Part] = []
    for same, parts in groupby(titled, key=lambda one: all(map(_kept, one[1]))):
        if same:
            told.append(Part("", [(True, [line for _, some in parts for line in some])]))
        else:
            told += [Part(title, _runs(some)) for title, some in parts]
    return told


def _kept(line: Line) -> bool:
    return line.state is State.KEPT


def _runs(lines: list[Line]) -> list[tuple[bool, list[Line]]]:
    return [(kept, list(run)) for kept, run in groupby(lines, key=_kept)]
