"""Who is at which part, as the page of the desk asks while it is open."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fabrique.actions.minutes import locks
from fabrique.domain.text import Invalid
from fabrique.web.filters import say
from fabrique.web.pages.minutes.found import minutes_of


@never_cache
@require_POST
def parts(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Be at a part, if one is named and free; tell which parts others are at."""
    found, me = minutes_of(request, pk)
    now, taken = timezone.now(), True
    if "section" in request.POST:
        try:
            locks.take(found, request.POST["section"], me, now)
        except Invalid:
            taken = False
    others = {one.section: say(one.said) for one in locks.held(found, me, now)}
    return JsonResponse({"taken": taken, "held": others})
