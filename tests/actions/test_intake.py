"""Members taken in from a file: foreseen, kept whole, taken back whole."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fabrique.actions import members
from fabrique.actions.intake import foresee, keep, undo
from fabrique.actions.members import Period
from fabrique.domain.text import Invalid
from fabrique.importers.members import Asked, read_members
from fabrique.store.models import Batch, Membership, Person, Structure, Taken
from tests.store.made import joined, person

NOW = timezone.now()
TODAY = timezone.localdate()
HEAD = "email;nom;structure;début;fin;payé\n"


@pytest.fixture
def staff():
    return person("Équipe", roles=["staff"])


def file(*lines):
    content = (HEAD + "".join(f"{line}\n" for line in lines)).encode()
    return content, read_members(content, Asked(), TODAY)


def counts():
    return Person.objects.count(), Membership.objects.count(), Structure.objects.count()


def everything():
    return (
        list(Person.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
        list(Structure.objects.order_by("pk").values()),
    )


def test_looking_changes_nothing_and_says_all():
    known = person("", territory="Lyon")
    row = joined(known, paid=False, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    before = everything()
    _, read = file(
        f"{known.email};Nom Connu;Lieu Neuf;01/01/2026;31/12/2026;oui",
        "look.one@example.org;Un;Lieu Neuf;01/01/2026;31/12/2026;oui",
        "look.one@example.org;Un;;01/01/2027;31/12/2027;non",
    )
    first, second, third = foresee(read)
    assert (first.is_new, first.fills, first.joins, first.pays) == (
        False,
        ("name", "structure"),
        False,
        True,
    )
    assert (second.is_new, second.joins) == (True, True)
    assert (third.is_new, third.joins) == (False, True)
    assert everything() == before
    assert row.paid is False


def test_kept_then_taken_back_all_is_as_before(staff):
    known = person("", territory="Lyon")
    joined(known, paid=False, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    before = everything()
    content, read = file(
        f"{known.email};Nom Connu;Lieu Tout Neuf;01/01/2026;31/12/2026;oui",
        "kept.one@example.org;Un;Lieu Tout Neuf;01/01/2026;31/12/2026;oui",
        "kept.one@example.org;Un;;01/01/2027;31/12/2027;non",
    )
    batch = keep(content, read, staff, NOW)
    known.refresh_from_db()
    assert (known.name, known.structure.name) == ("Nom Connu", "Lieu Tout Neuf")
    assert known.memberships.get().paid is True
    made = Person.objects.get(email="kept.one@example.org")
    assert made.memberships.count() == 2
    assert not made.has_usable_password()
    assert made.shown == {}
    done = undo(batch, staff, NOW)
    assert (done.gone, done.back, done.stays) == (4, 2, 0)
    assert everything() == before
    with pytest.raises(Invalid):
        undo(batch, staff, NOW)


def test_the_same_file_twice_is_refused_and_again_after_undoing_taken(staff):
    content, read = file("twice@example.org;Deux;;01/01/2026;;oui")
    batch = keep(content, read, staff, NOW)
    before = counts()
    with pytest.raises(Invalid) as refused:
        keep(content, read, staff, NOW)
    assert refused.value.text.params["day"] == f"{NOW:%d/%m/%Y}"
    assert counts() == before
    undo(batch, staff, NOW)
    keep(content, read, staff, NOW)


def test_a_file_that_says_the_same_changes_nothing_more(staff):
    content, read = file("same@example.org;Même;;01/01/2026;31/12/2026;oui")
    keep(content, read, staff, NOW)
    other, again = file("same@example.org;Même;;2026-01-01;2026-12-31;oui", "")
    before = everything()
    batch = keep(other, again, staff, NOW)
    assert everything() == before
    assert batch.taken.count() == 0


def test_what_was_used_or_changed_since_stays(staff):
    content, read = file(
        "used@example.org;Utilisé;;01/01/2026;31/12/2026;oui",
        "ended@example.org;Fini;;01/01/2026;31/12/2026;oui",
        "free@example.org;Libre;;01/01/2026;31/12/2026;oui",
    )
    batch = keep(content, read, staff, NOW)
    Person.objects.filter(email="used@example.org").update(last_login=NOW)
    ended = Membership.objects.get(person__email="ended@example.org")
    members.end_membership(ended, date(2026, 6, 1), staff)
    done = undo(batch, staff, NOW)
    assert done.stays == 3  # who signed in; what was ended, and whose it is
    emails = Person.objects.filter(email__in=["used@example.org", "ended@example.org"])
    assert emails.count() == 2
    assert not Person.objects.filter(email="free@example.org").exists()
    assert Membership.objects.filter(pk=ended.pk).exists()


def test_an_account_says_what_it_says(staff):
    known = person("Mon Nom")
    content, read = file(f"{known.email};Autre Nom;;01/01/2026;;oui")
    keep(content, read, staff, NOW)
    known.refresh_from_db()
    assert known.name == "Mon Nom"


def test_looking_costs_the_same_for_one_line_and_for_three():
    asked = []
    for n in (1, 3):
        _, read = file(*[f"cost.{k}@example.org;X;;01/01/2026;;oui" for k in range(n)])
        with CaptureQueriesContext(connection) as seen:
            foresee(read)
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_eight_hundred_lines_are_taken_in_and_back(staff):
    lines = [f"many.{n}@example.org;Personne {n};Lieu {n % 9};01/01/2026;;oui" for n in range(800)]
    content, read = file(*lines)
    before = counts()
    batch = keep(content, read, staff, NOW)
    people, rows, _ = counts()
    assert (people - before[0], rows - before[1]) == (800, 800)
    assert undo(batch, staff, NOW).stays == 0
    assert counts() == before
    assert Batch.objects.get(pk=batch.pk).undone_at is not None


def test_a_period_added_by_hand_meanwhile_keeps_its_person(staff):
    content, read = file("hand@example.org;Main;;01/01/2026;;oui")
    batch = keep(content, read, staff, NOW)
    somebody = Person.objects.get(email="hand@example.org")
    members.add_membership(somebody, Period(TODAY, None, paid=True), staff)
    assert undo(batch, staff, NOW).stays == 1
    assert somebody.memberships.count() == 1
    assert Taken.objects.filter(batch=batch).exists()
