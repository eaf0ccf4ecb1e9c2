"""One composition: the plan that holds, those that it came from, what may be done to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.actions.compose import people
from fabrique.actions.compose.ask import BUSY, told_of
from fabrique.actions.compose.shop_plan import elsewhere
from fabrique.actions.compose.versions import changes, rounds_of
from fabrique.domain import assigned
from fabrique.domain.text import Text
from fabrique.domain.worth import worth
from fabrique.store.models import Composition, CompositionVersion
from fabrique.web.pages.compose import shops, tables
from fabrique.web.pages.registrations import ACT
from fabrique.web.site import gathering_of, page


class View(NamedTuple):
    """How a kind is drawn; `moves` gives who would be elsewhere, with the rounds if it has any."""

    template: str
    values: Callable[[HttpRequest, Composition, list[CompositionVersion]], dict[str, Any]]
    worth: Callable[[Mapping[str, Any]], list[Text]]
    moves: Callable[[Composition, CompositionVersion], Mapping[str, Iterable[int]]]


VIEWS = {
    "tables": View("pages/composition.html", tables.values, worth, changes),
    "workshops": View("pages/composition-workshops.html", shops.values, assigned.worth, elsewhere),
}


def found(request: HttpRequest, slug: str, pk: UUID, kind: str = "") -> Composition:
    """Find a composition, of one kind if it is said, for who may compose it.

    Raise `Http404`, `NoAccess`.
    """
    gathering = gathering_of(request, slug, ACT)
    rows = Composition.objects.select_related("current", "gathering")
    composition = rows.filter(gathering=gathering, pk=pk).first()
    if composition is None or kind not in ("", composition.kind):
        raise Http404(slug)
    return composition


@never_cache
@require_safe
def one(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Show it."""
    return shown(request, found(request, slug, pk))


@never_cache
@require_safe
def state(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Say how far the plan is that is being computed, for whoever waits."""
    composition = found(request, slug, pk)
    busy = composition.versions.filter(state__in=BUSY).first()
    return JsonResponse(
        {"busy": busy is not None, "share": busy.share if busy else 1, "number": composition.played}
    )


def shown(
    request: HttpRequest, composition: Composition, refusal: Text | None = None
) -> HttpResponse:
    """Draw the page."""
    view = VIEWS[composition.kind]
    versions = list(composition.versions.select_related("by", "before").order_by("-number"))
    last = versions[0] if versions else None
    failed = last if last and last.state in ("impossible", "stopped") else None
    values: dict[str, Any] = {
        "gathering": composition.gathering,
        "composition": composition,
        "current": composition.current,
        "worth": view.worth(composition.current.plan or {}) if composition.current else [],
        "refusal": refusal,
        "busy": last if last and last.state in BUSY else None,
        "failed": failed,
        "failure": told_of(failed) if failed else [],
        "versions": [_version(view, composition, row) for row in versions if row.plan],
        **view.values(request, composition, versions),
    }
    return page(request, view.template, values, 409 if refusal else 200)


def _version(view: View, composition: Composition, row: CompositionVersion) -> dict[str, Any]:
    holds = composition.current_id == row.pk
    moves = {} if holds else view.moves(composition, row)
    names = people.of(composition.gathering, moves).names if moves else {}
    listed = sorted((names.get(who) or "—", at) for who, at in moves.items())
    return {
        "row": row,
        "holds": holds,
        "worth": view.worth(row.plan or {}),
        "moves": [(name, ", ".join(map(str, at))) for name, at in listed],
        "takes": not holds and _fits(composition, row),
    }


def _fits(composition: Composition, row: CompositionVersion) -> bool:
    """Say whether a version keeps the rounds that were played."""
    if composition.current is None or not composition.played:
        return True
    past = composition.played
    return rounds_of(row)[:past] == rounds_of(composition.current)[:past]
