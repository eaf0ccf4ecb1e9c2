"""Who meets whom over all rounds: as figures, as a square, and for one person at a time."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.actions.compose import people
from fabrique.actions.compose.versions import rounds_of
from fabrique.charts.crossings import crossings
from fabrique.domain import encounters
from fabrique.domain.fold_text import bare
from fabrique.domain.text import Invalid
from fabrique.web.pages.compose.one import found
from fabrique.web.site import page


@never_cache
@require_safe
def met(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Show it; raise `Http404` where there is no plan."""
    composition = found(request, slug, pk, "tables")
    try:
        rounds = rounds_of(composition.current)
    except Invalid:
        raise Http404(slug) from None
    known = people.of(composition.gathering, encounters.people(rounds)).names
    names = {who: known.get(who) or "—" for who in encounters.people(rounds)}
    order = sorted(names, key=lambda one: (bare(names[one]), one))
    who = request.GET.get("who", "")
    with_them = encounters.company(rounds, who) if who in names else []
    drawing = crossings(order, encounters.met(rounds))
    values = {
        "gathering": composition.gathering,
        "composition": composition,
        "reach": encounters.reach(rounds),
        "drawing": mark_safe(drawing),  # noqa: S308 - figures of ours, no word of anybody
        "everybody": [(one, names[one]) for one in order],
        "who": who,
        "company": [sorted((names[one] for one in row), key=bare) for row in with_them],
        "met": len({one for row in with_them for one in row}),
    }
    return page(request, "pages/composition-met.html", values)
