"""Every address of big days × every role: who may look, who may act, what does not exist."""

import pytest
from django.urls import URLPattern
from django.utils import timezone

from fabrique.actions import calls, venues
from fabrique.actions.programme import releases, speakers
from fabrique.domain.gathering import State
from fabrique.domain.tier import Tier
from fabrique.store.models import Contribution
from fabrique.web.paths.days import PATHS
from tests.store.made import joined, person
from tests.web.days import FIRST, QUESTIONS, call, days, item, of, part, room

# (GET, POST) of a published gathering for members: by nobody, a stranger to the group of that tier,
# whoever is too far, the group and the team. 302*: led to sign in.
GROUP = {"far": 404, "nobody": 404, "reader": 403, "host": 200, "team": 200}
READ = {"far": 404, "nobody": 404, "reader": 200, "host": 200, "team": 200}
OWN = {**READ}
LINK = dict.fromkeys(READ, 200)  # a signed link lets in whoever holds it
PAGES = {
    "programme": READ,
    "programme-versions": READ,
    "programme-pick": {"far": 404, "nobody": 404, "reader": 302, "host": 302, "team": 302},
    "my-programme": OWN,
    "my-programme-ics": OWN,
    "programme-csv": READ,
    "programme-xlsx": READ,
    "programme-json": READ,
    "programme-edit": GROUP,
    "programme-rooms": GROUP,
    "programme-item-new": GROUP,
    "programme-item": GROUP,
    "programme-speakers": GROUP,
    "programme-release": GROUP,
    "speaking": LINK,
    "call": READ,
    "call-edit": GROUP,
    "call-own": LINK,
    "contributions": GROUP,
    "contribution": GROUP,
    "venues": GROUP,
    "venue-new": GROUP,
    "venue": GROUP,
    "criterion-new": GROUP,
    "criterion": GROUP,
}
POSTS = {"programme-pick"}
ROLES = ("far", "nobody", "reader", "host", "team")


@pytest.fixture(scope="module")
def world():
    """A gathering for adherents with everything in it, and one like it that is another's."""
    return made(), made(state=State.PREPARED.value)


def made(**fields):
    about, host = days(audience=Tier.ADHERENT.value, **fields)
    hall = room(about, host)
    row = item(about, host, "Ouverture", FIRST, hall)
    voice = part(row, host, "Ines", "ines@example.org")
    releases.release(about, "", host, timezone.now())
    call(about, host, QUESTIONS)
    work = Contribution.objects.create(
        call=about.call, name="Mona", email="m@example.org", title="x", state="sent"
    )
    search = venues.begin(about, host)
    lead = venues.save_lead(search, None, venues.About(name="Le Hangar"), {}, host)
    speaking = speakers.speaker_link(voice).rstrip("/").rpartition("/")[2]
    own = calls.contribution_link(work).rstrip("/").rpartition("/")[2]
    ids = {
        "programme-item": row.pk,
        "speaking": speaking,
        "call-own": own,
        "contribution": work.pk,
        "venue": lead.pk,
        "criterion": search.criteria.first().pk,
    }
    return about, host, row, ids


def address(pattern: URLPattern, about, ids):
    route = str(pattern.pattern).replace("<slug>", about.slug)
    for part_ in ("<uuid:name>", "<token>", "<int:number>"):
        route = route.replace(part_, str(ids.get(pattern.name, "")))
    return f"/{route}"


def somebody(role, host):
    people = {
        "far": lambda: person(tier=Tier.MEMBER),
        "nobody": lambda: None,
        "reader": lambda: of(Tier.ADHERENT),
        "host": lambda: host,
        "team": lambda: person(roles=["staff"]),
    }
    return people[role]()


def asked(client, pattern, about, ids, row):
    if pattern.name in POSTS:
        return client.post(address(pattern, about, ids), {"item": row.pk, "on": "0"})
    return client.get(address(pattern, about, ids))


def test_every_address_is_in_the_matrix():
    assert {pattern.name for pattern in PATHS} == set(PAGES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("pattern", PATHS, ids=lambda one: one.name)
def test_each_role_gets_what_the_matrix_says(client, world, pattern, role):
    about, host, row, ids = world[0]
    who = somebody(role, host)
    if who is not None:
        client.force_login(who)
    assert asked(client, pattern, about, ids, row).status_code == PAGES[pattern.name][role]


@pytest.mark.parametrize("pattern", PATHS, ids=lambda one: one.name)
def test_what_is_not_announced_does_not_exist_for_a_reader(client, world, pattern):
    about, _, row, ids = world[1]
    client.force_login(of(Tier.ADHERENT))
    wanted = 200 if PAGES[pattern.name] is LINK else 404
    assert asked(client, pattern, about, ids, row).status_code == wanted


@pytest.mark.parametrize("pattern", PATHS, ids=lambda one: one.name)
def test_whoever_was_a_member_reads_no_more_than_anybody(client, world, pattern):
    about, _, row, ids = world[0]
    gone = person()
    joined(gone, starts_on=FIRST.date().replace(year=2020), ends_on=FIRST.date().replace(year=2021))
    client.force_login(gone)
    wanted = 200 if PAGES[pattern.name] is LINK else 404
    assert asked(client, pattern, about, ids, row).status_code == wanted


@pytest.mark.parametrize("pattern", PATHS, ids=lambda one: one.name)
def test_a_host_reaches_nothing_of_another_gathering_through_their_own(client, world, pattern):
    about, host, *_ = world[0]
    *_, row, ids = world[1]
    if not ids.get(pattern.name) and pattern.name not in POSTS:
        return
    client.force_login(host)
    answer = asked(client, pattern, about, ids, row)
    assert answer.status_code == (403 if PAGES[pattern.name] is LINK else 404)


@pytest.mark.parametrize(
    "pattern", [p for p in PATHS if PAGES[p.name] is GROUP], ids=lambda one: one.name
)
@pytest.mark.parametrize("role", ["far", "nobody", "reader"])
def test_nobody_else_does_anything(client, world, pattern, role):
    about, host, row, ids = world[0]
    who = somebody(role, host)
    if who is not None:
        client.force_login(who)
    given = {"do": "drop", "item": row.pk, "name": "x", "room": "1"}
    assert client.post(address(pattern, about, ids), given).status_code == GROUP[role]
    row.refresh_from_db()
    assert not row.dropped


@pytest.mark.parametrize("pattern", PATHS, ids=lambda one: one.name)
def test_a_public_gathering_leads_whoever_must_sign_in_to_the_door(client, pattern):
    about, _, row, ids = made()
    about.audience = Tier.GUEST.value
    about.save()
    answer = asked(client, pattern, about, ids, row)
    opens = PAGES[pattern.name] in (READ, LINK) and not pattern.name.startswith("my-")
    assert answer.status_code == (200 if opens else 302)
    if not opens:
        assert answer.headers["Location"].startswith("/account/enter/?next=")
