"""A series: what came before, what comes next, the next one made in a gesture."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions import series
from fabrique.actions.policy import allowed
from fabrique.domain.gathering import NAMES, PUBLIC, State
from fabrique.domain.text import Invalid
from fabrique.store.models import Gathering, Series
from fabrique.web.led import page_of
from fabrique.web.pages.propose import person_of
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import viewer

COMING = (State.ANNOUNCED.value, State.PUBLISHED.value)


@never_cache
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the gatherings of a series that whoever looks may see."""
    found = Series.objects.filter(slug=slug).first()
    looking, now = viewer(request), timezone.now()
    rows = (
        [one for one in series.of_series(found) if allowed(looking, "gathering:see", one)]
        if found
        else []
    )
    if found is None or not rows:
        raise Http404(slug)
    coming = [one for one in rows if one.ends_at is None or one.ends_at > now]
    past = [one for one in rows if one not in coming]
    following = next((one for one in coming if one.state in COMING and one.starts_at), None)
    values = {
        "series": found,
        "next": following,
        "next_path": page_of(following) if following else "",
        "coming": [_row(one) for one in coming if one is not following],
        "past": [_row(one) for one in reversed(past)],
    }
    return page(request, "pages/series.html", values)


def _row(one: Gathering) -> dict[str, object]:
    public = State(one.state) in PUBLIC
    return {
        "gathering": one,
        "path": page_of(one),
        "state": NAMES[State(one.state)],
        "public": public,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organise(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a gathering the first of a series; make the next one."""
    found = gathering_of(request, slug, "gathering:organise")
    me = person_of(request, "gathering:organise", found)
    refused = None
    if request.method == "POST":
        try:
            if "next" in request.POST:
                made = series.next_of(found, me, timezone.now())
                return redirect("organise-one", made.slug)
            kind, title = request.POST.get("kind", ""), request.POST.get("title", "")
            series.begin(found, kind, title, me)
        except Invalid as error:
            refused = error
        else:
            return redirect("organise-series", slug)
    rows = list(series.of_series(found.series)) if found.series else []
    values = {
        "gathering": found,
        "rows": [_row(one) for one in rows],
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return page(request, "pages/organise-series.html", values, 400 if refused else 200)
