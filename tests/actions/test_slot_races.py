"""Eight groups that keep slots which overlap, at the same instant: one has it, the others are told.

Each has a connection of its own. Whoever looks what stands in the slot waits for the others to look
as well: unless something keeps them apart, all find it free.
"""

import contextlib
import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections, transaction

from fabrique.actions import polls, slots
from fabrique.domain.language import language
from fabrique.domain.text import Invalid
from fabrique.store.models import Gathering, Option, Poll
from tests.store import made

GROUPS = 8
NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
START = datetime(2028, 3, 7, 18, tzinfo=ZoneInfo("Europe/Paris"))
LOOKING = 1.0  # seconds one waits for the others, who may be kept away
TURN = timedelta(minutes=10)  # each begins so much later than the one before, and lasts two hours


@pytest.fixture
def groups(monkeypatch):
    """Groups with a poll each; whoever looks at a slot waits until all have looked, or a while."""
    Gathering.objects.filter(starts_at__gte=START).delete()
    together, look = threading.Barrier(GROUPS), slots.clashes

    def looking(*args, **kwargs):
        found = look(*args, **kwargs)
        with contextlib.suppress(threading.BrokenBarrierError):
            together.wait(LOOKING)
        return found

    monkeypatch.setattr(slots, "clashes", looking)
    me = made.person()
    found = [made.gathering(f"Café {n}", [me], starts_at=None, ends_at=None) for n in range(GROUPS)]
    return [(one, *asked(one, me, n * TURN)) for n, one in enumerate(found)]


def asked(about, me, later):
    slot = (START + later, START + later + timedelta(hours=2))
    return polls.open_poll(about, [slot], START, me, NOW).options.get(), me


def all_keep(groups):
    """Have every group keep its slot at once; give what each was told, None where it has it."""
    start, told = threading.Barrier(len(groups)), {}

    def keep(about, option, me):
        try:
            start.wait()
            polls.keep(about, option.pk, me, NOW)
            told[about.pk] = None
        except Invalid as error:
            told[about.pk] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=keep, args=one) for one in groups]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [told[about.pk] for about, _, _ in groups]


def kept():
    return Gathering.objects.filter(starts_at__gte=START).count()


def test_of_those_who_keep_slots_that_overlap_one_has_it_and_the_others_are_told_who(groups):
    told = all_keep(groups)
    assert (told.count(None), kept()) == (1, 1)
    winner, _, _ = groups[told.index(None)]
    for error in filter(None, told):
        assert error.where == "clash"
        assert f"« {winner.title} » a lieu à ce moment-là" in plain(language("fr").say(error.text))
    # What the others had stays: their poll is open, and they may keep another slot.
    mine = Option.objects.filter(poll__gathering__in=[one for one, _, _ in groups])
    assert mine.filter(kept=True).count() == 1
    assert (
        Poll.objects.filter(gathering__in=[one for one, _, _ in groups], closed=False).count() == 7
    )


def plain(words):
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def test_without_what_keeps_them_apart_they_all_keep_it(groups, monkeypatch):
    """Else the test above would prove nothing."""
    monkeypatch.setattr(slots, "one_at_a_time", lambda: None)
    if connection.vendor == "sqlite":  # its transactions keep them apart by themselves
        monkeypatch.setattr(transaction, "atomic", lambda *_a, **_k: contextlib.nullcontext())
    told = all_keep(groups)
    assert told.count(None) > 1
    assert kept() == told.count(None)
