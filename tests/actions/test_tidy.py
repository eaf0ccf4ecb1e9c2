from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from fabrique.actions.members import add_person
from fabrique.actions.tidy import forget_unproved, tidy
from fabrique.store.models import Person
from tests.store.made import joined, person

NOW = timezone.now()


def unproved(somebody, days=3, *, verified=False):
    Person.objects.filter(pk=somebody.pk).update(created_at=NOW - timedelta(days=days))
    EmailAddress.objects.create(user=somebody, email=somebody.email, verified=verified)
    return somebody


def test_an_account_whose_address_nobody_proved_goes_after_two_days():
    stranger = unproved(person())
    kept = [
        unproved(person(), days=1),
        unproved(person(), verified=True),
        unproved(add_person("made.by.team@example.org", "", person())),
        unproved(person(last_login=NOW)),
        unproved(joined(person()).person),
    ]
    assert forget_unproved(NOW) == 1
    assert not Person.objects.filter(pk=stranger.pk).exists()
    assert Person.objects.filter(pk__in=[one.pk for one in kept]).count() == len(kept)


def test_visits_that_are_over_are_thrown_away():
    visit = SessionStore()
    visit["a"] = 1
    visit.save()
    Session.objects.filter(pk=visit.session_key).update(expire_date=NOW - timedelta(days=1))
    for _ in range(2):
        tidy(NOW)
    assert not Session.objects.filter(pk=visit.session_key).exists()
