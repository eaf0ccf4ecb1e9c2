"""The agenda and a gathering inside somebody else's page: what everybody may see, no script."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fabrique.actions import agenda as rows_of
from fabrique.actions.policy import allowed
from fabrique.store.models import Gathering
from fabrique.web.listing import by_month, ours
from fabrique.web.pages.feeds import nobody
from fabrique.web.policy import policy

MOST = 20
HOST = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Show what comes."""
    rows = rows_of.coming(rows_of.visible(nobody()), timezone.now())[:MOST]
    found = [ours(row) for row in rows_of.seen(nobody(), rows)]
    return _framed(request, {"months": by_month(found)})


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one gathering."""
    row = Gathering.objects.filter(slug=slug).first()
    if row is None or not allowed(nobody(), "gathering:see", row):
        raise Http404(slug)
    return _framed(request, {"line": ours(row)})


def _framed(request: HttpRequest, values: dict[str, Any]) -> HttpResponse:
    response = render(request, "pages/embed.html", {**values, "site": settings.PUBLIC_URL})
    hosts = " ".join(host for host in settings.EMBED_HOSTS if HOST.fullmatch(host)) or "'none'"
    response.headers["Content-Security-Policy"] = policy(
        script_src="'none'", connect_src="'none'", form_action="'none'", frame_ancestors=hosts
    )
    return response
