"""An antenna: a place where a member gathers some people, far from the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions import seats
from fabrique.domain.text import Invalid, Text
from fabrique.web.numbers import size_of
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer

WHERE = Text("Say where people meet, and how many can come.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_antenna(request: HttpRequest, slug: str) -> HttpResponse:
    """Open an antenna; whoever opens it is its host."""
    gathering = gathering_of(request, slug, "gathering:antenna")
    person, post, refusal = viewer(request).person, request.POST, None
    assert person is not None  # noqa: S101 - the policy said so
    if request.method == "POST":
        try:
            title, place, size = _typed(post)
            made = seats.open_pool(gathering, "antenna", title, size, person, place)
        except Invalid as error:
            refusal = error.text
        else:
            return redirect("antenna-door", slug, made.pk)
    values = {"gathering": gathering, "post": post, "refusal": refusal}
    return page(request, "pages/antenna.html", values, 400 if refusal else 200)


def _typed(post: QueryDict) -> tuple[str, str, int]:
    place = " ".join(post.get("place", "").split())[:200]
    size = size_of(post.get("size", ""))
    if not place or not size:
        raise Invalid(WHERE)
    return post.get("title", "")[:200] or place, place, size
