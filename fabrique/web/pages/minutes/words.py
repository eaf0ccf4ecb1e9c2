"""What was said: taken in from a file, cut, put right beside the moment it was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.minutes import consent, live, review, transcript
from fabrique.actions.minutes import recording as verbs
from fabrique.actions.minutes.clock import timed
from fabrique.actions.minutes.known import suggested
from fabrique.actions.minutes.sources import archive_of
from fabrique.domain.cited import moment
from fabrique.domain.mended import told
from fabrique.domain.text import Invalid, Text
from fabrique.jobs.recordings import able, hears
from fabrique.store.models import Minutes, Person
from fabrique.web.numbers import whole
from fabrique.web.pages.minutes.acts import OVER, typed
from fabrique.web.pages.minutes.announced import announced, microphone
from fabrique.web.pages.minutes.clock import ACTS as ALIGNING
from fabrique.web.pages.minutes.clock import chaptered, clocked
from fabrique.web.pages.minutes.desk import KINDS
from fabrique.web.pages.minutes.found import minutes_of, shared
from fabrique.web.pages.minutes.heard import clock, heard
from fabrique.web.pages.minutes.moments import moment_of
from fabrique.web.pages.minutes.replacing import replacing
from fabrique.web.pages.minutes.tongues import tongues
from fabrique.web.site import page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the transcript; take one in, cut its beginning, correct a cue, name a voice, replace."""
    found, me = minutes_of(request, pk)
    refused = None
    if request.method == "POST":
        try:
            return _at(found, _act(request, found, me))
        except Invalid as error:
            refused = error
            found.refresh_from_db()
    at, together = clock(found), timed(found, archive_of(found)[1])
    cues, sound = list(found.cues.order_by("number")), heard(found)
    values = {
        **shared(found, "words"),
        "cues": [(one, moment(one.start), at(one.start)) for one in cues],
        **sound,
        **tongues(found, sound["recording"], cues),
        **chaptered(together),
        **clocked(together),
        "able": able(),
        "objections": consent.waiting(found.session),
        "hears": hears(),
        "kinds": [(kind, KINDS[kind]) for kind in ("extract", "decision", "action", "proposal")],
        "taken": _taken(found),
        "mended": told(found.mended),
        **replacing(request.GET, found),
        "misheard": suggested(found),
        "voices": transcript.voices(found),
        "refused": refused,
        "given": typed(request.POST) if refused else {},
    }
    return microphone(page(request, "pages/minutes/words.html", values, 400 if refused else 200))


def _taken(found: Minutes) -> set[int]:
    """Give the numbers of the cues that the text cites."""
    refs = (
        one["ref"] for cites in found.sentences.values_list("cites", flat=True) for one in cites
    )
    return {whole(ref[2:]) for ref in refs if ref.startswith("t:")}


def _at(found: Minutes, anchor: str) -> HttpResponse:
    place = f"#{anchor}" if anchor else ""
    return HttpResponseRedirect(reverse("minutes-words", args=[found.pk]) + place)


def _act(request: HttpRequest, found: Minutes, me: Person) -> str:
    file = request.FILES.get("file")
    if file is not None:
        transcript.take_transcript(found, file.name or "", file.read(), me)
        return ""
    act = ACTS.get(request.POST.get("do", "").removesuffix(OVER))
    if act is None:
        raise Invalid(Text("Choose a file to take in."), "file")
    return act(request.POST, found, me)


Given = Mapping[str, str]


def _cut(given: Given, found: Minutes, me: Person) -> str:
    until = moment_of(given.get("until", ""))
    transcript.cut_start(found, until, me)
    verbs.add_cut(found, (0, until), me)
    return ""


def _correct(given: Given, found: Minutes, me: Person) -> str:
    number = whole(given.get("number", ""))
    transcript.correct(found, number, given.get("speaker", ""), given.get("text", ""), me)
    return f"t-{number}"


def _quote(given: Given, found: Minutes, me: Person) -> str:
    number, over = whole(given.get("number", "")), given.get("do", "").endswith(OVER)
    what = review.Quoted(number, given.get("kind", ""), over)
    review.quote(found, what, me, timezone.now())
    return f"t-{number}"


def _name(given: Given, found: Minutes, me: Person) -> str:
    transcript.name_voice(found, given.get("before", ""), given.get("after", ""), me)
    return ""


def _replace(given: Given, found: Minutes, me: Person) -> str:
    find, by_what = given.get("find", ""), given.get("by", "")
    transcript.replace(found, find, by_what, me, whole="whole" in given)
    return ""


def _announce(given: Given, found: Minutes, me: Person) -> str:
    if new := announced(given):
        verbs.announce(found, new, me)
    return ""


def _end_here(_given: Given, found: Minutes, me: Person) -> str:
    live.end_here(found, me)
    return ""


def _write_down(given: Given, found: Minutes, me: Person) -> str:
    verbs.write_down(found, me, given.get("language", ""), anew="anew" in given)
    return "recording"


def _go_on(_given: Given, found: Minutes, me: Person) -> str:
    verbs.go_on(found, me)
    return "recording"


def _give_up(_given: Given, found: Minutes, me: Person) -> str:
    verbs.give_up(found, me)
    return ""


ACTS: Mapping[str, Callable[[Given, Minutes, Person], str]] = {
    **ALIGNING,
    "announce": _announce,
    "record": _announce,
    "end-here": _end_here,
    "write-down": _write_down,
    "give-up": _give_up,
    "go-on": _go_on,
    "cut": _cut,
    "correct": _correct,
    "quote": _quote,
    "name": _name,
    "replace": _replace,
}
