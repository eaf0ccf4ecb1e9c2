"""What a session leaves: its report as a page, a PDF, data, pictures, and the open archive."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from fabrique.actions import document
from fabrique.actions.access import NoAccess
from fabrique.charts import WIDE, draw
from fabrique.domain import archive as form
from fabrique.domain.blocks import Chart, Report
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.report import from_archive
from fabrique.domain.text import Text
from fabrique.formats.html import STYLE_HASH
from fabrique.formats.png import chart_png
from fabrique.store.here import kinds
from fabrique.store.journal import Head
from fabrique.web.policy import policy
from fabrique.web.seats import session_of, token_of

TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf", "json": "application/json"}
FILES = [
    ("report-pdf", Text("Download as PDF")),
    ("results", Text("Download the figures (JSON)")),
    ("archive", Text("Download the whole session (archive)")),
]


@never_cache
@gzip_page
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the report as a page that needs nothing else."""
    head, made = _report(request, code)
    links = {chart.id: reverse("chart", args=[head.code, chart.id]) for chart in _charts(made)}
    files = [(text, reverse(name, args=[head.code])) for name, text in _files(request, head)]
    response = _rendered(made, "html", links=links, files=files)
    response.headers["Content-Security-Policy"] = policy(style_src=f"'{STYLE_HASH}'")
    return response


@never_cache
@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Give the report as a PDF."""
    head, made = _report(request, code)
    return _file(_rendered(made, "pdf"), f"fabrique-{head.code}.pdf")


@never_cache
@require_safe
def results(request: HttpRequest, code: str) -> HttpResponse:
    """Give every figure of the session as data."""
    head, made = _report(request, code, "export")
    return _file(_rendered(made, "json"), f"fabrique-{head.code}-results.json")


@never_cache
@require_safe
def archive(request: HttpRequest, code: str) -> HttpResponse:
    """Give the whole session as one open file."""
    head = _granted(request, code, "export")
    response = HttpResponse(document.archive(head.id), content_type=TYPES["json"])
    return _file(response, f"fabrique-{head.code}-archive.json")


@never_cache
@require_safe
def chart(request: HttpRequest, code: str, chart: str) -> HttpResponse:
    """Give one chart as a picture, its count inside."""
    _, made = _report(request, code)
    found = next((one for one in _charts(made) if one.id == chart), None)
    if found is None:
        raise Http404(chart)
    picture = chart_png(draw(found, Language(made.language), WIDE, titled=True))
    return _file(HttpResponse(picture, content_type="image/png"), "fabrique.png")


def _files(request: HttpRequest, head: Head) -> list[tuple[str, Text]]:
    """Name the other forms of a report that this reader may take."""
    try:
        token_of(request, head, "export")
    except NoAccess:
        return FILES[:1]
    return FILES


def _granted(request: HttpRequest, code: str, act: str) -> Head:
    head = session_of(request, code)
    # As long as it goes on, only who may take everything away may read.
    token_of(request, head, act if head.ended_at is not None else "export")
    return head


def _report(request: HttpRequest, code: str, act: str = "report") -> tuple[Head, Report]:
    head = _granted(request, code, act)
    whole = document.whole(head.id)
    return head, from_archive(form.write(whole), whole, kinds())


def _rendered(made: Report, suffix: str, **options: Any) -> HttpResponse:
    formats = {one.suffix: one for one in discover("fabrique.formats").values()}
    content = formats[suffix].render(made, Language(made.language), **options)
    return HttpResponse(content, content_type=TYPES[suffix])


def _charts(made: Report) -> list[Chart]:
    blocks = (block for section in made.sections for block in section.blocks)
    return [block for block in blocks if isinstance(block, Chart)]


def _file(response: HttpResponse, name: str) -> HttpResponse:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
