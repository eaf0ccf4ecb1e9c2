"""Calendars and news for other programs: public ones, a person's own, a gathering's file."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.actions import agenda, feeds
from fabrique.actions.news import news_of, told
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.language import language
from fabrique.relays.atom import Place, feed
from fabrique.relays.ical import calendar
from fabrique.web.site import gathering_of, page
from fabrique.web.viewer import require

LONG, MOST, NEWS = timedelta(days=90), 500, 40
_written: dict[str, str] = {}  # the last public calendar, by its mark
ICS, ATOM = "text/calendar; charset=utf-8", "application/atom+xml; charset=utf-8"


def nobody() -> Viewer:
    """Whoever is not known: feeds and frames show what everybody may see."""
    return Viewer(None, timezone.localdate())


@require_safe
def public(request: HttpRequest) -> HttpResponseBase:
    """Give the public agenda, from three months ago on."""
    since = timezone.now() - LONG
    rows = agenda.visible(nobody()).filter(starts_at__gte=since)[:MOST].prefetch_related("pools")
    marks = list(rows.values_list("pk", "state", "sequence", "changed_at", "title"))
    etag = mark(f"{settings.PUBLIC_URL} {settings.HOUSE_NAME} {marks}")
    # Five hundred events take a quarter of a second to write: once, for all who ask.
    body = _written.get(etag)
    if body is None:
        found = [news_of(row) for row in agenda.seen(nobody(), rows)]
        body = calendar(found, language(settings.LANGUAGE_CODE), name=settings.HOUSE_NAME)
        _written.clear()
        _written[etag] = body
    return kept(request, body, ICS, etag)


@require_safe
def atom(request: HttpRequest) -> HttpResponseBase:
    """Give what was last announced or changed, for readers of feeds."""
    rows = agenda.visible(nobody()).order_by("-changed_at", "slug")[:NEWS].prefetch_related("pools")
    found = [news_of(row) for row in agenda.seen(nobody(), rows)]
    here = settings.PUBLIC_URL + reverse("agenda-atom")
    words = language(settings.LANGUAGE_CODE)
    place = Place(here, settings.PUBLIC_URL + reverse("agenda"), settings.HOUSE_NAME)
    body = feed(found, words, place)
    return kept(request, body, ATOM, mark(body))


@never_cache
@require_safe
def own(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Give the calendar of whoever the secret is of."""
    person = feeds.owner(secret)
    if person is None:
        raise Http404
    looking = Viewer(person, timezone.localdate())
    rows = agenda.own(looking)[:MOST].prefetch_related("pools")
    found = [news_of(row) for row in agenda.seen(looking, rows)]
    response = HttpResponse(
        calendar(found, language(person.language), name=settings.HOUSE_NAME), content_type=ICS
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_safe
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a gathering as a file for one's own calendar, to whoever may see it."""
    gathering = gathering_of(request, slug)
    if gathering.starts_at is None:
        raise Http404(slug)
    event = told("ical", news_of(gathering), language(gathering.language))
    response = HttpResponse(event.body, content_type=event.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show the address of one's own calendar; make it, change it, close it."""
    person = require(request, "feed:own").person
    assert person is not None  # noqa: S101 - `require` has just seen to it
    if request.method == "POST":
        if "revoke" in request.POST:
            feeds.revoke(person)
        else:
            feeds.renew(person, timezone.now())
        return redirect("feed-mine")
    secret = feeds.secret_of(person)
    address = settings.PUBLIC_URL + reverse("feed-own", args=[secret]) if secret else ""
    webcal = "webcal:" + address.partition(":")[2] if address else ""
    public_ = settings.PUBLIC_URL + reverse("agenda-ics")
    podcast = settings.PUBLIC_URL + reverse("podcast-own", args=[secret]) if secret else ""
    values = {
        "address": address,
        "webcal": webcal,
        "public": public_,
        "podcast": podcast,
        "public_podcast": settings.PUBLIC_URL + reverse("library-podcast"),
    }
    return page(request, "pages/feed.html", values)


def mark(words: str) -> str:
    """Give the mark of a text, as browsers send it back."""
    return f'"{hashlib.sha256(words.encode()).hexdigest()[:32]}"'


def kept(request: HttpRequest, body: str, media_type: str, etag: str) -> HttpResponseBase:
    """Answer with a mark by which the same is not sent twice; nobody is told apart."""
    response = HttpResponse(body, content_type=media_type)
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=300)
    return get_conditional_response(request, etag=etag, response=response) or response
