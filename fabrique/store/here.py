"""The instance's journal, for whoever asks from a page, a command or a thread of the hub."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec
from django.apps import apps
from django.conf import settings

from fabrique.domain import pace
from fabrique.domain.definitions import read_plan
from fabrique.domain.pictures import MEDIA, sources
from fabrique.domain.registry import discover
from fabrique.domain.session import Kinds, Plan, Session, fold
from fabrique.store.files import Media
from fabrique.store.journal import Head, Journal
from fabrique.store.whole import held

_threads = threading.local()


def kinds() -> Kinds:
    """Give every kind of activity this house has."""
    found: Kinds = discover("fabrique.activities")
    return found


def opened() -> Journal:
    """Open the instance's journal anew: for a thread that closes it itself."""
    return Journal(Path(settings.DATABASES["journal"]["NAME"]), kinds())


def here() -> Journal:
    """Give this thread's own connection to the journal, opened at the first call."""
    path = settings.DATABASES["journal"]["NAME"]
    if getattr(_threads, "path", None) != path:
        _threads.path, _threads.journal = path, opened()
    found: Journal = _threads.journal
    return found


def first_plan_of(head: Head) -> Plan:
    """Read the plan a session was made with, before any line of its journal; raise `Invalid`."""
    return read_plan(msgspec.json.decode(head.plan), kinds())


def plan_of(head: Head) -> Plan:
    """Give the plan as it stands; raise `Invalid` if this house has lost one of its kinds."""
    return fold(Session(first_plan_of(head)), here().prepared(head.id), kinds()).plan


def prepared(head: Head) -> Session:
    """Give a session as it was prepared: its plan, its date, who was invited; nobody is in it.

    Raises `Invalid` like `plan_of`.
    """
    lines = here().prepared(head.id, *pace.BODIES, "shared")
    return fold(Session(first_plan_of(head)), lines, kinds())


def media() -> Media:
    """Give the pictures of this instance."""
    return Media(Path(settings.MEDIA_ROOT))


def pictures_of(head: Head) -> set[str]:
    """Give the address of every picture a session ever referred to, unless it was erased."""
    lines = here().prepared(head.id, "opened", "noted")
    return {*sources(msgspec.json.decode(head.plan)), *sources([held(line) for line in lines])}


def sweep_media() -> int:
    """Take out the pictures that no session refers to any more; say how many."""
    return media().sweep(_referred())


def drop_media(names: set[str], since: float) -> int:
    """Take out those pictures that no session refers to; say how many."""
    return media().drop(names - _referred(), since)


def _referred() -> set[str]:
    texts = here().mentions("media:")
    return {found["name"] for text in texts for found in MEDIA.finditer(text)} | _of_people()


def _of_people() -> set[str]:
    person = apps.get_model("store", "Person")
    shown = person.objects.exclude(photo="", banner="").values_list("photo", "banner")
    return {name for pair in shown for name in pair if name}
