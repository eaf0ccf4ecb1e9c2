"""Who may send files: the animation of a session, whoever prepares some; from a page of ours."""

from __future__ import annotations

import asyncio
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.utils import timezone

from fabrique.actions.access import NoAccess, allowed, read_seat
from fabrique.actions.animate import find_session
from fabrique.actions.policy import allowed as permitted
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.text import Invalid
from fabrique.live.endpoint import Scope
from fabrique.live.handshake import is_ours
from fabrique.store.journal import Head
from fabrique.web.seats import CONSOLE, ORGANISER, of_house
from fabrique.web.viewer import viewer

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


async def preparing(scope: Scope) -> None:
    """Let in whoever may prepare sessions, from a page of ours; raise `NoAccess`."""
    if not _from_us(scope):
        raise NoAccess
    if of_house(_cookie(scope, ORGANISER), "prepare"):
        return
    await _need(scope, "house:prepare")


async def shelving(scope: Scope) -> None:
    """Let in whoever may take texts into the library, from a page of ours; raise `NoAccess`."""
    if not _from_us(scope):
        raise NoAccess
    await _need(scope, "house:library")


async def _need(scope: Scope, verb: str) -> None:
    """Raise `NoAccess` unless whoever signed in in this browser may do it."""
    key = _cookie(scope, settings.SESSION_COOKIE_NAME)
    entrusted: bool = await asyncio.to_thread(_entrusted, key, verb)
    if not entrusted:
        raise NoAccess


def looking(scope: Scope) -> Viewer:
    """Give who is signed in in the browser that asks; nobody for a change from another's page."""
    key = _cookie(scope, settings.SESSION_COOKIE_NAME)
    if not key or (scope["method"] not in SAFE and not _from_us(scope)):
        return Viewer(None, timezone.localdate())
    return viewer(_request(key))


def sent_with(scope: Scope, name: str) -> str:
    """Give a cookie that a page of ours sends along; "" where another's page asks."""
    ours = scope["method"] in SAFE or _from_us(scope)
    return _cookie(scope, name) if ours else ""


def header(scope: Scope, name: bytes) -> str:
    """Give a header of a request, empty where there is none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _session(code: str) -> Head:
    try:
        return find_session(code)
    except Invalid:
        raise NoAccess from None


def _entrusted(key: str, verb: str) -> bool:
    return bool(key) and permitted(viewer(_request(key)), verb)


def _request(key: str) -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore(key)
    request.user = get_user(request)
    return request


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
