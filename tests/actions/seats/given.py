"""A pool and people who want its seats, for tests of seats."""

import itertools
import uuid

from django.utils import timezone

from fabrique.actions import seats
from fabrique.domain.tier import Tier
from fabrique.store.models import Form, Pool, Registration
from tests.store.made import gathering

_numbers = itertools.count(1)


def pool(size=2, kind="remote", about=None, form=None, **fields):
    about = about or gathering(**fields)
    if form is not None:
        Form.objects.create(gathering=about, **form)
    title = f"Places {next(_numbers)}"
    return Pool.objects.create(gathering=about, kind=kind, title=title, size=size)


def entry(where, name="Ana", tier=Tier.GUEST, **fields):
    n = next(_numbers)
    given = {"email": f"{name.lower()}.{n}@example.org", **fields}
    return seats.Entry(id=uuid.uuid4(), pool=where.pk, name=name, tier=tier, **given)


def enter(where, *names, now=None, by=None, **fields):
    now = now or timezone.now()
    rows = [seats.enter(entry(where, name, **fields), now, by) for name in names]
    return rows if len(rows) > 1 else rows[0]


def states(where):
    rows = Registration.objects.filter(pool=where).order_by("rank", "queued_at", "id")
    return [f"{row.name} {row.state}" for row in rows]


def state(row):
    return Registration.objects.get(pk=row.pk).state
