"""What a text is made from: its sessions, and what people brought; what cites each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from fabrique.actions.minutes import brought as verbs
from fabrique.actions.minutes import sessions
from fabrique.actions.minutes.sources import brought, material_of
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.brought import CHAT, LINK, NOTE, SESSION, Line, is_brought, session_of
from fabrique.domain.cited import moment
from fabrique.domain.conduct import Mark
from fabrique.domain.material import Held, Material
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Minutes, MinutesSentence, MinutesSource
from fabrique.web.numbers import whole
from fabrique.web.pages.minutes.acts import OVER, typed
from fabrique.web.pages.minutes.found import minutes_of, shared
from fabrique.web.pages.minutes.heard import clock, heard
from fabrique.web.pages.minutes.moments import moment_of
from fabrique.web.site import page
from fabrique.web.viewer import viewer

FEW = 5  # citing sentences that are shown
NAMES = {CHAT: Text("chat"), NOTE: Text("note"), LINK: Text("resource"), SESSION: Text("session")}
LETTERS = {
    "a": (Text("{n} activity", {}, "{n} activities")),
    "n": (Text("{n} note", {}, "{n} notes")),
    "m": (Text("{n} message", {}, "{n} messages")),
    "s": (Text("{n} slide", {}, "{n} slides")),
}
MARKS = {
    Mark.DECISION: Text("{n} decision noted", {}, "{n} decisions noted"),
    Mark.ACTION: Text("{n} action noted", {}, "{n} actions noted"),
    Mark.KEEP: Text("{n} to keep", {}, "{n} to keep"),
}


class Told(Struct, frozen=True):
    """A session: what it holds that may be cited."""

    title: str
    code: str
    holds: tuple[Text, ...]
    row: MinutesSource | None = None
    citing: tuple[MinutesSentence, ...] = ()


class Shown(Struct, frozen=True):
    """A source that was brought, as the list shows it."""

    row: MinutesSource
    kind: Text
    lines: tuple[tuple[str, Line, str, int], ...]  # (anchor, line, moment, where it is heard)
    citing: tuple[MinutesSentence, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List what the text is made from; bring a chat, a note, a link, a session; take one out."""
    found, _me = minutes_of(request, pk)
    refused = None
    if request.method == "POST":
        try:
            return _at(found, _act(request, found))
        except Invalid as error:
            refused = error
            found.refresh_from_db()
    rows = list(found.sources.select_related("by"))
    values = {
        **shared(found, "sources"),
        **heard(found),
        "sessions": _sessions(found, rows),
        "shown": [_shown(one, found) for one in rows if one.kind != SESSION],
        "few": f":{FEW}",
        "said": found.cues.count(),
        "candidates": sessions.candidates(found, viewer(request)),
        "parts": list(dict.fromkeys(found.sentences.values_list("section", flat=True))),
        "refused": refused,
        "given": typed(request.POST) if refused else {},
    }
    return page(request, "pages/minutes/sources.html", values, 400 if refused else 200)


def _at(found: Minutes, anchor: str) -> HttpResponse:
    place = f"#{anchor}" if anchor else ""
    return HttpResponseRedirect(reverse("minutes-sources", args=[found.pk]) + place)


def _sessions(found: Minutes, rows: list[MinutesSource]) -> list[Told]:
    material = material_of(found)
    held = {one.code: one.held for one in material.others}
    told = [Told(material.title, found.session, _holds(material, material.held, ""))]
    for row in (one for one in rows if one.kind == SESSION):
        holds = _holds(material, held.get(row.target), row.target)
        told.append(Told(row.title, row.target, holds, row, tuple(verbs.citing(row))))
    return told


def _holds(material: Material, held: Held | None, code: str) -> tuple[Text, ...]:
    """Count what may be cited of a session; nothing where it is no longer there."""
    if held is None:
        return ()
    refs = (session_of(one) for one in material.sources.others if code or not is_brought(one))
    count = Counter(bare.partition(":")[0] for bare, of in refs if of == code)
    count["a"] = len(held.shown.sections)  # each has two references, by its run and by its step
    marks = Counter(one.mark for one in held.session.conduct.notes)
    words = [_counted(text, count[letter]) for letter, text in LETTERS.items() if count[letter]]
    return (*words, *(_counted(text, marks[mark]) for mark, text in MARKS.items() if marks[mark]))


def _counted(text: Text, n: int) -> Text:
    return Text(text.msgid, {"n": n}, text.plural)


def _shown(row: MinutesSource, found: Minutes) -> Shown:
    one, at = brought(row), clock(found)
    lines = tuple(
        (
            ref.replace(":", "-"),
            line,
            "" if line.at is None else moment(line.at),
            at(line.at or 0),
        )
        for ref, line in zip(one.refs(), one.lines, strict=True)
    )
    return Shown(row, NAMES[row.kind], lines, tuple(verbs.citing(row)))


def _act(request: HttpRequest, found: Minutes) -> str:
    act = ACTS.get(request.POST.get("do", "").removesuffix(OVER))
    if act is None:
        raise Invalid(Text("Choose one of what is offered."))
    return act(request, found, viewer(request))


def _chat(request: HttpRequest, found: Minutes, who: Viewer) -> str:
    file = request.FILES.get("chat")
    if file is None or who.person is None:
        raise Invalid(Text("Choose a file to take in."), "chat")
    if file.size is None or file.size > verbs.LARGEST:
        raise Invalid(verbs.most_of(verbs.LARGE, verbs.MOST), "chat")
    return _anchor(verbs.take_chat(found, file.name or "", file.read(), who.person))


def _note(request: HttpRequest, found: Minutes, who: Viewer) -> str:
    typed = request.POST.get("at", "").strip()
    at = moment_of(typed, "at") if typed else None
    assert who.person is not None  # noqa: S101 - `minutes_of` lets nobody else in
    verbs.take_note(found, verbs.Noted(request.POST.get("text", ""), at), who.person)
    return "note"


def _link(request: HttpRequest, found: Minutes, who: Viewer) -> str:
    told = (request.POST.get(key, "") for key in ("title", "address", "about"))
    assert who.person is not None  # noqa: S101 - as above
    return _anchor(verbs.take_link(found, verbs.Found(*told), who.person))


def _session(request: HttpRequest, found: Minutes, who: Viewer) -> str:
    return _anchor(sessions.take_session(found, request.POST.get("code", ""), who))


def _remove(request: HttpRequest, found: Minutes, who: Viewer) -> str:
    assert who.person is not None  # noqa: S101 - as above
    verbs.remove(found, whole(request.POST.get("number", "")), who.person)
    return ""


def _cite(request: HttpRequest, found: Minutes, who: Viewer) -> str:
    number, line = (whole(request.POST.get(key, "")) for key in ("number", "line"))
    section = " ".join(request.POST.get("section", "").split())
    assert who.person is not None  # noqa: S101 - as above
    over = request.POST["do"].endswith(OVER)
    where = verbs.Where(number, line, section, over)
    cited = verbs.cite(found, where, who.person, timezone.now())
    return str(cited.cites[0]["ref"]).replace(":", "-")


def _anchor(row: MinutesSource) -> str:
    return f"source-{row.number}"


ACTS: Mapping[str, Callable[[HttpRequest, Minutes, Viewer], str]] = {
    "chat": _chat,
    "note": _note,
    "link": _link,
    "session": _session,
    "remove": _remove,
    "cite": _cite,
}
