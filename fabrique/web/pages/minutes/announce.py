"""Where what is told of a text is prepared, read, rewritten and released by a person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import messages
from fabrique.actions.history import name_of
from fabrique.actions.minutes import announce as verbs
from fabrique.domain.text import Invalid
from fabrique.store.models import Minutes
from fabrique.web.pages.messages import answered
from fabrique.web.pages.minutes.found import minutes_of, shared
from fabrique.web.site import page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the messages about a text; have them written anew, release one, drop one."""
    found, me = minutes_of(request, pk)
    here, about = reverse("minutes-announce", args=[found.pk]), name_of(found)
    if request.method == "POST" and request.POST.get("do") == "write":
        try:
            verbs.queue(found, me, timezone.now())
        except Invalid as error:
            values = {"refused": error, "mails": settings.MAILS, **_shown(found, about)}
            return page(request, "pages/messages.html", values, 422)
        return HttpResponseRedirect(here)
    return answered(request, about, here, lambda: _shown(found, about))


def _shown(found: Minutes, about: str) -> dict[str, Any]:
    edition = verbs.out(found)
    return {
        **shared(found, "announce"),
        "batches": messages.about(about),
        "out": edition,
        "pasted": verbs.pasted(edition) if edition else {},
    }
