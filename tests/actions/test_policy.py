from datetime import date, timedelta

import pytest
from django.utils import timezone

from fabrique.actions.access import NoAccess
from fabrique.actions.policy import RULES, allowed, require
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.gathering import State
from fabrique.domain.tier import Tier
from fabrique.store.models import (
    Comment,
    Commitment,
    Edition,
    Mandate,
    Minutes,
    Pool,
    Resource,
    ResourceFile,
    Series,
    Structure,
)
from tests.store.made import gathering, joined, person

PUBLIC = {"gathering:see", "gathering:join", "people:see"}


def seen_by(somebody):
    return Viewer(somebody, timezone.localdate())


def test_what_no_rule_names_is_refused():
    staff = seen_by(person(roles=["staff"]))
    assert not allowed(staff, "gathering:fly", gathering())
    with pytest.raises(NoAccess):
        require(staff, "gathering:fly", gathering())


def test_nobody_and_whoever_was_put_to_rest_may_do_no_act_but_see_what_is_public():
    public = gathering()
    minutes = Minutes(gathering=public)
    edition = Edition(minutes=minutes, audience="adherent")
    followed = Commitment(minutes=minutes, edition=edition)
    text = Resource()
    about = {"minutes": minutes, "edition": edition, "commitment": followed, "resource": text}
    about["series"] = Series.objects.create(slug="rien", title="Rien", kind="project")
    about |= {"file": ResourceFile(resource=text), "comment": Comment(resource=text)}
    asleep = seen_by(person(roles=["staff"], is_active=False))
    for act in RULES:
        for viewer in (seen_by(None), asleep):
            what = about.get(act.partition(":")[0], public)
            assert allowed(viewer, act, what) is (act in PUBLIC)


@pytest.mark.parametrize("audience", Tier)
@pytest.mark.parametrize("tier", Tier)
def test_a_gathering_is_seen_by_its_audience(audience, tier):
    looking = seen_by(None if tier is Tier.GUEST else person(tier=tier))
    about = gathering(audience=audience.value)
    assert allowed(looking, "gathering:see", about) is tier.reaches(audience)


def test_the_tier_is_that_of_the_day_of_the_gathering():
    about = gathering(audience=Tier.ADHERENT.value, days=30)
    today = timezone.localdate()
    was, will_be = person(), person()
    joined(was, ends_on=today + timedelta(days=10))
    joined(will_be, starts_on=today + timedelta(days=20))
    assert seen_by(was).tier is Tier.ADHERENT
    assert not allowed(seen_by(was), "gathering:see", about)
    assert seen_by(will_be).tier is Tier.MEMBER
    assert allowed(seen_by(will_be), "gathering:see", about)


def test_whoever_stands_for_a_structure_has_its_membership():
    somebody = person()
    house = Structure.objects.create(name="Théâtre des Essais", representative=somebody)
    house.memberships.create(starts_on=date(2020, 1, 1), paid=True)
    assert seen_by(somebody).tier is Tier.ADHERENT


@pytest.mark.parametrize("state", State)
def test_before_it_is_announced_only_its_group_and_the_team_see_it(state):
    group, proposer, other = person(), person(), person(tier=Tier.ADHERENT)
    about = gathering(state=state.value, organisers=[group], proposer=proposer)
    hidden = state in (State.DRAFT, State.PROPOSED, State.PREPARED, State.DECLINED)
    assert allowed(seen_by(other), "gathering:see", about) is not hidden
    assert not allowed(seen_by(other), "gathering:organise", about)
    for one in (group, proposer, person(roles=["staff"]), person(roles=["board"])):
        assert allowed(seen_by(one), "gathering:see", about)
        assert allowed(seen_by(one), "gathering:organise", about)


def test_whoever_hosts_an_antenna_hosts_that_one_alone():
    host, other, group = person(), person(), person()
    about = gathering(organisers=[group])
    named = [("antenna", host), ("antenna", other), ("site", host)]
    own, theirs, site = (
        Pool.objects.create(gathering=about, kind=kind, title=f"{n}", host=one)
        for n, (kind, one) in enumerate(named)
    )
    who = {"host": host, "other": other, "group": group, "staff": person(roles=["staff"])}
    may = {
        (name, pool.title)
        for name, one in who.items()
        for pool in (own, theirs, site)
        if allowed(seen_by(one), "antenna:host", pool)
    }
    assert may == {("host", own.title), ("other", theirs.title)}
    type(about).objects.filter(pk=about.pk).update(state=State.PREPARED.value)
    assert not allowed(seen_by(host), "antenna:host", Pool.objects.get(pk=own.pk))


def test_a_role_that_was_ended_is_no_role():
    somebody = person(roles=["staff"])
    yesterday = timezone.localdate() - timedelta(days=1)
    Mandate.objects.filter(person=somebody).update(until=yesterday)
    assert not allowed(seen_by(somebody), "house:manage")
