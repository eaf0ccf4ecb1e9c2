"""Import a session: choose a file, read what is understood, correct it, keep it or take it back."""

from __future__ import annotations

from pathlib import PurePosixPath
from threading import BoundedSemaphore
from typing import Any

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import structs

from fabrique.actions.animate import import_archive
from fabrique.domain.language import language
from fabrique.domain.schema import Line, read
from fabrique.domain.text import Invalid, Text
from fabrique.jobs import child
from fabrique.jobs.refusals import IMPORT
from fabrique.store.journal import Head
from fabrique.web import held as waiting
from fabrique.web.held import Held
from fabrique.web.looks import OURS, Asked, Look, Order
from fabrique.web.pages.imported import see_other
from fabrique.web.pieces import DETAILED, ORIGINS, chosen
from fabrique.web.seats import require, typed
from fabrique.web.taking import HEAVY

CHILD = "fabrique.web.taking"
PATIENCE = 90.0  # seconds for one reading
AT_ONCE = BoundedSemaphore(2)  # readings, for the whole house
TURN = 20.0  # seconds to wait for one's turn
BUSY = Text("The server is busy: try again in a moment.")
TWO = Text("Two columns cannot both hold the names.")
CHANGED = Text("You changed how the file is read. Look at it again, then import it.")


@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Ask for a file."""
    require(request, "prepare")
    gone = typed(request.GET.get("removed", ""))
    values = {"largest": IMPORT >> 20, "removed": gone}
    return render(request, "pages/import.html", values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, name: str) -> HttpResponse:
    """Show what is understood of a file that waits; nothing is kept before it is asked for."""
    require(request, "prepare")
    held = _found(name)
    if request.method != "POST":
        return _shown(request, held, held.asked or _first(held))
    if "drop" in request.POST:
        waiting.drop(held)
        return see_other("import")
    try:
        asked = _asked(request, held)
    except Invalid as error:
        return _shown(request, held, held.asked or _first(held), _said(error))
    if "keep" not in request.POST:
        return _shown(request, held, asked)
    if asked != held.asked:
        return _shown(request, held, asked, _said(Invalid(CHANGED)))
    return _kept(request, held, asked)


def _found(name: str) -> Held:
    try:
        return waiting.find(name)
    except LookupError:
        raise Http404(name) from None


def _first(held: Held) -> Asked:
    """Say how a file is read before anybody says anything."""
    return Asked(_code(), PurePosixPath(held.name).stem or held.name, _code())


def _asked(request: HttpRequest, held: Held) -> Asked:
    """Read the form: what is as it was shown is no correction. Raises `Invalid`."""
    given = request.POST
    before = held.asked or _first(held)
    names, columns = None, {}
    for number, shown in held.shown.items():
        use, detail = given.get(f"use-{number}", shown[0]), given.get(f"detail-{number}", shown[1])
        if use == "names":
            if names is not None:
                raise Invalid(TWO)
            names = number
        elif (use, detail.strip()) != shown:
            columns[number] = f"{use}:{detail.strip()}" if use in DETAILED and detail else use
        elif number in before.columns:
            columns[number] = before.columns[number]
    title = " ".join(read(given.get("title", ""), Line).split()) or before.title
    spoken = given.get("language", before.language)
    return Asked(_code(), title, "en" if spoken == "en" else "fr", names, columns)


def _shown(
    request: HttpRequest, held: Held, asked: Asked, note: tuple[str, str] | None = None
) -> HttpResponse:
    seen = _taken("look", held, asked)
    pieces = [chosen(one, asked) for one in seen.pieces]
    waiting.remember(held, asked, {one.piece.number: (one.use, one.detail) for one in pieces})
    said, where = note or (seen.wrong, seen.where)
    values = {
        "held": held,
        "asked": asked,
        "seen": seen,
        "origin": ORIGINS.get(seen.origin),
        "foreign": seen.origin not in ("", OURS),
        "said": said,
        "where": where,
        "pieces": pieces,
    }
    return render(request, "pages/import-look.html", values, status=400 if said else 200)


def _kept(request: HttpRequest, held: Held, asked: Asked) -> HttpResponse:
    made = _taken("make", held, asked)
    if made.wrong:
        return _shown(request, held, asked, (made.wrong, made.where))
    try:
        head = import_archive((held.folder / "archive.json").read_bytes())
    except Invalid as error:
        return _shown(request, held, asked, _said(error))
    waiting.drop(held)
    return _opened(head, made.refused)


def _opened(head: Head, refused: int) -> HttpResponse:
    query = {"refused": str(refused)} if refused else {}
    return see_other("imported", head.code, **query)


def _taken(task: str, held: Held, asked: Asked) -> Look:
    """Have the child read the file."""
    order = Order(structs.replace(asked, reader=_code()), settings.TIME_ZONE, held.at)
    if not AT_ONCE.acquire(timeout=TURN):
        return Look("", wrong=language(_code()).say(BUSY))
    try:
        (held.folder / "order.json").write_bytes(msgspec.json.encode(order))
        arguments: tuple[Any, ...] = (CHILD, task, str(held.folder))
        said = child.answer(*arguments, folder=held.folder, patience=PATIENCE)
    except FileNotFoundError:
        raise Http404(held.id) from None  # swept meanwhile
    finally:
        AT_ONCE.release()
    return msgspec.json.decode(said, type=Look) if said else Look("", wrong=_heavy())


def _said(error: Invalid) -> tuple[str, str]:
    return language(_code()).say(error.text), error.where


def _heavy() -> str:
    return language(_code()).say(HEAVY)


def _code() -> str:
    return "en" if get_language() == "en" else "fr"
