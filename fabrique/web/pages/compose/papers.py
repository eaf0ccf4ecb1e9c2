"""Tables to print: cards, routes, posters."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.actions.compose import people
from fabrique.actions.compose.versions import rounds_of
from fabrique.domain import encounters
from fabrique.domain.language import language
from fabrique.domain.text import Invalid
from fabrique.formats.typst.tables import KINDS, papers
from fabrique.web.pages.compose.one import found


@never_cache
@require_safe
def paper(request: HttpRequest, slug: str, pk: UUID, kind: str) -> HttpResponse:
    """Give the plan that holds, as something to print; raise `Http404` where there is none."""
    composition = found(request, slug, pk, "tables")
    if kind not in KINDS:
        raise Http404(kind)
    try:
        rounds = rounds_of(composition.current)
    except Invalid:
        raise Http404(kind) from None
    gathering = composition.gathering
    names = people.of(gathering, encounters.people(rounds)).names
    now = timezone.now().astimezone(ZoneInfo(gathering.zone))
    title = f"{gathering.title} · {composition.title}"
    content = papers(kind, title, rounds, names, now, language(gathering.language))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{kind}.pdf"'
    return response
