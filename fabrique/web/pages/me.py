"""One's own profile: what is said, to whom each line is shown, two pictures."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fabrique.actions.policy.viewer import Viewer
from fabrique.actions.profile import PICTURES, TEXTS, Said, keep_picture, save
from fabrique.domain.profile import AUDIENCES, FIELDS, LEVELS, LONGEST, NOBODY
from fabrique.domain.text import Invalid, Text
from fabrique.jobs import child
from fabrique.jobs.refusals import PICTURE, Unfit
from fabrique.store.models import Person, Structure
from fabrique.web.site import page as drawn
from fabrique.web.viewer import require

KINDS = {"photo": "portrait", "banner": "picture"}
PATIENCE = 30.0  # seconds to make a picture fit
SUGGESTED = 300  # names of structures
LINES = ("name", "structure", "trade", "territory")  # fields of one line
COMPLETE = {"name": "name", "structure": "organization", "trade": "organization-title"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the form; keep what it says."""
    looking = require(request, "me:edit")
    person = _own(looking)
    if request.method != "POST":
        return _form(request, looking, kept="kept" in request.GET)
    try:
        if which := request.POST.get("picture"):
            _keep_picture(request, person, which)
        else:
            save(person, _said(request.POST), timezone.now())
    except Invalid as error:
        return _form(request, looking, refused=error)
    return redirect(request.path + "?kept")


def _own(looking: Viewer) -> Person:
    assert looking.person is not None  # noqa: S101 - the policy has said so
    return looking.person


def _said(given: Mapping[str, str]) -> Said:
    """Read the form."""
    return Said(
        name=given.get("name", ""),
        structure=given.get("structure", ""),
        trade=given.get("trade", ""),
        level=given.get("level", ""),
        territory=given.get("territory", ""),
        texts={name: given.get(name, "").replace("\r\n", "\n") for name in TEXTS},
        shown={name: given.get(f"for-{name}", NOBODY) for name in FIELDS},
    )


def _keep_picture(request: HttpRequest, person: Person, which: str) -> None:
    if which not in PICTURES:
        raise Http404(which)
    if "remove" in request.POST:
        keep_picture(person, which, None, timezone.now())
        return
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(Text("Choose a picture first."), which)
    if (file.size or 0) > PICTURE:
        raise Invalid(Unfit("picture_large", limit=PICTURE >> 20).text, which)
    keep_picture(person, which, _fit(file.read(), which), timezone.now())


def _fit(content: bytes, which: str) -> bytes:
    """Have the child make a picture upright, light, without what the camera wrote."""
    place = Path(settings.DATA) / "jobs"
    place.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix=".me-") as folder:
        source = Path(folder) / "source"
        source.write_bytes(content)
        order = (KINDS[which], str(source), folder)
        heard = child.answer(child.DRAW, *order, folder=Path(folder), patience=PATIENCE)
        last: dict[str, Any] = (
            msgspec.json.decode(heard.splitlines()[-1]) if heard else {"no": "picture_broken"}
        )
        if "no" in last:
            raise Invalid(Unfit(last["no"], **last.get("values", {})).text, which)
        return (Path(folder) / "picture.webp").read_bytes()


def _form(
    request: HttpRequest, looking: Viewer, refused: Invalid | None = None, *, kept: bool = False
) -> HttpResponse:
    person = _own(looking)
    said = request.POST if refused and "name" in request.POST else None
    values = {
        "person": person,
        "fields": [_field(person, name, said, refused) for name in FIELDS],
        "audiences": AUDIENCES.items(),
        "levels": LEVELS.items(),
        "structures": Structure.objects.order_by("name").values_list("name", flat=True)[:SUGGESTED],
        "refused": refused,
        "kept": kept,
        "memberships": person.memberships.order_by("-starts_on"),
        "tier": looking.tier,
        "en": get_language() == "en",
    }
    return drawn(request, "pages/me.html", values, status=400 if refused else 200)


def _field(
    person: Person, name: str, said: Mapping[str, str] | None, refused: Invalid | None
) -> dict[str, Any]:
    value = getattr(person, name) or ""
    if name == "structure":
        value = person.structure.name if person.structure else ""
    shown = person.shown.get(name, NOBODY)
    if said is not None:
        value, shown = said.get(name, value), said.get(f"for-{name}", shown)
    kinds = dict.fromkeys(LINES, "line") | dict.fromkeys(TEXTS, "text")
    return {
        "name": name,
        "label": FIELDS[name],
        "kind": {"level": "level", "email": "fixed", **kinds}.get(name, name),
        "value": value,
        "shown": shown,
        "most": LONGEST.get(name, 200),
        "complete": COMPLETE.get(name, "off"),
        "wrong": refused.text if refused and refused.where == name else None,
    }
