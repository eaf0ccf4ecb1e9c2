"""The call of a round, for a projector: who goes where, by table or by name."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.actions.compose import people
from fabrique.actions.compose.versions import rounds_of
from fabrique.domain import encounters
from fabrique.domain.fold_text import bare
from fabrique.domain.text import Invalid
from fabrique.web.pages.compose.one import found
from fabrique.web.site import page


@never_cache
@require_safe
def call(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Show the round that is called; before the first, that it will be."""
    composition = found(request, slug, pk, "tables")
    try:
        rounds = rounds_of(composition.current)
    except Invalid:
        rounds = []
    number = composition.played
    row = rounds[number - 1] if 0 < number <= len(rounds) else []
    names = people.of(composition.gathering, encounters.people([row])).names
    told = sorted(
        (names.get(who) or "—", place) for place, table in enumerate(row, 1) for who in table
    )
    values = {
        "gathering": composition.gathering,
        "composition": composition,
        "number": number,
        "rounds": len(rounds),
        "people": sorted(told, key=lambda one: bare(one[0])),
        "next": number + 1 if number < len(rounds) else 0,
    }
    return page(request, "pages/composition-call.html", values)
