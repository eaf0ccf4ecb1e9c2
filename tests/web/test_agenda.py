"""The agenda, gatherings, feeds and frames: each to whom it is for, and words are words."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from fabrique.actions import feeds, interest
from fabrique.domain.gathering import State
from fabrique.domain.tier import Tier
from fabrique.store.models import Dispatch, Gathering, Interest, Pool, Registration, Spotted
from fabrique.web.written import marked
from tests.laws.ink import HOSTILE
from tests.store.made import gathering, joined, person

NOW = timezone.now()


@pytest.fixture(autouse=True)
def _empty():
    Registration.objects.all().delete()
    Dispatch.objects.all().delete()
    Gathering.objects.all().delete()
    Spotted.objects.all().delete()


def browser(somebody=None):
    found = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    if somebody is not None:
        found.force_login(somebody)
    return found


def spotted(title="Assises", **fields):
    starts_at = NOW + timedelta(days=5)
    given = {"url": "https://example.org/x", "starts_at": starts_at, "ends_at": starts_at}
    return Spotted.objects.create(title=title, **{**given, **fields})


def titles(answer):
    assert answer.status_code == 200
    return re.findall(r'<h3><a href="[^"]*"[^>]*>([^<]*)</a>', answer.content.decode())


def test_what_comes_stands_in_its_order_and_what_is_past_apart(client):
    gathering("Loin", days=50)
    gathering("Près", days=2)
    gathering("Hier", days=-1)
    gathering("Maintenant", days=0, starts_at=NOW - timedelta(hours=1))
    gathering("Annulé", days=3, state="cancelled")
    gathering("Reporté", days=4, state="postponed")
    gathering("Caché", days=4, state="prepared")
    spotted()
    assert titles(client.get("/agenda/")) == [
        "Maintenant",
        "Près",
        "Annulé",
        "Assises",
        "Loin",
        "Reporté",
    ]
    assert titles(client.get("/agenda/past/")) == ["Hier"]


def test_whole_days_are_not_over_before_their_evening(client):
    with time_machine.travel(datetime(2026, 3, 29, 20, tzinfo=UTC), tick=False):
        starts = datetime(2026, 3, 28, 23, tzinfo=UTC)
        gathering("Dimanche", starts_at=starts, ends_at=starts, all_day=True)
        assert titles(client.get("/agenda/")) == ["Dimanche"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("kind=cafe", ["Café"]),
        ("mode=site", ["Salle"]),
        ("audience=guest", ["Café", "Salle"]),
        ("audience=adherent", []),
        ("kind=cafe&mode=site", []),
        ("kind=%00&mode=x&audience=y", ["Café", "Salle"]),
        ("page=9999", ["Café", "Salle"]),
    ],
)
def test_the_agenda_is_narrowed(client, asked, found):
    gathering("Café", format="cafe", days=1)
    gathering("Salle", mode="site", days=2)
    gathering("Adhérents", audience="adherent", days=3)
    assert titles(client.get(f"/agenda/?{asked}")) == found


@pytest.mark.parametrize("audience", Tier)
@pytest.mark.parametrize("who", [*Tier, "was", "staff"])
def test_the_agenda_shows_what_the_policy_lets_see(who, audience):
    about = gathering("Ici", audience=audience.value)
    past = {"ends_on": timezone.localdate() + timedelta(days=3)}
    somebody = {
        Tier.GUEST: lambda: None,
        Tier.MEMBER: person,
        Tier.ADHERENT: lambda: person(tier=Tier.ADHERENT),
        "was": lambda: joined(person(), **past).person,
        "staff": lambda: person(roles=["staff"]),
    }[who]()
    tier = {"was": Tier.MEMBER, "staff": Tier.ADHERENT}.get(who, who)
    sees = tier.reaches(audience)
    day = about.starts_at.date()
    asked = browser(somebody)
    for path in ("/agenda/", f"/agenda/{day.year}/{day.month}/"):
        assert (">Ici<" in asked.get(path).content.decode().replace("</span> ", ">")) is sees
    assert asked.get(f"/g/{about.slug}/").status_code == (200 if sees else 404)
    assert asked.get(f"/g/{about.slug}.ics").status_code == (200 if sees else 404)
    for path in ("/agenda.ics", "/agenda.atom", "/embed/agenda"):
        assert ("Ici" in asked.get(path).content.decode()) is (audience is Tier.GUEST)
    public = 200 if audience is Tier.GUEST else 404
    assert asked.get(f"/embed/g/{about.slug}").status_code == public


@pytest.mark.parametrize("path", ["/agenda/", "/agenda/past/", "/agenda/2026/3/"])
@pytest.mark.parametrize("who", [None, "member"])
def test_one_line_and_three_cost_as_many_questions(path, who):
    asked = browser(person(tier=Tier.ADHERENT) if who else None)
    costs = []
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False):
        for _ in range(2):
            for days in (-3, 3):
                gathering("Un", days=days, audience="adherent" if who else "guest", format="cafe")
            asked.get(path)
            with CaptureQueriesContext(
                connection,
            ) as seen:
                asked.get(path)
            costs.append(len(seen))
            for days in (-5, -4, 4, 5):
                gathering("Autre", days=days, audience="adherent" if who else "guest")
    assert costs[0] == costs[1] > 0


def test_a_month_shows_its_whole_weeks_and_each_day_of_what_lasts(client):
    paris_midnight = datetime(2026, 10, 24, 22, tzinfo=UTC)  # the clocks go back that night
    gathering("Trois jours", starts_at=paris_midnight, ends_at=paris_midnight + timedelta(hours=72))
    gathering("Avant", starts_at=datetime(2026, 9, 27, 21, 59, tzinfo=UTC), ends_at=None)
    gathering("Lundi d’avant", starts_at=datetime(2026, 9, 27, 22, tzinfo=UTC), ends_at=None)
    text = client.get("/agenda/2026/10/").content.decode()
    assert text.count("Trois jours") == 3
    assert "Lundi d’avant" in text
    assert ">Avant<" not in text
    assert len(re.findall("<td", text)) == 35


@pytest.mark.parametrize(
    "path", ["/agenda/1999/12/", "/agenda/2026/13/", "/agenda/2101/1/", "/agenda/2026/0/"]
)
def test_there_is_no_such_month(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/agenda/2000/1/", "/agenda/2100/12/"])
def test_the_first_and_the_last_month_are_shown(client, path):
    assert client.get(path).status_code == 200


def page_of(about, somebody=None):
    answer = browser(somebody).get(f"/g/{about.slug}/")
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_a_page_says_its_state_and_why():
    assert "Réservez la date" in page_of(gathering(state="announced"))
    cancelled = page_of(gathering(state="cancelled", reason="Le col est fermé."))
    assert "Annulé" in cancelled
    assert "Le col est fermé." in cancelled
    postponed = page_of(gathering(state="postponed", until_when="l’automne", reason="La salle."))
    assert "Reporté à l’automne" in postponed
    for state in (State.DRAFT, State.PROPOSED, State.PREPARED, State.DECLINED):
        assert page_of(gathering(state=state.value)) == 404


def test_how_to_get_in_is_shown_to_whom_it_concerns():
    inside = {"directions": "Sonner deux fois", "session": "ABC234"}
    open_, kept = gathering(**inside), gathering(**inside, door="registered")
    soon = gathering(**inside, state="announced", place="La Criée")
    member, seated = person(), person()
    pool = Pool.objects.create(gathering=kept, title="Salle")
    Registration.objects.create(
        gathering=kept, pool=pool, person=seated, email=seated.email, name="Z", state="confirmed"
    )
    assert "Sonner" in page_of(open_)
    assert f"/g/{open_.slug}/room" in page_of(open_)
    for somebody in (None, member):
        assert "Sonner" not in page_of(kept, somebody)
        assert "ABC234" not in page_of(kept, somebody)
    assert "Sonner" in page_of(kept, seated)
    assert "Criée" not in page_of(soon, member)
    assert "Criée" not in browser().get(f"/g/{soon.slug}.ics").content.decode()
    assert "Criée" not in browser().get("/agenda/").content.decode()
    assert "Sonner" not in browser().get(f"/g/{open_.slug}.ics").content.decode()


def test_one_says_whether_one_comes_without_an_account_and_takes_it_back(client):
    about = gathering(state="announced")
    here = f"/g/{about.slug}/"
    given = {"answer": "maybe", "name": "Ana", "email": "ana@example.org"}
    assert client.post(f"{here}interest", given).status_code == 302
    assert "Vous viendrez peut-être" in client.get(here).content.decode()
    assert "Vous viendrez" not in browser().get(here).content.decode()
    client.post(f"{here}interest", {**given, "answer": "yes"})
    assert interest.gauge(about).yes == 1
    client.post(f"{here}interest", {"answer": "none"})
    assert not Interest.objects.filter(gathering=about).exists()


def test_an_answer_that_is_refused_keeps_what_was_typed(client):
    about = gathering(state="announced")
    given = {"answer": "yes", "name": "Ana", "email": "ana@"}
    answer = client.post(f"/g/{about.slug}/interest", given)
    assert answer.status_code == 422
    assert 'value="Ana"' in answer.content.decode()
    robot = {**given, "email": "bot@example.org", "nickname": "bot"}
    assert client.post(f"/g/{about.slug}/interest", robot).status_code == 302
    assert not Interest.objects.filter(gathering=about).exists()


def test_a_cookie_of_another_gathering_is_nobodys_answer(client):
    one, other = gathering(state="announced"), gathering(state="announced")
    given = {"answer": "yes", "name": "Ana", "email": "ana@example.org"}
    client.post(f"/g/{one.slug}/interest", given)
    client.cookies["meant"]["path"] = f"/g/{other.slug}/"
    assert "Vous venez." not in client.get(f"/g/{other.slug}/").content.decode()


def test_what_search_engines_read_is_of_what_everybody_may_see():
    text = page_of(gathering("A </script><b>", mode="hybrid", place="Rennes"))
    found = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert found["name"] == "A </script><b>"
    assert found["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert found["startDate"].endswith(("+01:00", "+02:00"))
    assert [one["@type"] for one in found["location"]] == ["Place", "VirtualLocation"]
    cancelled = page_of(gathering(state="cancelled"))
    assert "schema.org/EventCancelled" in cancelled
    for hidden in (
        page_of(gathering(audience="member"), person()),
        page_of(gathering(state="prepared"), person(roles=["staff"])),
    ):
        assert "ld+json" not in hidden
        assert "og:title" not in hidden
        assert "noindex" in hidden


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def hostile_tags(text):
    tags = Tags()
    tags.feed(text)
    for tag, attributes in tags.found:
        assert tag not in ("iframe", "object", "embed", "style")
        assert tag != "script" or attributes.get("type") == "application/ld+json"
        assert not [name for name in attributes if name.startswith("on")], attributes
        for name in ("href", "src", "action"):
            assert not (attributes.get(name) or "").lower().strip().startswith("javascript")
        assert tag != "img" or attributes.get("src", "").startswith("/static")
    return tags.found


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_do_nothing_anywhere(words):
    about = gathering(
        words[:200],
        question=words[:300],
        about=words,
        place=words[:200],
        directions=words,
        format=words[:50],
        organisers=[staff := person(roles=["staff"])],
    )
    spotted(words[:200], place=words[:200], why=words[:300], host=words[:200])
    asked = browser(staff)
    for path in ("", "edit/", "publish/", "messages/"):
        answer = asked.get(f"/g/{about.slug}/{path}")
        assert answer.status_code == 200
        hostile_tags(answer.content.decode())
    asked.post(f"/g/{about.slug}/publish/", {"do": "cancelled", "reason": words[:500]})
    Dispatch.objects.create(
        key=words[:100],
        relay="email",
        to="a@b.c",
        subject=words[:200],
        body=words,
        batch=words[:99],
    )
    for path in (
        f"/g/{about.slug}/",
        f"/g/{about.slug}/messages/",
        f"/embed/g/{about.slug}",
        "/embed/agenda",
        "/agenda/",
        "/team/messages/",
        "/team/spotted/",
        "/",
    ):
        hostile_tags(asked.get(path).content.decode())
    ET.fromstring(asked.get("/agenda.atom").content)  # noqa: S314 - it is ours
    assert len(Calendar.from_ical(asked.get("/agenda.ics").content).walk("VEVENT")) == 1


@pytest.mark.parametrize(
    "words",
    [
        *HOSTILE,
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        "<https://x.example> <script>alert(1)</script>",
        "![i](https://spy.example/i.png)",
        "[a]: javascript:alert(1)\n[a]",
    ],
)
def test_markdown_makes_no_more_than_it_may(words):
    found = hostile_tags(marked(words))
    assert {tag for tag, _ in found} <= set(
        "p br strong em a ul ol li blockquote code pre h3 h4 hr".split()
    )


def test_feeds_are_not_sent_twice_and_calendars_follow():
    about = gathering("Café")
    asked = browser()
    for path in ("/agenda.ics", "/agenda.atom"):
        first = asked.get(path)
        assert first.status_code == 200
        again = asked.get(path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    before = asked.get("/agenda.ics")
    staff = browser(person(roles=["staff"]))
    staff.post(f"/g/{about.slug}/publish/", {"do": "cancelled", "reason": "Non."})
    after = asked.get("/agenda.ics", headers={"if-none-match": before["ETag"]})
    (old,), (new,) = (Calendar.from_ical(one.content).walk("VEVENT") for one in (before, after))
    assert (old["UID"], old["STATUS"], old["SEQUENCE"]) == (new["UID"], "CONFIRMED", 0)
    assert (new["STATUS"], new["SEQUENCE"]) == ("CANCELLED", 1)


def test_ones_own_feed_is_ones_own_until_it_is_changed():
    me, other = person(tier=Tier.ADHERENT), person()
    mine = gathering("Le mien", audience="adherent")
    gathering("Pas le mien")
    pool = Pool.objects.create(gathering=mine, title="Salle")
    Registration.objects.create(
        gathering=mine, pool=pool, person=me, email=me.email, name="Z", state="confirmed"
    )
    asked = browser(me)
    assert asked.get("/agenda/feed/").status_code == 200
    asked.post("/agenda/feed/", {"renew": "1"})
    secret = feeds.secret_of(me)
    assert secret in asked.get("/agenda/feed/").content.decode()
    text = browser().get(f"/feeds/{secret}.ics").content.decode()
    assert "Le mien" in text
    assert "Pas le mien" not in text
    asked.post("/agenda/feed/", {"renew": "1"})
    assert browser().get(f"/feeds/{secret}.ics").status_code == 404
    fresh = feeds.secret_of(me)
    assert browser().get(f"/feeds/{fresh[:-1]}x.ics").status_code == 404
    assert feeds.secret_of(other) is None
    me.is_active = False
    me.save()
    assert browser().get(f"/feeds/{fresh}.ics").status_code == 404


def test_only_the_sites_that_are_listed_may_frame_and_only_what_is_meant_for_it(settings_of):
    about = gathering()
    framed = ("/embed/agenda", f"/embed/g/{about.slug}")
    with settings_of(EMBED_HOSTS=("https://www.example.org", "https://x; script-src *")):
        for path in framed:
            policy = browser().get(path)["Content-Security-Policy"]
            assert "frame-ancestors https://www.example.org;" in f"{policy};"
            assert "script-src 'none'" in policy
        for path in ("/agenda/", f"/g/{about.slug}/", "/"):
            assert "frame-ancestors 'none'" in browser().get(path)["Content-Security-Policy"]
    for path in framed:
        answer = browser().get(path)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert "<script" not in answer.content.decode()


GUEST, MEMBER, OTHER, GROUP, STAFF, ASLEEP = "guest", "member", "other", "group", "staff", "asleep"
ROLES = (GUEST, MEMBER, OTHER, GROUP, STAFF, ASLEEP)
RUNS = {GUEST: 302, MEMBER: 403, OTHER: 403, GROUP: 200, STAFF: 200, ASLEEP: 302}
TEAM = {GUEST: 302, MEMBER: 403, OTHER: 403, GROUP: 403, STAFF: 200, ASLEEP: 302}
OWN = {GUEST: 302, MEMBER: 200, OTHER: 200, GROUP: 200, STAFF: 200, ASLEEP: 302}
ALL = dict.fromkeys(ROLES, 200)
HIDDEN = {GUEST: 404, MEMBER: 404, OTHER: 404, GROUP: 200, STAFF: 200, ASLEEP: 404}
NONE = dict.fromkeys(ROLES, 404)
MATRIX = [
    ("/agenda/", ALL, ALL),
    ("/agenda/past/", ALL, ALL),
    ("/agenda/2026/11/", ALL, ALL),
    ("/agenda.ics", ALL, ALL),
    ("/agenda.atom", ALL, ALL),
    ("/embed/agenda", ALL, ALL),
    ("/g/{slug}/", ALL, HIDDEN),
    ("/g/{slug}.ics", ALL, HIDDEN),
    ("/embed/g/{slug}", ALL, NONE),
    ("/g/{slug}/edit/", RUNS, HIDDEN),
    ("/g/{slug}/publish/", RUNS, HIDDEN),
    ("/g/{slug}/messages/", RUNS, HIDDEN),
    ("/agenda/feed/", OWN, OWN),
    ("/team/messages/", TEAM, TEAM),
    ("/team/spotted/", TEAM, TEAM),
    ("/feeds/wrong.ics", NONE, NONE),
    ("/mail/stop/wrong", dict.fromkeys(ROLES, 403), dict.fromkeys(ROLES, 403)),
]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("path", "public", "hidden"), MATRIX)
def test_every_address_answers_each_role_as_the_policy_says(path, public, hidden, role):
    group = person()
    gathering(organisers=[other := person()])
    somebody = {
        GUEST: lambda: None,
        MEMBER: person,
        OTHER: lambda: other,
        GROUP: lambda: group,
        STAFF: lambda: person(roles=["staff"]),
        ASLEEP: lambda: person(roles=["staff"], is_active=False),
    }[role]()
    asked = browser(somebody)
    for state, expected in (("published", public), ("prepared", hidden)):
        about = gathering(state=state, organisers=[group])
        where = path.format(slug=about.slug)
        answer = asked.get(where)
        assert answer.status_code == expected[role]
        assert asked.head(where).status_code == expected[role]
        if expected[role] in (403, 404):
            posted = asked.post(where, {"do": "cancelled", "reason": "x", "title": "x"})
            assert posted.status_code in (403, 404, 405)
            about.refresh_from_db()
            assert about.state == state


def test_changes_need_a_token_and_a_post():
    about = gathering()
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.force_login(person(roles=["staff"]))
    for path, given in (
        ("publish/", {"do": "cancelled", "reason": "x"}),
        ("edit/", {"title": "x"}),
        ("messages/", {"do": "release"}),
        ("interest", {"answer": "yes"}),
    ):
        assert strict.post(f"/g/{about.slug}/{path}", given).status_code == 403
    assert strict.get(f"/g/{about.slug}/publish/?do=cancelled&reason=x").status_code == 200
    about.refresh_from_db()
    assert about.state == "published"


def test_a_form_that_is_older_than_the_page_changes_nothing():
    about = gathering(question="?")
    asked = browser(person(roles=["staff"]))
    answer = asked.get(f"/g/{about.slug}/edit/").content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', answer)[1]
    day = f"{date.today() + timedelta(days=9)}"  # noqa: DTZ011 - any day to come
    given = {"seen": seen, "title": "Autre", "day": day, "opens": "18:30", "closes": "20:00"}
    assert asked.post(f"/g/{about.slug}/edit/", given).status_code == 302
    late = asked.post(f"/g/{about.slug}/edit/", {**given, "title": "Tard"})
    assert late.status_code == 409
    assert 'value="Tard"' in late.content.decode()
    about.refresh_from_db()
    assert about.title == "Autre"


def test_the_team_notes_what_it_spots_and_takes_it_out():
    asked = browser(person(roles=["staff"]))
    day = f"{timezone.localdate() + timedelta(days=9)}"
    given = {"title": "Assises", "url": "https://example.org/", "day": day, "all_day": "on"}
    bad = asked.post("/team/spotted/", {**given, "url": "javascript:alert(1)"})
    assert bad.status_code == 422
    assert not Spotted.objects.exists()
    assert asked.post("/team/spotted/", given).status_code == 302
    assert "Repéré pour vous" in browser().get("/agenda/").content.decode()
    asked.post("/team/spotted/", {"forget": f"{Spotted.objects.get().pk}"})
    assert not Spotted.objects.exists()
