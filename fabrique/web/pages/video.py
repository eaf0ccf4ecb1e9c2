"""The video link of a gathering, had and shown to its organising group alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import slots, video
from fabrique.actions.policy import allowed
from fabrique.domain.text import Invalid
from fabrique.jobs.video import soon
from fabrique.store.models import Gathering
from fabrique.web.pages.propose import person_of
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer

WAIT = 4.0  # seconds that a page waits for a provider


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the link and the host's own; have it made, or tried again."""
    found = gathering_of(request, slug, "gathering:host")
    refused = None
    if request.method == "POST":
        me = person_of(request, "gathering:host", found)
        given = request.POST
        try:
            kind, words = given.get("kind", ""), given.get("given", "")
            room = video.want(found, kind, words, me, timezone.now())
        except Invalid as error:
            refused = error
        else:
            if room.state == "wanted":
                soon(found.pk, WAIT)
            return redirect("organise-video", slug)
    return _shown(request, found, refused)


def _shown(request: HttpRequest, found: Gathering, refused: Invalid | None) -> HttpResponse:
    room = video.room_of(found)
    offered = video.providers()
    chosen = request.POST.get("kind") or (room.kind if room else next(iter(offered)))
    held = []
    if found.starts_at and found.ends_at and (room is None or room.kind not in ("link", "jitsi")):
        held = slots.clashes(found.starts_at, found.ends_at, found)
    values = {
        "gathering": found,
        "room": room,
        "hosts": allowed(viewer(request), "gathering:host-link", found),
        "error": video.error_of(room) if room else None,
        "offered": [(kind, one.name) for kind, one in offered.items()],
        "name": offered[room.kind].name if room and room.kind in offered else "",
        "chosen": chosen,
        "given": request.POST.get("given", ""),
        "clashes": [slots.said(one, found.zone) for one in held],
        "refused": refused,
    }
    return page(request, "pages/organise-video.html", values, 400 if refused else 200)
