"""The pictures of a session: each fetched once by whoever has a seat, then kept."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fabrique.actions.access import NoAccess
from fabrique.domain.pictures import embedded, mark, media_name
from fabrique.store.here import media, pictures_of
from fabrique.store.journal import Head
from fabrique.web.seats import session_of, token_of

TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
SCREENS = ("screen:phone", "screen:stage", "screen:console")
KNOWN = 64  # sessions whose pictures are remembered


@require_safe
def show(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Give a picture by its name, which changes when it does."""
    head = session_of(request, code)
    _check(request, head)
    content = _content(head, name)
    if content is None:
        raise Http404(name)
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _content(head: Head, name: str) -> bytes | None:
    if media_name(f"media:{name}"):
        return media().read(name) if _refers(head, f"media:{name}") else None
    for src in pictures_of(head):
        if mark(src) == name and (found := embedded(src)):
            return found[1]
    return None


def _refers(head: Head, src: str) -> bool:
    known = _known(head.id, head.epoch)
    if src not in known:
        known |= {one for one in pictures_of(head) if media_name(one)}
    return src in known


@lru_cache(KNOWN)
def _known(session: int, epoch: str) -> set[str]:
    """Remember what a session refers to: it never stops, short of an erasure, a new epoch."""
    return set()


def _check(request: HttpRequest, head: Head) -> None:
    for screen in SCREENS:
        try:
            token_of(request, head, screen)
        except NoAccess:
            continue
        return
    raise NoAccess
