"""Makes sessions and tokens in an instance that is being served: one JSON line in, one out.

Run as a program with `FABRIQUE_DATA` and `FABRIQUE_URL` of the instance; it ends with its input.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from bench import maker_seats

Told = dict[str, Any]


def main() -> None:
    """Answer lines until there are no more."""
    from fabrique.commands._instance import wake  # noqa: PLC0415 - sets Django up

    wake()
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(_DO[order.pop("do")](**order)), flush=True)


def _session(plan: Told, code: str | None = None) -> Told:
    from fabrique.actions import animate  # noqa: PLC0415 - needs Django to be set up
    from fabrique.domain.definitions import read_plan  # noqa: PLC0415
    from fabrique.store.here import kinds  # noqa: PLC0415

    return _told(animate.create_session(read_plan(plan, kinds()), code))


def _told(head: Any) -> Told:
    from fabrique.actions import animate  # noqa: PLC0415 - needs Django to be set up

    link, stage = animate.new_console_link(head.id), animate.stage_token(head.id)
    lead = animate.facilitator_token(head.id)
    return {"session": head.id, "code": head.code, "link": link, "look": stage, "lead": lead}


def _cafe() -> Told:
    from bench.server import CAFE  # noqa: PLC0415
    from fabrique.actions import animate  # noqa: PLC0415 - needs Django to be set up
    from fabrique.domain.registry import discover  # noqa: PLC0415
    from fabrique.importers.script import read_script  # noqa: PLC0415

    plan = read_script(CAFE.read_bytes(), discover("fabrique.activities")).plan
    return _told(animate.create_session(plan))


def _restore(archive: str) -> Told:
    from fabrique.actions import animate  # noqa: PLC0415 - needs Django to be set up

    return _told(animate.import_archive(Path(archive).read_bytes()))


def _seats(session: int, people: int = 0, names: list[str] | None = None) -> Told:
    from fabrique.actions import animate  # noqa: PLC0415 - needs Django to be set up

    called = names or [f"Personne {n}" for n in range(1, people + 1)]
    return {"seats": [animate.take_seat(session, name) for name in called]}


def _links(session: int) -> Told:
    from fabrique.actions import animate  # noqa: PLC0415 - needs Django to be set up

    organise = {f"organise_{one}": animate.new_organiser_link() for one in ("fr", "en")}
    return {"link": animate.new_console_link(session), **organise}


def _old_seat(session: int, days: int) -> Told:
    """Sign a seat as it was signed some days ago."""
    from django.core.signing import b62_encode  # noqa: PLC0415

    from fabrique.actions import access  # noqa: PLC0415 - needs Django to be set up

    signer = access._signer("seat")  # noqa: SLF001 - no clock to be set back otherwise
    signer.timestamp = lambda: b62_encode(int(time.time()) - days * 24 * 3600)  # type: ignore[method-assign]
    try:
        return _seats(session, 1)
    finally:
        del signer.timestamp


def _signed_in(name: str, roles: list[str] | None = None, *, adheres: bool = False) -> Told:
    """Make somebody with an account, and the cookie of a browser where they signed in."""
    from datetime import date  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY  # noqa: PLC0415
    from django.contrib.auth import SESSION_KEY as PERSON  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from fabrique.store.models import Mandate, Membership, Person  # noqa: PLC0415

    person = Person.objects.create_user(f"{name.lower()}@example.org", name=name)
    for role in roles or []:
        Mandate.objects.create(person=person, role=role, since=date(2020, 1, 1))
    if adheres:
        span = {"starts_on": date(2020, 1, 1), "ends_on": date(2040, 1, 1)}
        Membership.objects.create(person=person, paid=True, **span)
    kept = SessionStore()
    kept[PERSON] = str(person.pk)
    kept[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    kept[HASH_SESSION_KEY] = person.get_session_auth_hash()
    kept.create()
    own = {"cookie": settings.SESSION_COOKIE_NAME, "value": kept.session_key}
    return {"person": str(person.pk), **own}


def _gathering(organiser: str, **fields: Any) -> Told:
    """Make a gathering that the team has accepted, with one person in its group."""
    from fabrique.store.models import Gathering, Organiser  # noqa: PLC0415 - needs Django

    made = Gathering.objects.create(**{"state": "prepared", **fields})
    Organiser.objects.create(gathering=made, person_id=organiser)
    return {"gathering": str(made.pk), "slug": made.slug}


_DO = {
    "signed_in": _signed_in,
    "gathering": _gathering,
    "session": _session,
    "cafe": _cafe,
    "restore": _restore,
    "seats": _seats,
    "links": _links,
    "old_seat": _old_seat,
    "seated": maker_seats.gathering,
    "letters": maker_seats.letters,
    "crowd": maker_seats.crowd,
    "came": maker_seats.came,
}

if __name__ == "__main__":
    main()
