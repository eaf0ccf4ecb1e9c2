"""What readers asked about a text, at the desk: answered, and words taken out."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from fabrique.actions.minutes import redact
from fabrique.actions.minutes.publish import read
from fabrique.domain.article import Article, Passage
from fabrique.domain.redaction import Redaction
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Minutes, Person, ReaderRequest
from fabrique.web.pages.minutes.found import minutes_of, shared
from fabrique.web.pages.requests import desk
from fabrique.web.site import page


class Line(Struct, frozen=True):
    """A request, and the words it points at as they stand."""

    row: ReaderRequest
    words: str
    moments: int  # of the recording that the sentence cites


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the requests; answer one, take words out."""
    found, me = minutes_of(request, pk)
    refused = None
    if request.method == "POST":
        try:
            _act(request.POST, found, me)
            return redirect("minutes-requests", found.pk)
        except Invalid as error:
            refused = error
            found.refresh_from_db()
    rows = list(found.requests.select_related("person", "answered_by").order_by("-at"))
    values = {
        **shared(found, "requests"),
        "open": [_line(one, found) for one in reversed(rows) if one.state == "open"],
        "over": [one for one in rows if one.state != "open"],
        "link": desk.link_to(found),
        "refused": refused,
        "given": request.POST if refused else {},
    }
    return page(request, "pages/minutes/requests.html", values, 422 if refused else 200)


def _line(row: ReaderRequest, found: Minutes) -> Line:
    passage, spans = _pointed(row, found)
    return Line(row, passage.text if passage else "", len(spans))


def _pointed(row: ReaderRequest, found: Minutes) -> tuple[Passage | None, list[tuple[int, int]]]:
    """Give the sentence or the moment that a request points at, and when it is heard."""
    edition = found.editions.filter(number=row.edition or 0).first()
    if edition is None or not row.place:
        return None, []
    text = read(edition)
    kind, *numbers = row.place.split("-")
    if kind == "t":
        cue = text.cues[int(numbers[0]) - 1 :][:1]
        return (Passage(cue[0][3], "extract"), [cue[0][:2]]) if cue else (None, [])
    part = text.parts[int(numbers[0]) - 1 :][:1]
    one = part[0].passages[int(numbers[1]) - 1 :][:1] if part else ()
    return (one[0], _spans(one[0], text)) if one else (None, [])


def _spans(one: Passage, text: Article) -> list[tuple[int, int]]:
    places = {f"t:{n}": (start, end) for n, (start, end, _, _) in enumerate(text.cues, 1)}
    return [places[cite.ref] for cite in one.cites if cite.ref in places]


def _act(given: Mapping[str, str], found: Minutes, me: Person) -> None:
    match given.get("do"):
        case "done" | "declined":
            desk.answered(found.requests.all(), given, me)
        case "redact":
            key = given.get("request", "")
            row = desk.one_of(found.requests.all(), key) if key else None
            redact.redact(found, _wanted(given, row, found), me, timezone.now())
        case _:
            raise Invalid(Text("Choose one of what is offered."))


def _wanted(given: Mapping[str, str], row: ReaderRequest | None, found: Minutes) -> Redaction:
    passage, spans = _pointed(row, found) if row else (None, [])
    sentence = passage is not None and row is not None and row.place.startswith("s-")
    return Redaction(
        spans=tuple(spans) if "moments" in given else (),
        sentences=(passage.text,) if passage and sentence and "sentence" in given else (),
        words=tuple(filter(None, map(str.strip, given.get("words", "").splitlines()))),
        session="session" in given,
    )
