"""The programme as files: a table, JSON for the solver, a calendar of one's own items."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.actions.policy import allowed
from fabrique.actions.programme import draft, mine
from fabrique.actions.programme.files import FORMATS, calendar
from fabrique.domain.programme import Programme
from fabrique.store.models import Gathering
from fabrique.web.pages.days.fields import tongue
from fabrique.web.pages.days.who import person_of
from fabrique.web.site import gathering_of
from fabrique.web.viewer import viewer


@never_cache
@require_safe
def file(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """Give the last release; to the group, the draft if it asks."""
    gathering = gathering_of(request, slug)
    whole = _whole(request, gathering)
    media_type, write = FORMATS[suffix]
    return _sent(write(gathering, whole, tongue()), media_type, f"{slug}-programme.{suffix}")


def _whole(request: HttpRequest, gathering: Gathering) -> Programme:
    looking = viewer(request)
    if "draft" in request.GET:
        if not allowed(looking, "programme:edit", gathering):
            raise Http404(gathering.slug)
        return draft.draft(gathering)
    found = mine.released(gathering, looking)
    if found is None:
        raise Http404(gathering.slug)
    return found[1]


@never_cache
@require_safe
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one's own items of a gathering as a calendar."""
    gathering = gathering_of(request, slug, "programme:pick")
    items = mine.items_of(person_of(request), viewer(request))
    own = [one for one in items if one.gathering.pk == gathering.pk]
    body = calendar(own, timezone.now())
    return _sent(body, "text/calendar; charset=utf-8", f"{slug}.ics")


def _sent(body: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
