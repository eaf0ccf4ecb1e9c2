"""The desk: the text, sentence by sentence, each with its sources and what a person says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from fabrique.actions.minutes import draft, locks, outside
from fabrique.actions.minutes.check import sentence_text
from fabrique.actions.minutes.clock import timed
from fabrique.actions.minutes.sources import archive_of, titles, transcript_of
from fabrique.domain.brought import is_brought, session_of
from fabrique.domain.cited import label, moment, start_of
from fabrique.domain.edition import BINDING, Verdict
from fabrique.domain.other_language import of_transcript
from fabrique.domain.text import Invalid, Text, Words
from fabrique.domain.transcript import Transcript
from fabrique.store.models import Asking, Cue, Minutes, MinutesSentence
from fabrique.web.pages.minutes import acts
from fabrique.web.pages.minutes.clock import chaptered, finder
from fabrique.web.pages.minutes.found import minutes_of, shared
from fabrique.web.pages.minutes.heard import clock, heard
from fabrique.web.site import page

KINDS = {
    "result": Text("result"),
    "statement": Text("finding"),
    "proposal": Text("proposal"),
    "decision": Text("decision"),
    "action": Text("action"),
    "question": Text("question"),
    "extract": Text("extract"),
    "note": Text("note"),
    "message": Text("message"),
    "resource": Text("resource"),
    "written": Text("written here"),
}
Where = Callable[[str, str], int | None]
WRITABLE = ("written", "decision", "action", "proposal", "question")


class Source(Struct, frozen=True):
    """What a sentence cites: in words, where it is read, the words quoted."""

    label: Words
    address: str
    quote: str
    at: int | None = None  # where it is heard in the sound, in milliseconds


class Line(Struct, frozen=True):
    """A sentence on the desk."""

    row: MinutesSentence
    kind: Text
    sources: tuple[Source, ...]
    wrong: tuple[tuple[bool, Text], ...]  # (whether it blocks, what is found)
    binds: bool

    @property
    def seen(self) -> str:
        """Mark it as it is read here, so that nobody writes over what they have not read."""
        return acts.seen(self.row)


class Known(Struct, frozen=True):
    """What all sources of a text are found by."""

    minutes: Minutes
    transcript: Transcript
    titles: Mapping[str, str]
    at: Callable[[int], int]  # a moment of what was recorded in the sound, in milliseconds
    where: Where  # the same for what happened in the session, by reference and quote


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the text; draft it, judge a sentence, write one, say who does what."""
    found, me = minutes_of(request, pk)
    refused = None
    if request.method == "POST":
        try:
            return _at(found, acts.do(request.POST, found, me))
        except Invalid as error:
            refused = error
            found.refresh_from_db()
    together, spoken = timed(found, archive_of(found)[1]), _spoken(found)
    values = {
        **shared(found, "text"),
        **heard(found),
        **chaptered(together),
        "sections": _sections(found, finder(together)),
        "locked": {one.section: one.said for one in locks.held(found, me, timezone.now())},
        "spoken": spoken,
        "other_words": of_transcript((one.text for one, _, _ in spoken), found.language),
        "drafters": [(name, one.name) for name, one in draft.drafters().items()],
        **_outside(found),
        "kinds": [(name, KINDS[name]) for name in WRITABLE],
        "waiting": found.sentences.filter(verdict=Verdict.PROPOSED.value).count(),
        "refused": refused,
        "given": acts.typed(request.POST) if refused else {},
    }
    return page(request, "pages/minutes/desk.html", values, 400 if refused else 200)


def _outside(found: Minutes) -> dict[str, Any]:
    """Give what is shown of the language model of this house, where there is one."""
    host = outside.named()
    row = Asking.objects.filter(minutes=found).first()
    why = None
    if host and (row is None or row.state not in outside.BUSY):
        try:
            outside.check_told(found)
        except Invalid as no:
            why = no.text
    told = outside.told_of(row) if row else []
    return {"host": host, "asking": row, "why_not": why, "asking_told": told}


def _at(found: Minutes, anchor: str) -> HttpResponse:
    place = f"#{anchor}" if anchor else ""
    return HttpResponseRedirect(reverse("minutes", args=[found.pk]) + place)


def _sections(found: Minutes, where: Where) -> list[tuple[str, list[Line], int]]:
    """Give (title, lines, how many may be accepted together) in the order of the text."""
    transcript = transcript_of(found) or Transcript(())
    known = Known(found, transcript, titles(found), clock(found), where)
    rows = found.sentences.select_related("author", "owner").order_by("rank")
    lines = [_line(row, known) for row in rows]
    told = []
    for title, some in groupby(lines, key=lambda one: one.row.section):
        kept = list(some)
        told.append((title, kept, sum(map(_together, kept))))
    return told


def _together(line: Line) -> bool:
    blocked = any(blocks for blocks, _ in line.wrong)
    return line.row.verdict == Verdict.PROPOSED.value and not line.binds and not blocked


def _line(row: MinutesSentence, known: Known) -> Line:
    sources = tuple(_source(one, known) for one in row.cites)
    wrong = tuple((one["blocks"], sentence_text(one)) for one in row.found)
    return Line(row, KINDS.get(row.kind, Text(row.kind)), sources, wrong, row.kind in BINDING)


def _source(one: Mapping[str, str], known: Known) -> Source:
    ref, start = one["ref"], start_of(one["ref"], known.transcript)
    at = known.where(ref, one["quote"]) if start is None else known.at(start)
    told = label(ref, known.transcript, known.titles)
    return Source(told, _address(ref, known.minutes), one["quote"], at)


def _spoken(found: Minutes) -> list[tuple[Cue, str, int]]:
    """Give what was said, to stand beside the text: (cue, clock, where it is heard)."""
    at = clock(found)
    return [(one, moment(one.start), at(one.start)) for one in found.cues.order_by("number")]


def _address(ref: str, found: Minutes) -> str:
    kind, _, rest = ref.partition(":")
    if kind == "t":
        return f"{reverse('minutes-words', args=[found.pk])}#t-{rest}"
    code = session_of(ref)[1]
    if is_brought(ref) and not code:
        return f"{reverse('minutes-sources', args=[found.pk])}#{ref.replace(':', '-')}"
    return reverse("report", args=[code or found.session])
