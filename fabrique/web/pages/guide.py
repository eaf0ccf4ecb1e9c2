"""The guides for whoever leads or organises, as this instance was built with them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

GUIDES = {
    "gathering": {"fr": "organiser-une-fabrique", "en": "organise-a-fabrique"},
    "groups": {"fr": "composer-les-groupes", "en": "compose-the-groups"},
    "session": {"fr": "animer-une-session", "en": "run-a-session"},
    "minutes": {"fr": "documenter-une-session", "en": "document-a-session"},
}
_NAMES = {file: name for name, files in GUIDES.items() for file in files.values()}
_PICTURE = re.compile(r'(?<=src=")[^"/]+(?=")')
_GUIDE = re.compile(r'(?<=href=")([\w-]+)\.md(?=")')
_TITLE = re.compile("<h1>(.*?)</h1>")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the guides by their titles; anybody may read them."""
    guides = [(name, _title(html)) for name in GUIDES if (html := _read(name))]
    return render(request, "pages/guides.html", {"guides": guides})


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a guide in the reader's language."""
    html = _read(name)
    if not html:
        raise Http404(name)
    drawn = _PICTURE.sub(lambda found: static(f"guide/{found[0]}"), _GUIDE.sub(_address, html))
    values = {"title": _title(html), "guide": mark_safe(drawn)}  # noqa: S308 - ours
    return render(request, "pages/guide.html", values)


def _read(name: str) -> str:
    files = GUIDES.get(name, {})
    found = finders.find(f"guide/{files.get('en' if get_language() == 'en' else 'fr')}.html")
    return Path(str(found)).read_text(encoding="utf-8") if found else ""


def _title(html: str) -> str:
    found = _TITLE.search(html)
    return unescape(found[1]) if found else ""


def _address(found: re.Match[str]) -> str:
    return reverse("guide-page", args=[_NAMES[found[1]]])
