"""Where a reader, or whoever is quoted, asks for words to be put right or taken out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.minutes import reading, requests
from fabrique.actions.minutes.publish import read
from fabrique.domain.article import Article
from fabrique.domain.cited import moment
from fabrique.domain.text import Invalid
from fabrique.store.models import Edition
from fabrique.web.site import page
from fabrique.web.viewer import viewer

SHOWN = 90  # characters of a sentence in a list
MOST = 400  # moments in a list


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a request from somebody who reads the text."""
    edition = reading.edition_of(slug, viewer(request))
    if edition is None:
        raise Http404(slug)
    return _asked(request, edition, {"parts": _places(read(edition)), "reads": True})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take one from somebody who was given a link: they are quoted, and may not read the text."""
    edition = requests.edition_of_token(token)
    response = _asked(request, edition, {"parts": [], "reads": False})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _asked(request: HttpRequest, edition: Edition, more: dict[str, Any]) -> HttpResponse:
    refused, given = None, request.POST
    if request.method == "POST":
        try:
            if not given.get("nickname"):  # people leave it empty, programs fill it
                _keep(request, edition)
            return HttpResponseRedirect(f"{request.path}?done=1")
        except Invalid as error:
            refused = error
    values = {
        **more,
        "edition": edition,
        "title": edition.minutes.title,
        "place": given.get("place") or request.GET.get("at", ""),
        "done": "done" in request.GET,
        "refused": refused,
        "given": given,
    }
    return page(request, "pages/minutes/ask.html", values, 422 if refused else 200)


def _keep(request: HttpRequest, edition: Edition) -> None:
    given = request.POST
    names = ("kind", "body", "place", "name", "email")
    said = {name: given.get(name, "") for name in names}
    asked = requests.Asked(**said, language=(get_language() or "fr")[:2])
    requests.ask(edition, asked, viewer(request).person, timezone.now())


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
