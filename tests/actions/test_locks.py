# ruff: noqa: F811 - fixtures of another file
"""Two people on one text: one at a part, however close they come; no lock outlives its sign."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from fabrique.actions.history import past_of
from fabrique.actions.minutes import locks
from fabrique.domain.text import Invalid
from fabrique.store.models import SectionLock
from tests.actions.test_minutes import NOW, head, minutes, zoe  # noqa: F401 - fixtures
from tests.store.made import person

PEOPLE = 8


def at_once(people, take):
    """Have all of them take the same part at the same instant; give who has it."""
    start, won = threading.Barrier(len(people)), []

    def come(who):
        try:
            start.wait()
            take(who)
            won.append(who)
        except Invalid:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=come, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won


@pytest.mark.parametrize("lapsed", [False, True])
def test_of_those_who_come_at_once_one_is_at_the_part(minutes, lapsed):
    people = [person(f"Ana{n}") for n in range(PEOPLE)]
    if lapsed:
        locks.take(minutes, "Suite", person("Partie"), NOW - 2 * locks.LAPSE)
    won = at_once(people, lambda who: locks.take(minutes, "Suite", who, NOW))
    assert len(won) == 1
    assert SectionLock.objects.get(minutes=minutes, section="Suite").person == won[0]


def test_whoever_looks_first_and_writes_after_lets_several_in(minutes):
    """The same race without the statement that looks and takes at once: the test sees it."""
    people = [person(f"Bob{n}") for n in range(PEOPLE)]
    locks.take(minutes, "Suite", person("Partie"), NOW - 2 * locks.LAPSE)
    looked = threading.Barrier(PEOPLE)

    def take(who):
        row = SectionLock.objects.get(minutes=minutes, section="Suite")
        looked.wait()
        if row.seen_at < NOW - locks.LAPSE:
            SectionLock.objects.filter(pk=row.pk).update(person=who, since=NOW, seen_at=NOW)

    assert len(at_once(people, take)) == PEOPLE


def test_a_part_is_held_until_no_sign_comes_for_a_while(minutes, zoe):
    ana = person("Ana")
    locks.take(minutes, "Suite", ana, NOW)
    with pytest.raises(Invalid) as refused:
        locks.take(minutes, "Suite", zoe, NOW + timedelta(minutes=2))
    assert refused.value.text.params["name"] == "Ana"
    locks.take(minutes, "Suite", ana, NOW + timedelta(minutes=2))  # a sign
    with pytest.raises(Invalid):
        locks.take(minutes, "Suite", zoe, NOW + timedelta(minutes=4))
    locks.take(minutes, "Suite", zoe, NOW + timedelta(minutes=6))
    assert [one.section for one in locks.held(minutes, ana, NOW + timedelta(minutes=6))] == [
        "Suite"
    ]


def test_somebody_is_at_one_part_and_leaves_it_by_going_to_another(minutes, zoe):
    ana = person("Ana")
    locks.take(minutes, "Un", ana, NOW)
    locks.take(minutes, "Deux", ana, NOW)
    locks.take(minutes, "Un", zoe, NOW)
    assert [one.section for one in locks.held(minutes, zoe, NOW)] == ["Deux"]
    with pytest.raises(Invalid):
        locks.check_free(minutes, zoe, NOW)


def test_taking_over_is_said(minutes, zoe):
    locks.take(minutes, "Suite", person("Ana"), NOW)
    locks.take(minutes, "Suite", zoe, NOW, over=True)
    assert SectionLock.objects.get(minutes=minutes).person == zoe
    assert [one.verb for one in past_of(minutes)][-1] == "minutes.taken-over"
