"""A disk that is full: whoever writes reads that nothing was kept, nothing was, and it goes on."""

import errno
import json
import uuid
from contextlib import contextmanager
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.apps import apps
from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fabrique.actions import polls, propose
from fabrique.domain.gathering import State
from fabrique.store.models import Availability, Gathering, Happening, Person, Poll, Pool
from fabrique.web import middleware
from fabrique.web.unkept import unkept
from tests.store.made import gathering, person

SAID = "Rien de ce que vous avez envoyé n’a été gardé."
FILLER = "filler"
MOST = 2**32 - 2  # pages: SQLite's own limit
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="only SQLite's pages can be counted from here"
)


@contextmanager
def full(poll):
    """Let the file of the tables have no page more, and those be full to which lines are added."""
    with connection.cursor() as cursor:
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count={pages}").fetchall()
    try:
        for size in (3000, 300, 30, 0):
            _fill(lambda _, size=size: Happening(verb=FILLER, about="", data=["x" * size]))
        _fill(lambda n: Availability(poll=poll, name=FILLER, key=str(n)))
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count={MOST}").fetchall()
        Happening.objects.filter(verb=FILLER).delete()
        Availability.objects.filter(name=FILLER).delete()


def _fill(make):
    for n in range(100_000):
        try:
            make(n).save()
        except OperationalError as error:
            assert "full" in str(error)  # noqa: PT017 - raised in the end, or the loop goes on
            return
    raise AssertionError


def state():
    """All that the tables hold, but what fills them."""
    held = {}
    for model in apps.get_app_config("store").get_models():
        if model._meta.model_name not in ("session", "participant", "entry"):
            rows = model.objects.all().values_list()
            held[model._meta.model_name] = sorted(str(row) for row in rows if FILLER not in row)
    return held


def browser(who=None):
    made = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    if who is not None:
        made.force_login(who)
    return made


@pytest.fixture
def me():
    return person("Olga")


@pytest.fixture
def about(me):
    found = gathering(organisers=[me], question="Et ?")
    Pool.objects.create(gathering=found, title="Salle", kind="site", size=3)
    return found


@pytest.fixture
def poll(about, me):
    now = timezone.now()
    slot = (now + timedelta(days=40), now + timedelta(days=40, hours=1))
    return polls.open_poll(about, [slot], now + timedelta(days=9), me, now)


class World(NamedTuple):
    """What the ways of writing write about."""

    about: Gathering
    me: Person
    poll: Poll


@pytest.fixture
def world(about, me, poll):
    return World(about, me, poll)


def registering(world):
    pool = world.about.pools.get()
    given = {"id": str(uuid.uuid4()), "name": "Ana", "email": "ana@example.org", "pool": pool.pk}
    who = browser()
    return lambda: who.post(f"/g/{world.about.slug}/register", given)


def ticking(world):
    act = {"id": str(uuid.uuid4()), "act": "walk-in", "who": str(uuid.uuid4()), "name": "Bob"}
    acts = json.dumps([act | {"at": timezone.now().isoformat()}])
    who, path = browser(world.me), f"/g/{world.about.slug}/checkin/sync"
    return lambda: who.post(path, acts, content_type="application/json")


def drafting(world):
    found = propose.start("quick", world.me, timezone.now())
    given = {**propose.said(found), "title": "Atelier", "question": "Et ?", "version": "0"}
    who = browser(world.me)
    return lambda: who.post(reverse("draft", args=[found.pk]), given)


def answering(world):
    given = {"name": "Ana", f"option-{world.poll.options.get().pk}": "yes"}
    who = browser()
    return lambda: who.post(reverse("poll", args=[world.poll.token]), given)


def publishing(world):
    world.about.state = State.PREPARED.value
    world.about.save()
    who = browser(world.me)
    return lambda: who.post(f"/g/{world.about.slug}/publish/", {"do": "published"})


WAYS = [registering, ticking, drafting, answering, publishing]


@on_sqlite
@pytest.mark.parametrize("way", WAYS)
def test_what_finds_no_room_is_not_kept_and_is_once_there_is_some(way, world, caplog):
    send = way(world)
    before = state()
    with full(world.poll):
        answer = send()
        assert answer.status_code == 503
        assert SAID in answer.content.decode()
        assert state() == before
    ours = [one for one in caplog.records if one.name == middleware.__name__]
    assert [one.getMessage() for one in ours] == [
        "Could not keep what a page was sent: database or disk is full"
    ]
    assert not any(one.exc_info for one in caplog.records)
    assert send().status_code in (200, 302, 303)
    assert state() != before


@on_sqlite
@pytest.mark.parametrize("way", WAYS)
def test_the_disk_was_full_indeed(way, world, monkeypatch):
    """Else the test above would prove nothing: unless it is caught, the error is there."""
    monkeypatch.setattr(middleware, "unkept", lambda _error: False)
    send = way(world)
    with full(world.poll), pytest.raises(OperationalError, match="full"):
        send()


def test_a_mistake_of_ours_is_none_of_the_disk():
    away = OperationalError("server closed the connection unexpectedly")
    assert [unkept(one) for one in (away, InterfaceError(), OSError(errno.ENOSPC, ""))] == [
        True
    ] * 3
    assert not unkept(OSError(errno.ECONNREFUSED, ""))
    assert not unkept(ValueError())


@on_sqlite
def test_what_the_database_cannot_understand_is_a_mistake_of_ours():
    with connection.cursor() as cursor, pytest.raises(OperationalError) as error:
        cursor.execute("SELECT * FROM nowhere")
    assert not unkept(error.value)
