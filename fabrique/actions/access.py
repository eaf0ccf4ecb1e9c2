"""The single gate: who somebody is comes from a signed token, what they may do from one table.

Sockets, pages and exports all ask here. What is not said to be allowed is not.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from enum import StrEnum
from functools import cache

import msgspec
from django.core.signing import BadSignature, TimestampSigner, b64_decode, b64_encode
from django.db import IntegrityError, transaction
from msgspec import Struct

from fabrique.domain import verbs
from fabrique.domain.pace import FARTHEST
from fabrique.store.models import SpentLink

SEAT_LASTS = int(FARTHEST.total_seconds())  # surveys and ideation go on for weeks
LINK_LASTS = 24 * 3600
PAIR_LASTS = 10 * 60  # a remote is paired at once, by its QR code
LINKS = {"link": LINK_LASTS, "pair": PAIR_LASTS}  # how each kind of one-time link is signed


HOUSE = 0  # the session of a seat that is of the whole instance


class Role(StrEnum):
    """What somebody is in a session, or in the house."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    STAGE = "stage"
    ORGANISER = "organiser"


class Seat(Struct, frozen=True, array_like=True):
    """What a token says: a place in one session. `participant` is empty for the animation.

    The name travels here, signed, until the journal writes it in the transaction of its `Joined`.
    """

    session: int
    participant: str
    role: Role
    name: str = ""
    heads: int = 1
    tier: str = ""  # of whoever registered: adherent, member or guest


class NoAccess(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """The token is forged, too old, already used, or for something else."""


# Acts: `prepare` to make sessions, `remove` to take an imported one back, `lead` to take the
# console of any of them, `screen:…` to look, `act` to take part, `animate` to lead, `report` to
# read what the session leaves (a participant: once it is over, and only results that were shown),
# `export` to take data away, `addresses` to see those that people left and have them written to.
GRANTS: dict[Role, frozenset[str]] = {
    Role.PARTICIPANT: frozenset({"screen:phone", "act", "report"}),
    Role.STAGE: frozenset({"screen:stage"}),
    Role.ORGANISER: frozenset({"prepare", "lead", "remove"}),
    Role.FACILITATOR: frozenset(
        {
            "screen:phone",
            "screen:stage",
            "screen:console",
            "screen:prepare",
            "act",
            "animate",
            "report",
            "export",
            "addresses",
        }
    ),
}


def allowed(role: str, act: str) -> bool:
    """Say whether `role` may do `act`; no to any role or act that is not in the table."""
    return act in GRANTS.get(role, frozenset())  # type: ignore[call-overload]


def act_of(verb: str) -> str:
    """Name the act behind an op's verb; a verb of a kind is taking part, the room judges it."""
    if verb in verbs.HUB:  # said by the hub: granted to nobody
        return "presence"
    return "animate" if verb in verbs.ANIMATION else "act"


def seat_token(seat: Seat) -> str:
    """Sign a seat."""
    return _sign("seat", seat)


def read_seat(token: str) -> Seat:
    """Read a seat token; raise `NoAccess`."""
    return _read("seat", token, SEAT_LASTS)


def console_link(session: int, nonce: str) -> str:
    """Sign a link that makes whoever posts it the facilitator, once, within a day."""
    return _sign("link", Seat(session, nonce, Role.FACILITATOR))


def pair_link(session: int, nonce: str) -> str:
    """Sign a link that makes another device a console, once, within minutes."""
    return _sign("pair", Seat(session, nonce, Role.FACILITATOR))


def organiser_link(nonce: str) -> str:
    """Sign a link that lets whoever posts it prepare sessions here, once, within a day."""
    return _sign("link", Seat(HOUSE, nonce, Role.ORGANISER))


def peek_link(token: str) -> Seat:
    """Give the seat of a link that may still be spent; changes nothing, raises `NoAccess`."""
    seat = _read_link(token)
    check_unspent(token)
    return Seat(seat.session, "", seat.role)


def spend_link(token: str) -> Seat:
    """Use a link, by POST only: mail programs open links. Raises `NoAccess` if it was used."""
    seat = peek_link(token)
    spend(token)
    return seat


def check_unspent(token: str) -> None:
    """Raise `NoAccess` if a token that works once was used; changes nothing."""
    if SpentLink.objects.filter(digest=_digest(token)).exists():
        raise NoAccess


def spend(token: str) -> None:
    """Use a token that works once: of two who do at the same moment, one gets `NoAccess`."""
    try:
        with transaction.atomic():
            SpentLink.objects.create(digest=_digest(token))
    except IntegrityError:
        raise NoAccess from None


def removal_token(address: int) -> str:
    """Sign a link by which whoever left an address takes it out; it is not a role."""
    return _signer("address").sign(str(address))


def read_removal(token: str) -> int:
    """Give the address that a link takes out; raise `NoAccess`."""
    try:
        return int(_signer("address").unsign(token))
    except (BadSignature, ValueError):
        raise NoAccess from None


def is_pairing(token: str) -> bool:
    """Say whether a one-time link pairs a remote, used or not."""
    try:
        _read("pair", token, LINK_LASTS)
    except NoAccess:
        return False
    return True


def _read_link(token: str) -> Seat:
    for use, lasts in LINKS.items():
        with suppress(NoAccess):
            return _read(use, token, lasts)
    raise NoAccess


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _sign(use: str, seat: Seat) -> str:
    return _signer(use).sign(b64_encode(msgspec.json.encode(seat)).decode())


def _read(use: str, token: str, lasts: int) -> Seat:
    try:
        return _SEATS.decode(b64_decode(_signer(use).unsign(token, max_age=lasts).encode()))
    except (BadSignature, msgspec.DecodeError, ValueError):
        raise NoAccess from None


@cache
def _signer(use: str) -> TimestampSigner:
    return TimestampSigner(salt=f"fabrique.{use}")


_SEATS = msgspec.json.Decoder(Seat)
