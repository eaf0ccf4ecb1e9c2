"""Where a reader, or whoever is quoted, asks for words to be put right or taken out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.library.read import of_slug
from fabrique.actions.minutes import reading
from fabrique.actions.minutes.publish import read
from fabrique.actions.policy import allowed
from fabrique.actions.requests import ask, link
from fabrique.domain.article import Article
from fabrique.domain.cited import moment
from fabrique.domain.text import Invalid
from fabrique.store.models import Edition, Resource
from fabrique.web.site import page
from fabrique.web.viewer import viewer

SHOWN = 90  # characters of a sentence in a list
MOST = 400  # moments in a list


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_article(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a request about minutes from somebody who reads them."""
    edition = reading.edition_of(slug, viewer(request))
    if edition is None:
        raise Http404(slug)
    here = reverse("article", args=[edition.minutes.slug])
    return _asked(request, edition, {"parts": _places(read(edition)), "back": here})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_resource(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one about a text that no session made, from somebody who reads it."""
    looking = viewer(request)
    found = of_slug(slug, looking)
    if found is None or not allowed(looking, "resource:ask", found):
        raise Http404(slug)
    return _asked(request, found, {"back": reverse("resource", args=[found.slug])})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str, *, resource: bool = False) -> HttpResponse:
    """Take one from somebody who was given a link: they are quoted, and may not read the text."""
    found = link.resource_of(token) if resource else link.edition_of(token)
    response = _asked(request, found, {})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _asked(request: HttpRequest, about: Edition | Resource, more: dict[str, Any]) -> HttpResponse:
    refused, given = None, request.POST
    if request.method == "POST":
        try:
            if not given.get("nickname"):  # people leave it empty, programs fill it
                _keep(request, about)
            return HttpResponseRedirect(f"{request.path}?done=1")
        except Invalid as error:
            refused = error
    of_minutes = isinstance(about, Edition)
    values = {
        **more,
        "of_minutes": of_minutes,
        "title": about.minutes.title if isinstance(about, Edition) else about.title,
        "place": given.get("place") or request.GET.get("at", ""),
        "done": "done" in request.GET,
        "refused": refused,
        "given": given,
    }
    return page(request, "pages/ask.html", values, 422 if refused else 200)


def _keep(request: HttpRequest, about: Edition | Resource) -> None:
    given = request.POST
    names = ("kind", "body", "name", "email")
    said = {name: given.get(name, "") for name in names}
    place = given.get("place", "") if isinstance(about, Edition) else ""
    asked = ask.Asked(**said, place=place, language=(get_language() or "fr")[:2])
    ask.ask(about, asked, viewer(request).person, timezone.now())


def _places(found: Article) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give what a request may point at: (title, [(place, its first words)])."""
    parts = [
        (part.title, [(f"s-{n}-{m}", _short(one.text)) for m, one in enumerate(part.passages, 1)])
        for n, part in enumerate(found.parts, 1)
    ]
    said = [
        (f"t-{n}", _short(f"{moment(start)} · {text}"))
        for n, (start, _, _, text) in enumerate(found.cues[:MOST], 1)
    ]
    return [*parts, ("", said)] if said else parts


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rstrip()}…"
