"""A structure: what it is, who stands for it, who works there and lets it be known."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.actions.directory import Wanted, find, seen_of
from fabrique.domain.tier import covers
from fabrique.store.models import Structure
from fabrique.web.asked import number as whole
from fabrique.web.asked import paged
from fabrique.web.site import page as drawn
from fabrique.web.viewer import require


@never_cache
@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show a structure; to nobody in particular, only one where somebody lets it be known."""
    looking = require(request, "people:see")
    found = Structure.objects.select_related("representative").filter(pk=number).first()
    if found is None:
        raise Http404
    asked = whole(request.GET.get("page", "")) or 1
    people = find(looking.tier, Wanted(structure=found.pk), asked)
    stands = found.representative
    is_seen = stands is not None and "name" in seen_of(stands, looking.tier)
    is_member = any(covers(row.span, looking.today) for row in found.memberships.all())
    if looking.person is None and not (people.count or is_seen or is_member):
        raise Http404
    values = {
        "structure": found,
        "people": people,
        "stands": stands if is_seen else None,
        "is_member": is_member,
        "paged": paged(request, people.page, people.pages),
    }
    return drawn(request, "pages/structure.html", values)
