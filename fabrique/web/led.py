"""Where each step of a checklist is done, in this house."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from fabrique.store.models import Gathering

PAGES = {
    "slots": ("organise-slot",),
    "agree": ("organise-slot",),
    "video": ("organise-video",),
    "publish": ("gathering-publish",),
    "relay": ("messages",),
    "registrations": ("registrations",),
}
ROOMS = {"method": "studio", "animate": "console"}  # opened by a right, see `organise.room`


def page_of(gathering: Gathering) -> str:
    """Give the path of a gathering's own page."""
    return _first(("gathering",), gathering) or f"/g/{gathering.slug}/"


def tool_of(gathering: Gathering, key: str) -> str:
    """Give the path of the page where a step is done; nothing where it is done elsewhere."""
    if key in ("subject", "problem"):
        return reverse("draft", args=[gathering.pk])
    if key == "report" and gathering.session:
        return reverse("report", args=[gathering.session])
    names = PAGES.get(key)
    return (_first(names, gathering) or page_of(gathering)) if names else ""


def _first(names: tuple[str, ...], gathering: Gathering) -> str:
    for name in names:
        try:
            return reverse(name, args=[gathering.slug])
        except NoReverseMatch:
            continue
    return ""
