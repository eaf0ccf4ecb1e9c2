"""Gatherings, who leads them, and the letters they sent: made for `bench.maker`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

Told = dict[str, Any]


def gathering(slug: str, size: int, code: str = "", **fields: Any) -> Told:
    """Make a published gathering with its seats; give the session cookie of its organiser."""
    from django.utils import timezone  # noqa: PLC0415 - needs Django to be set up

    from fabrique.store.models import Gathering, Organiser, Person, Pool  # noqa: PLC0415

    starts = timezone.now() + timedelta(days=7)
    ends = starts + timedelta(hours=2)
    given = {"slug": slug, "title": "Fabrique du mardi", "state": "published", **fields}
    about = Gathering.objects.create(session=code, starts_at=starts, ends_at=ends, **given)
    person = Person.objects.create_user(f"{slug}@example.org", name="Olga")
    Organiser.objects.create(gathering=about, person=person)
    pool = Pool.objects.create(gathering=about, title="À distance", size=size)
    return {"pool": pool.pk, "cookie": _signed_in(person)}


def _signed_in(person: Any) -> str:
    from importlib import import_module  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415 - needs Django to be set up
    from django.contrib.auth import (  # noqa: PLC0415
        BACKEND_SESSION_KEY,
        HASH_SESSION_KEY,
        SESSION_KEY,
    )

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def letters(email: str) -> Told:
    """Give the letters to an address: what each is about, and the links in it."""
    from fabrique.store.models import Dispatch  # noqa: PLC0415 - needs Django to be set up

    rows = Dispatch.objects.filter(to=email).order_by("id")
    each = [(row.key.split(":")[0], re.findall(r"https?://\S+", row.body)) for row in rows]
    return {"letters": each}


def crowd(slug: str, people: list[dict[str, str]]) -> Told:
    """Give everybody an account and a seat in a gathering; give their registrations and links."""
    from uuid import uuid4  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415 - needs Django to be set up

    from fabrique.actions import seats  # noqa: PLC0415
    from fabrique.actions.registration_letters import token_of  # noqa: PLC0415
    from fabrique.domain.tier import Tier  # noqa: PLC0415
    from fabrique.store.models import Person, Pool  # noqa: PLC0415

    pool = Pool.objects.get(gathering__slug=slug)
    found = []
    for n, one in enumerate(people):
        person = Person.objects.create_user(f"{slug}.{n}@example.org", **one)
        entry = seats.Entry(
            id=uuid4(),
            pool=pool.pk,
            name=person.name,
            email=person.email,
            tier=Tier.MEMBER,
            person=person,
        )
        row = seats.enter(entry, timezone.now(), person)
        found.append({"id": str(row.pk), "token": token_of(row.pk), "name": row.name})
    return {"people": found}


def came(slug: str, ids: list[str]) -> Told:
    """Tick people at the door."""
    from uuid import UUID, uuid4  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415 - needs Django to be set up

    from fabrique.actions import seats  # noqa: PLC0415
    from fabrique.actions.registration_letters import token_of  # noqa: PLC0415
    from fabrique.store.models import Gathering  # noqa: PLC0415

    about = Gathering.objects.get(slug=slug)
    by = about.organisers.get().person
    now = timezone.now()
    for one in ids:
        seats.check(about, seats.Act(uuid4(), "in", UUID(one), now), now, by)
    rows = about.registrations.filter(state="attended")
    return {"tokens": {row.name: token_of(row.pk) for row in rows}}
