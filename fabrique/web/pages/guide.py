"""The guide for whoever leads a session, as this instance was built with it."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

PAGES = {"fr": "animer-une-session", "en": "run-a-session"}
_PICTURE = re.compile(r'(?<=src=")[^"/]+(?=")')
_TITLE = re.compile("<h1>(.*?)</h1>")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the guide in the reader's language; anybody may read it."""
    found = finders.find(f"guide/{PAGES['en' if get_language() == 'en' else 'fr']}.html")
    if found is None:
        raise Http404
    html = Path(str(found)).read_text(encoding="utf-8")
    drawn = _PICTURE.sub(lambda name: static(f"guide/{name[0]}"), html)
    title = _TITLE.search(html)
    values = {"title": title[1] if title else "", "guide": mark_safe(drawn)}  # noqa: S308 - ours
    return render(request, "pages/guide.html", values)
