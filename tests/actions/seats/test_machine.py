"""Registrations at random, beside a model of a few lines: nobody oversold, nobody overtaken."""

import itertools
from datetime import timedelta

from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from fabrique.actions import seats
from fabrique.domain.text import Invalid
from fabrique.store.models import Registration
from tests.actions.seats.given import enter, pool
from tests.store.made import person

_boss = []


def boss():
    if not _boss:
        _boss.append(person())
    return _boss[0]


class Registrations(RuleBasedStateMachine):
    people = Bundle("people")

    @initialize(size=st.integers(0, 3))
    def opens(self, size):
        self.where = pool(size, days=30)
        self.now, self.forced = timezone.now(), 0
        self.names = itertools.count(1)
        self.queue = []  # who waits, first to last, as the model has it

    def seat(self):
        self.where.refresh_from_db()
        return seats.gauge(self.where, self.now)

    def offered(self):
        """The model: whoever is no longer waiting left the head of the queue, in its order."""
        rows = Registration.objects.filter(pool=self.where)
        waiting = {row.pk for row in rows.filter(state="waiting")}
        heads = list(itertools.takewhile(lambda one: one not in waiting, self.queue))
        assert self.queue[len(heads) :] == [one for one in self.queue if one in waiting]
        del self.queue[: len(heads)]

    @rule(target=people)
    def registers(self):
        full = not self.seat().has_room or bool(self.queue)
        row = enter(self.where, f"P{next(self.names)}", now=self.now)
        self.offered()
        assert row.state == ("waiting" if full or self.queue else "confirmed")
        if row.state == "waiting":
            self.queue.append(row.pk)
        return row.pk

    @rule(one=consumes(people))
    def cancels(self, one):
        seats.cancel(one, self.now)
        self.queue = [other for other in self.queue if other != one]
        self.offered()

    @rule(one=people)
    def declines(self, one):
        if Registration.objects.get(pk=one).state == "offered":
            seats.decline(one, self.now)
            self.offered()

    @rule(one=people)
    def accepts(self, one):
        row = Registration.objects.get(pk=one)
        live = row.state == "offered" and row.offered_until > self.now
        try:
            after = seats.accept(one, self.now).state
        except Invalid:
            after = Registration.objects.get(pk=one).state
            assert after == row.state
        assert (after == "confirmed") == (live or row.state == "confirmed")

    @rule(hours=st.sampled_from([1, 13, 25]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        seats.tend(self.now)
        self.offered()

    @rule(size=st.integers(0, 4))
    def has_other_seats(self, size):
        seats.capacity(self.where.pk, size, self.now, boss(), sure=True)
        self.forced = self.seat().over
        self.offered()

    @invariant()
    def nobody_is_oversold(self):
        found = self.seat()
        assert found.over <= self.forced
        self.forced = found.over

    @invariant()
    def no_seat_is_free_while_somebody_waits(self):
        found = self.seat()
        assert not (found.waiting and found.has_room)

    @invariant()
    def the_queue_is_in_order_of_arrival(self):
        rows = Registration.objects.filter(pool=self.where, state="waiting")
        assert list(rows.order_by("rank").values_list("pk", flat=True)) == self.queue


TestRegistrations = Registrations.TestCase
TestRegistrations.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
