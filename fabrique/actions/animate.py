"""Animate: make a session, take a seat in it, bring one back from its archive."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
from msgspec import structs

from fabrique.actions.access import (
    Role,
    Seat,
    console_link,
    organiser_link,
    pair_link,
    seat_token,
)
from fabrique.domain import archive, export
from fabrique.domain.bodies import write_body
from fabrique.domain.definitions import plan_data, read_plan
from fabrique.domain.pictures import readdressed
from fabrique.domain.schema import Line, read
from fabrique.domain.session import Plan
from fabrique.domain.text import Invalid, Text
from fabrique.importers.running_order import read_running_order, write_running_order
from fabrique.store.here import here, kinds, media, plan_of
from fabrique.store.journal import Head, Taken
from fabrique.store.whole import readdress

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31, none taken for another when read aloud
LENGTH = 6
LONGEST_NAME = 80


def create_session(plan: Plan, code: str | None = None) -> Head:
    """Make a session; without `code`, one of six symbols that nobody can guess.

    Raises `Invalid` for a code that is taken or could not be typed, and for a plan that could not
    be read again.
    """
    text = write_body(plan_data(plan))
    read_plan(msgspec.json.decode(text), kinds())
    if code is not None:
        return here().head(_created(_typed(code), text))
    while True:
        try:
            return here().head(_created(new_code(), text))
        except Invalid:  # taken: one chance in 900 million
            continue


def copy_session(head: Head) -> Head:
    """Make a session like another, to be run from now on: its people and answers stay there."""
    plan = structs.replace(plan_of(head), starts_at=datetime.now(UTC), notice="")
    return create_session(plan)


def import_running_order(content: bytes) -> Head:
    """Make a session from a running order in a file; raise `Invalid`, nothing being kept then."""
    plan = read_running_order(content, kinds(), datetime.now(UTC))
    return create_session(_readdressed(plan, media().kept))


def export_running_order(head: Head) -> bytes:
    """Write the running order of a session, its pictures carried in it."""
    return write_running_order(_readdressed(plan_of(head), media().carried))


def _readdressed(plan: Plan, change: Callable[[str], str]) -> Plan:
    return read_plan(readdressed(plan_data(plan), change), kinds())


def _created(code: str, plan: str) -> int:
    try:
        return here().create(code, plan, datetime.now(UTC))
    except Taken:
        raise Invalid(Text("The code {code} is taken.", {"code": code})) from None


def _typed(code: str) -> str:
    typed = code.strip().upper()
    if not 4 <= len(typed) <= 12 or set(typed) - set(SYMBOLS):  # noqa: PLR2004 - what is typed by hand
        raise Invalid(Text("A code has 4 to 12 letters or digits, without I, L, O, 0, 1."))
    return typed


def new_code() -> str:
    """Draw a code."""
    return "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH))


def find_session(code: str) -> Head:
    """Find a session by the code somebody typed; raise `Invalid`."""
    try:
        return here().by_code(code)
    except LookupError:
        raise Invalid(Text("No session has the code {code}.", {"code": code[:12]})) from None


def take_seat(session: int, name: str = "", heads: int = 1, tier: str = "") -> str:
    """Give a newcomer's token; nothing is written until their screen says hello.

    Raises `Invalid` for a name that cannot be shown.
    """
    shown = " ".join(read(name, Line).split())
    if len(shown) > LONGEST_NAME:
        limit = {"limit": LONGEST_NAME}
        raise Invalid(Text("A name has at most {limit} characters.", limit))
    return seat_token(Seat(session, secrets.token_hex(8), Role.PARTICIPANT, shown, heads, tier))


def stage_token(session: int) -> str:
    """Give the token of a big screen: it looks, and cannot act."""
    return seat_token(Seat(session, "", Role.STAGE))


def facilitator_token(session: int) -> str:
    """Give the token of a console."""
    return seat_token(Seat(session, "", Role.FACILITATOR))


def new_console_link(session: int) -> str:
    """Give a one-time token that `access.spend_link` turns into a facilitator's seat."""
    return console_link(session, secrets.token_hex(8))


def new_pair_link(session: int) -> str:
    """Give a one-time token, good for minutes, that makes a phone another console."""
    return pair_link(session, secrets.token_hex(8))


def new_organiser_link() -> str:
    """Give a one-time token that lets whoever spends it prepare sessions in this instance."""
    return organiser_link(secrets.token_hex(8))


def import_archive(data: bytes, code: str | None = None) -> Head:
    """Bring a session back from its archive, under a new code unless one is given.

    An export is taken for the archive it holds. Raises `Invalid` for what is not whole or was
    imported before; then nothing is kept.
    """
    if export.is_export(data):
        data = export.archive_of(data)
    found = archive.read(data, kinds())
    fingerprint = archive.fingerprint(found)
    _refuse_twice(fingerprint)
    found = readdress(found, media().kept, kinds())
    plan = write_body(plan_data(found.plan))
    wanted = new_code() if code is None else _typed(code)
    row = (wanted, plan, datetime.now(UTC), fingerprint)
    try:
        return here().head(here().restore(row, found.participants, found.entries))
    except Taken:
        _refuse_twice(fingerprint)
        raise Invalid(Text("The code {code} is taken.", {"code": wanted})) from None


def _refuse_twice(fingerprint: str) -> None:
    try:
        known = here().by_fingerprint(fingerprint)
    except LookupError:
        return
    raise Invalid(Text("This archive is already here: session {code}.", {"code": known.code}))
