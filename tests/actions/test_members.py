from datetime import timedelta

import pytest
from django.utils import timezone

from fabrique.actions import groups, joining, members
from fabrique.actions.members import Period
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Application, Dispatch, Happening, Mandate, Membership, Structure
from tests.store.made import person

NOW = timezone.now()
TODAY = timezone.localdate()
YEAR = Period(TODAY, TODAY + timedelta(days=365), paid=True)


def tier(somebody):
    return Viewer(somebody, TODAY).tier


@pytest.fixture
def staff():
    return person("Équipe", roles=["staff"])


def test_a_membership_makes_an_adherent_until_it_ends(staff):
    somebody = person()
    row = members.add_membership(somebody, YEAR, staff)
    assert tier(somebody) is Tier.ADHERENT
    members.mark_paid(row, staff, paid=False)
    assert tier(somebody) is Tier.MEMBER
    members.mark_paid(row, staff, paid=True)
    members.end_membership(row, TODAY, staff)
    assert tier(somebody) is Tier.ADHERENT  # the last day is a day of it
    assert Viewer(somebody, TODAY + timedelta(days=1)).tier is Tier.MEMBER
    verbs = Happening.objects.filter(about=f"membership:{row.pk}").values_list("verb", flat=True)
    assert list(verbs) == ["membership.added", *["membership.paid"] * 2, "membership.ended"]


def test_days_in_the_wrong_order_are_refused(staff):
    somebody = person()
    wrong = Period(TODAY, TODAY - timedelta(days=1), paid=True)
    with pytest.raises(Invalid):
        members.add_membership(somebody, wrong, staff)
    row = members.add_membership(somebody, YEAR, staff)
    with pytest.raises(Invalid):
        members.end_membership(row, TODAY - timedelta(days=1), staff)
    assert Membership.objects.get(pk=row.pk).ends_on == YEAR.ends_on


def test_a_structure_adheres_by_who_stands_for_it(staff):
    old, new = person(), person()
    values = {"name": "Compagnie des Essais", "kind": "", "territory": "", "site": "example.org"}
    house = members.save_structure(Structure(), values, staff)
    assert house.site == "https://example.org"
    members.add_membership(house, YEAR, staff)
    members.name_representative(house, old, staff)
    assert tier(old) is Tier.ADHERENT
    members.name_representative(house, new, staff)
    assert (tier(old), tier(new)) == (Tier.MEMBER, Tier.ADHERENT)
    with pytest.raises(Invalid):
        members.save_structure(Structure(), values | {"name": "compagnie des  ESSAIS"}, staff)
    with pytest.raises(Invalid):
        members.save_structure(house, values | {"site": "java script:x"}, staff)


def test_one_address_is_one_account(staff):
    made = members.add_person(" Nouvelle.Personne@Example.org", "Une  Personne", staff)
    assert (made.email, made.name) == ("nouvelle.personne@example.org", "Une Personne")
    for email in ("nouvelle.personne@example.org", "no address"):
        with pytest.raises(Invalid):
            members.add_person(email, "", staff)


def test_a_role_is_given_once_and_ended_at_once(staff):
    somebody = person()
    for _ in range(2):
        members.give_role(somebody, "board", TODAY - timedelta(days=3), staff)
    (mandate,) = Mandate.objects.filter(person=somebody)
    assert allowed(Viewer(somebody, TODAY), "house:manage")
    members.end_role(mandate, TODAY - timedelta(days=1), staff)
    assert not allowed(Viewer(somebody, TODAY), "house:manage")
    with pytest.raises(Invalid):
        members.give_role(somebody, "queen", TODAY, staff)


def test_the_last_of_the_team_stays(staff):
    Mandate.objects.exclude(person=staff).delete()
    (mandate,) = Mandate.objects.filter(person=staff)
    with pytest.raises(Invalid):
        members.end_role(mandate, TODAY - timedelta(days=1), staff)
    mandate.refresh_from_db()
    assert mandate.until is None


def test_a_request_to_join_is_answered_once_by_mail(staff):
    somebody = person()
    row = joining.ask(somebody, "Bonjour", NOW)
    with pytest.raises(Invalid):
        joining.ask(somebody, "Encore", NOW)
    for _ in range(2):
        joining.accept(row, "Bienvenue !", staff, NOW, TODAY)
    joining.decline(row, "Non", staff, NOW)
    row.refresh_from_db()
    assert (row.state, row.answer, row.answered_by) == ("accepted", "Bienvenue !", staff)
    (mine,) = Membership.objects.filter(person=somebody)
    assert (mine.starts_on, mine.paid) == (TODAY, False)
    assert tier(somebody) is Tier.MEMBER  # until it is paid
    (mail,) = Dispatch.objects.filter(to=somebody.email)
    assert (mail.state, mail.released_by) == ("released", staff)
    assert "Bienvenue !" in mail.body


def test_declined_one_may_ask_again(staff):
    somebody = person()
    joining.decline(joining.ask(somebody, "", NOW), "", staff, NOW)
    joining.ask(somebody, "Bis", NOW)
    assert Application.objects.filter(person=somebody).count() == 2
    assert not Membership.objects.filter(person=somebody).exists()
    (mail,) = Dispatch.objects.filter(to=somebody.email)
    assert "\n\n\n" not in mail.body


def test_a_group_lets_people_in(staff):
    group, other = groups.make("Billetterie", "", staff), groups.make("Billetterie", "", staff)
    assert (group.slug, other.slug) == ("billetterie", "billetterie-2")
    first, second = person(), person()
    row = groups.ask(group, first, NOW)
    assert groups.ask(group, first, NOW) == row
    looking = Viewer(first, TODAY)
    assert not allowed(looking, "group:accept", group)
    groups.accept(row, staff, NOW)
    groups.accept(row, staff, NOW)
    assert allowed(Viewer(first, TODAY), "group:accept", group)
    assert not allowed(Viewer(first, TODAY), "group:accept", other)
    groups.accept(groups.ask(group, second, NOW), first, NOW)
    assert Dispatch.objects.filter(to=second.email).count() == 1
    assert Dispatch.objects.filter(to=first.email).count() == 1
    groups.take_out(group.members.get(person=first), first)
    assert not allowed(Viewer(first, TODAY), "group:accept", group)
    with pytest.raises(Invalid):
        groups.make("  ", "", staff)


def test_nobody_puts_their_own_account_to_rest(staff):
    somebody = person()
    members.put_to_rest(somebody, NOW, staff, active=False)
    assert Viewer(somebody, TODAY).person is None
    members.put_to_rest(somebody, NOW, staff, active=True)
    with pytest.raises(Invalid):
        members.put_to_rest(staff, NOW, staff, active=False)
