"""Take members in from a file: read what is understood, correct it, keep it or take it back."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.intake import Change, Undone, foresee, keep, undo
from fabrique.actions.intake.articles import ORIGIN as ARTICLES
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.separated import read_separated
from fabrique.domain.text import Invalid, Text
from fabrique.importers.members import Asked, Members, read_members
from fabrique.importers.members.columns import ASIDE, NAMES, USES, guessed, origin_of
from fabrique.jobs.words import plain
from fabrique.store.models import Batch
from fabrique.web import held as waiting
from fabrique.web.held import Held
from fabrique.web.site import page as drawn
from fabrique.web.viewer import require

LARGEST = 1000 * 1000  # bytes: what a form carries
SHOWN = 100  # lines of what would change
BATCHES = 20
CHANGED = Text("You changed how the file is read. Look at it again, then take it in.")
GONE = Text("This file is no longer held: choose it again. Nothing was kept.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Ask for a file; show what is understood of it; keep it."""
    looking = require(request, "house:manage")
    if request.method != "POST":
        return _choose(request)
    try:
        if "read" in request.POST:
            held = _arrived(request)
            return _shown(request, looking, held, Asked())
        held = _held(request.POST.get("held", ""))
    except Invalid as error:
        return _choose(request, error)
    if "drop" in request.POST:
        waiting.drop(held)
        return redirect("members-import")
    return _shown(request, looking, held, _asked(request))


def _choose(request: HttpRequest, refused: Invalid | None = None) -> HttpResponse:
    rows = Batch.objects.exclude(origin=ARTICLES).select_related("by")
    batches = rows.order_by("-id")[:BATCHES]
    values = {
        "refused": refused,
        "batches": [(one, NAMES.get(one.origin, one.origin)) for one in batches],
    }
    return drawn(request, "pages/members-import.html", values, status=400 if refused else 200)


def _arrived(request: HttpRequest) -> Held:
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(Text("Choose a file first."), "file")
    if (file.size or 0) > LARGEST:
        raise Invalid(Text("A file of members has at most 1 MB: make several of it."), "file")
    folder = waiting.incoming()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    source = folder / secrets.token_hex(8)
    source.write_bytes(file.read())
    return waiting.hold(plain(file.name or "", 120) or "—", source)


def _held(name: str) -> Held:
    try:
        return waiting.find(name)
    except LookupError:
        raise Invalid(GONE) from None


def _asked(request: HttpRequest) -> Asked:
    """Read the corrections: one choice a column."""
    given = request.POST
    chosen = {
        int(key.removeprefix("use-")): str(value)
        for key, value in given.items()
        if key.startswith("use-") and key[4:].isdecimal() and len(key) < 8  # noqa: PLR2004
    }
    return Asked(chosen, "paid" in given, "lasts" in given)


def _shown(request: HttpRequest, looking: Viewer, held: Held, asked: Asked) -> HttpResponse:
    """Show it; keep it if that is asked, and nothing was corrected since it was shown."""
    refused, read, changes = None, None, []
    content = held.file.read_bytes()
    try:
        read = read_members(content, asked, looking.today)
        changes = foresee(read)
        if "keep" in request.POST:
            return _kept(request, looking, held, content, read)
    except Invalid as error:
        refused = error
    values = {"held": held, "asked": asked, "read": read, "refused": refused}
    values |= _counted(read, changes) | {"columns": _columns(content, read, asked)}
    return drawn(request, "pages/members-look.html", values, status=400 if refused else 200)


def _kept(
    request: HttpRequest, looking: Viewer, held: Held, content: bytes, read: Members
) -> HttpResponse:
    assert looking.person is not None  # noqa: S101 - the policy has said so
    if request.POST.get("seen", "") != _seen(read):
        raise Invalid(CHANGED)
    if not read.members:
        raise Invalid(Text("No line of this file can be taken in."))
    batch = keep(content, read, looking.person, timezone.now())
    waiting.drop(held)
    return redirect("members-batch", batch.pk)


def _seen(read: Members) -> str:
    """Name how a file was read, to see whether that was what was shown."""
    uses = ".".join(one.use or "-" for one in read.columns)
    paid = sum(one.paid for one in read.members)
    endless = sum(one.ends_on is None for one in read.members)
    return f"{uses}/{len(read.members)}/{paid}/{endless}"


def _counted(read: Members | None, changes: list[Change]) -> dict[str, Any]:
    if read is None:
        return {}
    return {
        "seen": _seen(read),
        "origin": NAMES[read.origin],
        "n_new": sum(one.is_new for one in changes),
        "n_filled": sum(bool(one.fills) for one in changes),
        "n_joins": sum(one.joins for one in changes),
        "n_pays": sum(one.pays for one in changes),
        "n_same": sum(not (c.is_new or c.fills or c.joins or c.pays) for c in changes),
        "changes": changes[:SHOWN],
        "more": max(0, len(changes) - SHOWN),
    }


def _columns(content: bytes, read: Members | None, asked: Asked) -> list[dict[str, Any]]:
    """Give each column with what it may be taken for, also where they cannot be read together."""
    if read is not None:
        rows = [(one.number, one.title, one.use, one.first) for one in read.columns]
    else:
        try:
            table = read_separated(content)
        except Invalid:
            return []
        uses = guessed(table.head, origin_of(table.head)) | dict(asked.columns)
        rows = [
            (n, title, uses.get(n, ASIDE), tuple(r.cells[n - 1] for r in table.rows[:3]))
            for n, title in enumerate(table.head, 1)
        ]
    return [
        {"number": n, "title": title, "use": use, "first": first, "uses": USES.items()}
        for n, title, use, first in rows
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """Show what an import did; take it back."""
    looking = require(request, "house:manage")
    found = Batch.objects.filter(pk=number).exclude(origin=ARTICLES).first()
    if found is None or looking.person is None:
        raise Http404
    refused: Invalid | None = None
    undone: Undone | None = None
    if request.method == "POST":
        try:
            undone = undo(found, looking.person, timezone.now())
        except Invalid as error:
            refused = error
        found.refresh_from_db()
    taken = list(found.taken.values_list("what", "before"))
    values = {
        "batch": found,
        "origin": NAMES.get(found.origin, found.origin),
        "n_people": sum(what == "person" and before is None for what, before in taken),
        "n_changed": sum(before is not None for _, before in taken),
        "n_joins": sum(what == "membership" and before is None for what, before in taken),
        "refused": refused,
        "undone": undone,
    }
    return drawn(request, "pages/members-batch.html", values, status=400 if refused else 200)
