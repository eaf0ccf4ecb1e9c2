"""Who is asking: seats kept in signed cookies, one a session, sent nowhere else."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from fabrique.actions.access import (
    HOUSE,
    SEAT_LASTS,
    NoAccess,
    Role,
    Seat,
    allowed,
    read_seat,
)
from fabrique.actions.animate import find_session
from fabrique.actions.policy import allowed as permitted
from fabrique.domain.text import Invalid
from fabrique.store.journal import Head
from fabrique.web.attempts import attempts
from fabrique.web.viewer import viewer

SEAT, CONSOLE, STAGE = "seat", "console", "stage"  # one browser may hold all three
COOKIES = {Role.PARTICIPANT: SEAT, Role.FACILITATOR: CONSOLE, Role.STAGE: STAGE}


ORGANISER = "organiser"


class Elsewhere(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """The session asked for has its address under `code`: seats are kept under that one alone."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TooMany(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """This address has tried too many wrong codes."""


def typed(code: str) -> str:
    """Read a code as people type it: any case, spaces and dashes between."""
    return "".join(char for char in code.upper() if char.isalnum())[:12]


def session_of(request: HttpRequest, code: str) -> Head:
    """Find a session by its code; raise `Http404`, or `TooMany` for whoever guesses.

    Raises `Elsewhere` for a code written otherwise than ours.
    """
    if (ours := typed(code)) and ours != code:
        raise Elsewhere(ours)
    address = request.META.get("REMOTE_ADDR", "")
    if attempts.blocked(address, code):
        raise TooMany
    try:
        head = find_session(code)
    except Invalid:
        attempts.failed(address)
        raise Http404(code) from None
    attempts.found(address, code)
    return head


def token_of(request: HttpRequest, head: Head, act: str) -> tuple[str, Seat]:
    """Give a token of this browser, and its seat, that may do `act` here; raise `NoAccess`."""
    for cookie in (SEAT, CONSOLE, STAGE):
        token = request.COOKIES.get(cookie, "")
        try:
            seat = read_seat(token)
        except NoAccess:
            continue
        if seat.session == head.id and allowed(seat.role, act):
            return token, seat
    raise NoAccess


def keep(response: HttpResponse, head: Head, token: str, role: Role) -> HttpResponse:
    """Keep a token in this browser, for the pages of this session only."""
    response.set_cookie(
        COOKIES[role],
        token,
        max_age=SEAT_LASTS,
        path=f"/s/{head.code}/",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def keep_organiser(response: HttpResponse, token: str) -> HttpResponse:
    """Keep in this browser the right to prepare sessions in this house."""
    response.set_cookie(
        ORGANISER,
        token,
        max_age=SEAT_LASTS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def may_prepare(request: HttpRequest) -> bool:
    """Say whether this browser may make sessions here."""
    return may(request, "prepare")


def may(request: HttpRequest, act: str) -> bool:
    """Say whether this browser may do `act` in the whole house.

    By a link of the house, or because whoever signed in is entrusted with it.
    """
    if of_house(request.COOKIES.get(ORGANISER, ""), act):
        return True
    return allowed(Role.ORGANISER, act) and permitted(viewer(request), "house:prepare")


def require(request: HttpRequest, act: str) -> None:
    """Raise `NoAccess` unless this browser may do `act` in the whole house."""
    if not may(request, act):
        raise NoAccess


def of_house(token: str, act: str) -> bool:
    """Say whether whoever holds a token may do `act` in the whole house."""
    try:
        seat = read_seat(token)
    except NoAccess:
        return False
    return seat.session == HOUSE and allowed(seat.role, act)


def leave(response: HttpResponse, head: Head) -> HttpResponse:
    """Give the seat back: somebody else takes this device."""
    response.delete_cookie(SEAT, path=f"/s/{head.code}/", samesite="Lax")
    return response
