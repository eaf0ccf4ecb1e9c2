"""Who may send files: the animation of a session, whoever prepares some; from a page of ours."""

from __future__ import annotations

import asyncio
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from django.conf import settings

from fabrique.actions.access import NoAccess, allowed, read_seat
from fabrique.actions.animate import find_session
from fabrique.domain.text import Invalid
from fabrique.live.endpoint import Scope
from fabrique.live.handshake import is_ours
from fabrique.store.journal import Head
from fabrique.web.seats import CONSOLE, ORGANISER, of_house

SAFE = ("GET", "HEAD")


async def leading(scope: Scope, code: str) -> Head:
    """Give the session that whoever asks may lead, from a page of ours; raise `NoAccess`."""
    if scope["method"] not in SAFE and not _from_us(scope):
        raise NoAccess
    seat = read_seat(_cookie(scope, CONSOLE))
    if not allowed(seat.role, "animate"):
        raise NoAccess
    head = await asyncio.to_thread(_session, code)
    if head.id != seat.session:
        raise NoAccess
    return head


def preparing(scope: Scope) -> None:
    """Let in whoever may prepare sessions, from a page of ours; raise `NoAccess`."""
    if not (_from_us(scope) and of_house(_cookie(scope, ORGANISER), "prepare")):
        raise NoAccess


def header(scope: Scope, name: bytes) -> str:
    """Give a header of a request, empty where there is none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _session(code: str) -> Head:
    try:
        return find_session(code)
    except Invalid:
        raise NoAccess from None


def _from_us(scope: Scope) -> bool:
    """Whether the browser says that a page of this instance asks: nothing else can set that."""
    public = urlsplit(settings.PUBLIC_URL)
    own = frozenset({f"{public.scheme}://{public.netloc}".lower()})
    return is_ours(header(scope, b"origin").lower(), header(scope, b"host").lower(), own)


def _cookie(scope: Scope, name: str) -> str:
    try:
        found = SimpleCookie(header(scope, b"cookie")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""
