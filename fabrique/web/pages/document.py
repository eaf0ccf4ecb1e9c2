"""What a session leaves: its report in every form, pictures, listings, and the open archive."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from msgspec import structs

from fabrique.actions import document
from fabrique.actions.access import NoAccess
from fabrique.actions.export import MEDIA_TYPE, charts
from fabrique.charts import WIDE, draw
from fabrique.charts.png import chart_png
from fabrique.domain.blocks import Report
from fabrique.domain.filtered import Only, read_only
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid, Refused, Text
from fabrique.formats.html import STYLE_HASH, Asked
from fabrique.store.journal import Head
from fabrique.web.policy import policy
from fabrique.web.seats import session_of, token_of

READ = [  # by whoever may read the report: it holds no more than the page does
    ("report-pdf", Text("Download as PDF")),
    ("report-docx", Text("To be reworked (DOCX)")),
    ("report-md", Text("As text (Markdown)")),
]
MINUTES = ("minutes-begin", Text("Write the minutes"))
QUICK = ("minutes-quick-begin", Text("Publish the minutes"))
WHOLE = frozenset({"archive", "export"})
TAKEN = [  # by those who ran the session: who answered what
    ("listings", Text("Answers for spreadsheets (XLSX)")),
    ("results", Text("Download the figures (JSON)")),
    ("archive", Text("Download the whole session (archive)")),
    ("export", Text("Everything in one file (ZIP)")),
]


@never_cache
@gzip_page
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the report as a page that needs nothing else."""
    head, asked = _granted(request, code, "report"), None
    if _may_take(request, head):
        made, asked = _some(request, head)
    else:
        made = document.report(head.id, everything=False)
    kept = f"?{urlencode({'only': asked.chosen})}" if asked and _is_shown(asked) else ""
    links = {one.id: reverse("chart", args=[head.code, one.id]) + kept for one in charts(made)}
    files = [(text, _address(name, head, kept)) for name, text in _files(request, head)]
    acts = [(text, reverse(name, args=[head.code])) for name, text in _acts(request, head)]
    response = _rendered(made, "html", links=links, files=files, acts=acts, asked=asked)
    response.headers["Content-Security-Policy"] = policy(style_src=f"'{STYLE_HASH}'")
    return response


@never_cache
@require_safe
def report(request: HttpRequest, code: str, suffix: str) -> HttpResponse:
    """Give the report in another form."""
    head, made = _report(request, code)
    return _file(_rendered(made, suffix), f"fabrique-{head.code}.{suffix}")


@never_cache
@require_safe
def data(request: HttpRequest, code: str, suffix: str, name: str) -> HttpResponse:
    """Give the figures of the session, or what was answered, as data."""
    head, made = _report(request, code, "export")
    return _file(_rendered(made, suffix), f"fabrique-{head.code}-{name}.{suffix}")


@never_cache
@require_safe
def archive(request: HttpRequest, code: str) -> HttpResponse:
    """Give the whole session as one open file."""
    head = _granted(request, code, "export")
    response = HttpResponse(document.archive(head.id), content_type="application/json")
    return _file(response, f"fabrique-{head.code}-archive.json")


@never_cache
@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Give the whole session and its report in every form, in one file."""
    head = _granted(request, code, "export")
    response = HttpResponse(document.export(head.id), content_type=MEDIA_TYPE)
    return _file(response, f"fabrique-{head.code}.zip")


@never_cache
@require_safe
def chart(request: HttpRequest, code: str, chart: str) -> HttpResponse:
    """Give one chart as a picture, its count inside."""
    _, made = _report(request, code)
    found = next((one for one in charts(made) if one.id == chart), None)
    if found is None:
        raise Http404(chart)
    picture = chart_png(draw(found, Language(made.language), WIDE, titled=True))
    return _file(HttpResponse(picture, content_type="image/png"), "fabrique.png")


def _some(request: HttpRequest, head: Head) -> tuple[Report, Asked]:
    """Give the report of those whom the address asks for; of all where they are too few."""
    asked = Asked(document.choices(head.id), request.GET.get("only", ""))
    try:
        return document.report(head.id, everything=True, only=_only(request)), asked
    except Invalid:
        raise Http404(head.code) from None
    except Refused as no:
        made = document.report(head.id, everything=True)
        return made, structs.replace(asked, refused=no.refusal.text)


def _only(request: HttpRequest) -> Only | None:
    """Read of whom the results are asked for; raise `Http404`."""
    wanted = request.GET.get("only", "")
    try:
        return read_only(wanted) if wanted else None
    except Invalid:
        raise Http404(wanted) from None


def _is_shown(asked: Asked) -> bool:
    return bool(asked.chosen) and not asked.refused


def _address(name: str, head: Head, kept: str) -> str:
    """Give the address of another form of a report; what is whole in itself stays whole."""
    return reverse(name, args=[head.code]) + ("" if name in WHOLE else kept)


def _files(request: HttpRequest, head: Head) -> list[tuple[str, Text]]:
    """Name the other forms of a report that this reader may take."""
    return [*READ, *TAKEN] if _may_take(request, head) else READ


def _acts(request: HttpRequest, head: Head) -> list[tuple[str, Text]]:
    """Name the pages by which those who ran the session make something of it."""
    if not _may_take(request, head):
        return []
    return [*([QUICK] if head.ended_at else []), MINUTES]


def _may_take(request: HttpRequest, head: Head) -> bool:
    """Whether this reader may take everything away, and so read what the room was never shown."""
    try:
        token_of(request, head, "export")
    except NoAccess:
        return False
    return True


def _granted(request: HttpRequest, code: str, act: str) -> Head:
    head = session_of(request, code)
    # As long as it goes on, only who may take everything away may read.
    token_of(request, head, act if head.ended_at is not None else "export")
    return head


def _report(request: HttpRequest, code: str, act: str = "report") -> tuple[Head, Report]:
    head = _granted(request, code, act)
    everything = _may_take(request, head)
    try:
        only = _only(request) if everything else None
        return head, document.report(head.id, everything=everything, only=only)
    except (Refused, Invalid):  # too few, or nobody: no form of it is given
        raise Http404(code) from None


def _rendered(made: Report, suffix: str, **options: Any) -> HttpResponse:
    formats = {one.suffix: one for one in discover("fabrique.formats").values()}
    kind = formats[suffix]
    content = kind.render(made, Language(made.language), **options)
    return HttpResponse(content, content_type=kind.media_type)


def _file(response: HttpResponse, name: str) -> HttpResponse:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
