"""When the team can host, and when it cannot."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import slots
from fabrique.domain.text import Invalid
from fabrique.store.models import Slot
from fabrique.web.numbers import whole
from fabrique.web.pages.propose import person_of
from fabrique.web.site import page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show the team its free and blocked slots; add, take out."""
    me = person_of(request, "house:manage")
    refused = None
    if request.method == "POST":
        given = request.POST
        try:
            if "drop" in given:
                slots.drop(whole(given["drop"]), me)
            elif "add" in given:
                slot = slots.read_slot(given.get("starts_at", ""), given.get("ends_at", ""))
                many = whole(given.get("weeks", "1"))
                slots.add(given.get("kind", ""), slot, given.get("note", "")[:200], many, me)
            else:
                raise Http404
        except Invalid as error:
            refused = error
        else:
            return redirect("team-slots")
    now = timezone.now()
    rows = list(Slot.objects.filter(ends_at__gt=now).order_by("starts_at")[:400])
    held = slots.all_clashes([(one.starts_at, one.ends_at) for one in rows])
    zone = settings.TIME_ZONE
    values = {
        "rows": [
            (one, [slots.said(c, zone, to_team=True) for c in clash if c.title])
            for one, clash in zip(rows, held, strict=True)
        ],
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return page(request, "pages/team-slots.html", values, 400 if refused else 200)
