import io
import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from fabrique.actions import seats
from fabrique.actions.access import read_seat
from fabrique.actions.animate import create_session
from fabrique.actions.registration_letters import badge_of, token_of
from fabrique.domain.session import Plan
from fabrique.domain.tier import Tier
from fabrique.store.models import CheckIn, Dispatch, Form, Pool, Registration
from tests.store.made import gathering, person

ASKED = [
    {"id": "diet", "kind": "open", "title": "Que ne mangez-vous pas ?"},
    {
        "id": "come",
        "kind": "single",
        "title": "Venez-vous en train ?",
        "options": ["oui", "non"],
        "rule": {"required": "yes", "kept": 10},
    },
    {
        "id": "hour",
        "kind": "open",
        "title": "À quelle heure ?",
        "show_if": {"question": "come", "choice": [0]},
        "rule": {"required": "yes"},
    },
]


@pytest.fixture
def about():
    found = gathering(organisers=[person("Olga")])
    Pool.objects.create(gathering=found, title="À distance", size=1)
    return found


def browser(who=None):
    made = Client(SERVER_NAME="localhost", headers={"accept-language": "en"})
    if who is not None:
        made.force_login(who)
    return made


def organiser(about):
    return browser(about.organisers.get().person)


def sent(about, name="Ana", **more):
    pool = about.pools.order_by("id").first()
    email = f"{name.lower()}.{uuid.uuid4().hex[:6]}@example.org"
    return {"id": str(uuid.uuid4()), "name": name, "email": email, "pool": pool.pk, **more}


def register(about, name="Ana", who=None, **more):
    answer = (who or browser()).post(f"/g/{about.slug}/register", sent(about, name, **more))
    assert answer.status_code == 303, re.findall(r"refusal.*", answer.content.decode())
    return answer["Location"]


def rows(about):
    return [f"{r.name} {r.state}" for r in about.registrations.order_by("rank", "queued_at")]


def page(address, who=None):
    answer = (who or browser()).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_somebody_without_an_account_registers_and_the_next_one_waits(about):
    mine, other = register(about), register(about, "Bob")
    assert rows(about) == ["Ana confirmed", "Bob waiting"]
    assert "You have a seat." in page(mine)
    waits = page(other)
    assert "You are number 1 of the 1 who wait" in waits
    assert "1 / 1" in waits


def test_what_is_seen_of_me_is_said_before_i_type(about):
    shown = page(f"/g/{about.slug}/register")
    assert shown.index("What will be seen of me?") < shown.index("<input id")


def test_the_form_sent_twice_is_one_row(about):
    given, who = sent(about), browser()
    for _ in range(2):
        assert who.post(f"/g/{about.slug}/register", given).status_code == 303
    assert rows(about) == ["Ana confirmed"]


def test_the_same_address_twice_is_told_and_is_sent_its_link_not_to_whoever_typed_it(about):
    given = sent(about)
    browser().post(f"/g/{about.slug}/register", given)
    again = browser().post(f"/g/{about.slug}/register", {**given, "id": str(uuid.uuid4())})
    assert again.status_code == 409
    words = again.content.decode()
    assert "registered here already: nothing changed" in words
    assert "/r/" not in words
    assert rows(about) == ["Ana confirmed"]
    keys = Dispatch.objects.filter(to=given["email"]).order_by("id").values_list("key", flat=True)
    assert [key.split(":")[0] for key in keys] == ["confirmed", "again"]


def test_an_address_is_not_written_to_without_end(about):
    given = sent(about)
    for _ in range(20):
        browser().post(f"/g/{about.slug}/register", {**given, "id": str(uuid.uuid4())})
    assert Dispatch.objects.filter(to=given["email"]).count() == 12


def test_a_robot_that_fills_every_field_takes_no_seat(about):
    answer = browser().post(f"/g/{about.slug}/register", sent(about, website="http://x.y"))
    assert answer.status_code == 200
    assert rows(about) == []


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"email": "ana"}, {"pool": "0"}, {"name": "a\x00"}]
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(about, wrong):
    given = sent(about, "Ana Bé") | wrong
    answer = browser().post(f"/g/{about.slug}/register", given)
    assert answer.status_code == 400
    assert "Nothing was lost" in answer.content.decode()
    assert rows(about) == []


def test_whoever_is_signed_in_is_known_and_keeps_their_own_address(about):
    zoe = person("Zoé", tier=Tier.ADHERENT)
    shown = page(f"/g/{about.slug}/register", browser(zoe))
    assert 'value="Zoé"' in shown
    register(about, "Zoé", browser(zoe), email="other@example.org")
    row = about.registrations.get()
    assert (row.person, row.email, row.tier) == (zoe, zoe.email, "adherent")
    assert "You are registered already" in page(f"/g/{about.slug}/register", browser(zoe))


def test_questions_are_asked_as_in_an_activity(about):
    Form.objects.create(gathering=about, asked=ASKED)
    refused = browser().post(f"/g/{about.slug}/register", sent(about))
    assert refused.status_code == 400
    assert "This question needs an answer." in refused.content.decode()
    register(about, **{"q-come": "1", "q-hour": "9 h", "q-diet": "noix"})
    row = about.registrations.get()
    assert row.answers == {"diet": {"text": "noix"}, "come": {"choice": [1]}}
    own = f"/r/{token_of(row.pk)}/"
    assert "noix" in page(own)
    browser().post(own, {"do": "answer", "q-come": "0"})
    row.refresh_from_db()
    assert row.answers["come"] == {"choice": [1]}  # the hour is needed then
    browser().post(own, {"do": "answer", "q-come": "0", "q-hour": "9 h"})
    row.refresh_from_db()
    assert row.answers == {"come": {"choice": [0]}, "hour": {"text": "9 h"}}


def test_a_link_in_a_letter_does_nothing_until_a_button_is_pressed(about):
    mine, other = register(about), register(about, "Bob")
    before = rows(about)
    for method in ("get", "head"):
        getattr(browser(), method)(mine)
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert strict.post(mine, {"do": "cancel"}).status_code == 403
    assert rows(about) == before
    assert "You gave your seat back." in browser().post(mine, {"do": "cancel"}).content.decode()
    assert rows(about) == ["Ana cancelled", "Bob offered"]
    assert "A seat is kept for you." in page(other)
    for _ in range(2):
        assert "You have a seat." in browser().post(other, {"do": "accept"}).content.decode()
    assert rows(about) == ["Ana cancelled", "Bob confirmed"]


def test_an_expired_offer_that_is_clicked_says_so(about):
    mine, other = register(about), register(about, "Bob")
    browser().post(mine, {"do": "cancel"})
    Registration.objects.filter(name="Bob", gathering=about).update(
        offered_until=timezone.now() - timedelta(minutes=1)
    )
    assert "The seat went to the next person." in page(other)
    answer = browser().post(other, {"do": "accept"})
    assert answer.status_code == 409
    assert "You can register again" in answer.content.decode()
    assert rows(about)[1] == "Bob offered"


def test_a_link_that_nobody_signed_is_nowhere():
    for token in ("x", f"{uuid.uuid4().hex}:abc"):
        assert browser().get(f"/r/{token}/").status_code == 404


def test_pages_of_the_group_are_for_the_group(about):
    row = Registration.objects.get(pk=seats.enter(_entry(about), timezone.now()).pk)
    for address in (
        "registrations/",
        f"registrations/{row.pk}",
        "registrations.csv",
        "registrations.xlsx",
        "registrations/letter",
        "form/",
        "checkin/",
        f"checkin/{badge_of(row.pk)}",
        "paper/badges.pdf",
        "paper/attestations.pdf",
    ):
        there = f"/g/{about.slug}/{address}"
        assert browser().get(there).status_code == 302, address
        assert browser(person()).get(there).status_code == 403, address
        assert organiser(about).get(there).status_code == 200, address


def _entry(about, name="Ana"):
    pool = about.pools.order_by("id").first()
    email = f"{uuid.uuid4().hex[:8]}@example.org"
    return seats.Entry(id=uuid.uuid4(), pool=pool.pk, email=email, name=name, tier=Tier.GUEST)


def test_the_list_is_one_that_a_spreadsheet_opens_and_no_formula(about):
    Form.objects.create(gathering=about, asked=ASKED[:1])
    register(about, "=1+1", **{"q-diet": "@SUM(A1)"})
    content = organiser(about).get(f"/g/{about.slug}/registrations.csv").content
    assert content.startswith("\ufeff".encode())
    assert b'"\'=1+1";' in content
    assert b'"\'@SUM(A1)"' in content
    book = organiser(about).get(f"/g/{about.slug}/registrations.xlsx").content
    assert book.startswith(b"PK")


def test_the_group_gives_other_seats_adds_people_and_marks_what_is_paid(about):
    who, act = organiser(about), f"/g/{about.slug}/registrations/act"
    pool = about.pools.get()
    register(about)
    added = who.post(
        act, {"do": "add", "pool": pool.pk, "people": "Bob;bob@example.org\nCleo;c@d.fr"}
    )
    assert added.status_code == 302
    assert rows(about) == ["Ana confirmed", "Bob waiting", "Cleo waiting"]
    asks = who.post(act, {"do": "capacity", "pool": pool.pk, "size": "0"})
    assert "Nobody loses theirs" in asks.content.decode()
    who.post(act, {"do": "capacity", "pool": pool.pk, "size": "2"})
    assert rows(about) == ["Ana confirmed", "Bob offered", "Cleo waiting"]
    refused = who.post(act, {"do": "add", "pool": pool.pk, "people": "Dan"})
    assert refused.status_code == 409
    assert "nobody was added" in refused.content.decode()
    cleo = about.registrations.get(name="Cleo")
    one = f"/g/{about.slug}/registrations/{cleo.pk}"
    assert who.post(one, {"do": "move", "place": "1", "reason": ""}).status_code == 409
    assert who.post(one, {"do": "paid", "paid": "1"}).status_code == 302
    cleo.refresh_from_db()
    assert cleo.paid
    shown = page(f"/g/{about.slug}/registrations/?q=cle", who)
    assert "1 shown of 3." in shown


def test_letters_to_people_are_drafts(about):
    register(about)
    who = organiser(about)
    given = {"to": "confirmed", "subject": "Salle", "words": "C’est au premier étage."}
    shown = who.post(f"/g/{about.slug}/registrations/letter", given).content.decode()
    assert "1 letter waits in the outbox" in shown
    row = Dispatch.objects.get(about=f"gathering:{about.pk}")
    assert (row.state, row.subject) == ("draft", "Salle")


def test_the_form_is_made_by_its_editor(about):
    who, address = organiser(about), f"/g/{about.slug}/form/"
    given = {
        "count": "2",
        "title-0": "Venez-vous en train ?",
        "kind-0": "single",
        "options-0": "oui\nnon",
        "required-0": "yes",
        "title-1": "À quelle heure ?",
        "kind-1": "open",
        "required-1": "after",
        "after-1": "2027-01-01",
        "builtin-diet": "1",
        "early-adherent": "7",
        "opens_at": "2026-12-01T10:00",
        "fairness": "tier",
        "price": "flat",
        "fee-guest": "12,50",
        "reminders": "-24, 18",
        "closes": "1",
        "stops": "6",
    }
    assert who.post(address, given).status_code == 302
    form = Form.objects.get(gathering=about)
    assert [one["id"] for one in form.asked] == ["q1", "q2", "diet"]
    assert form.asked[1]["rule"]["after"] == "2027-01-01"
    assert (form.early, form.fees["guest"], form.fairness) == ({"adherent": 7}, 1250, "tier")
    assert (form.closes_before, form.offers_stop, form.reminders) == (60, 360, [-1440, 1080])
    refused = who.post(address, {**given, "after-1": "demain"})
    assert refused.status_code == 400
    assert "what you typed is still here" in refused.content.decode()
    assert 'value="demain"' in refused.content.decode()


def test_a_member_opens_an_antenna(about):
    zoe = person("Zoé")
    address = f"/g/{about.slug}/antenna"
    assert browser().get(address).status_code == 302
    assert browser(zoe).post(address, {"place": "", "size": "8"}).status_code == 400
    assert browser(zoe).post(address, {"place": "Lille", "size": "8"}).status_code == 302
    pool = about.pools.get(kind="antenna")
    assert (pool.title, pool.place, pool.size, pool.host) == ("Lille", "Lille", 8, zoe)
    assert "Lille" in page(f"/g/{about.slug}/register")


def test_phones_at_the_door_send_each_act_once(about):
    row = seats.enter(_entry(about), timezone.now())
    who, address = organiser(about), f"/g/{about.slug}/checkin/sync"
    now = timezone.now().isoformat()
    act = {"id": str(uuid.uuid4()), "act": "in", "who": str(row.pk), "at": now, "name": ""}
    new = {
        **act,
        "id": str(uuid.uuid4()),
        "act": "walk-in",
        "who": str(uuid.uuid4()),
        "name": "Zoé",
    }
    lost = {**act, "id": str(uuid.uuid4()), "who": str(uuid.uuid4())}
    for _ in range(2):
        told = who.post(address, [act, new, lost], content_type="application/json").json()
        assert [one["ok"] for one in told["replies"]] == [True, True, False]
        people = [(one["name"], one["state"]) for one in told["people"]]
        assert people == [("Ana", "attended"), ("Zoé", "attended")]
    assert CheckIn.objects.filter(registration__gathering=about).count() == 2
    assert who.post(address, "no", content_type="application/json").status_code == 400
    assert browser(person()).post(address, [], content_type="application/json").status_code == 403


def test_without_a_script_a_form_ticks_too(about):
    row = seats.enter(_entry(about), timezone.now())
    who = organiser(about)
    shown = page(f"/g/{about.slug}/checkin/{badge_of(row.pk)}", who)
    assert "Ana" in shown
    who.post(f"/g/{about.slug}/checkin/", {"act": "in", "who": str(row.pk)})
    assert rows(about) == ["Ana attended"]
    assert "1 came of 1" in page(f"/g/{about.slug}/checkin/", who)
    pdf = browser().get(f"/r/{token_of(row.pk)}/attestation.pdf").content
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_badges_are_four_a_sheet_whatever_the_name(about, language):
    Pool.objects.filter(gathering=about).update(size=None)
    type(about).objects.filter(pk=about.pk).update(language=language)
    long = "Élodie-Marguerite de la Tour-d’Auvergne-Lauraguais et de la Presqu’île d’en face"
    for name in ("Ana", long, "李小龙 *#[x]", "Bob", "Zoé"):
        seats.enter(_entry(about, name), timezone.now())
    content = organiser(about).get(f"/g/{about.slug}/paper/badges.pdf").content
    sheets = PdfReader(io.BytesIO(content)).pages
    assert [round(float(side) / 72 * 25.4) for side in sheets[0].mediabox[2:]] == [297, 210]
    assert len(sheets) == 2
    said = "".join("".join(sheet.extract_text() for sheet in sheets).split())
    assert "".join(long.split()) in said


@pytest.mark.parametrize(
    ("language", "hours", "said", "lasted"),
    [
        ("fr", 2.5, "Nous attestons que Ana a participé à", "2 h 30 min"),
        ("en", 2, "We attest that Ana took part in", "2 h"),
        ("fr", 30, "Nous attestons que Ana a participé à", None),  # over two days: no sum of hours
    ],
)
def test_an_attestation_says_what_when_where_and_how_long(about, language, hours, said, lasted):
    starts = timezone.now().replace(hour=9, minute=0) - timedelta(days=3)
    ends = starts + timedelta(hours=hours)
    place = "12 quai des Tisserands"
    type(about).objects.filter(pk=about.pk).update(
        language=language, starts_at=starts, ends_at=ends, place=place
    )
    row = seats.enter(_entry(about), timezone.now(), by=organiser_of(about))
    about.registrations.filter(pk=row.pk).update(state="attended")
    content = browser().get(f"/r/{token_of(row.pk)}/attestation.pdf").content
    text = " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
    assert said in text
    assert place in text
    assert ("Durée" in text or "Duration" in text) is bool(lasted)
    assert not lasted or lasted in text


def room_of(about):
    head = create_session(Plan("Salle", "cafe", "fr", timezone.now()))
    about.session = head.code
    about.save()
    return head


def test_who_registered_enters_the_room_with_their_name_and_tier(about):
    head, zoe = room_of(about), person("Zoé", tier=Tier.ADHERENT)
    register(about, "Zoé", browser(zoe))
    who = browser(zoe)
    assert "Welcome, Zoé." in page(f"/g/{about.slug}/room", who)
    entered = who.post(f"/g/{about.slug}/room")
    assert (entered.status_code, entered["Location"]) == (303, f"/s/{head.code}/")
    seat = read_seat(who.cookies["seat"].value)
    assert (seat.session, seat.name, seat.tier) == (head.id, "Zoé", "adherent")
    row = about.registrations.get()
    by_mail = browser()
    assert by_mail.post(f"/r/{token_of(row.pk)}/room").status_code == 303
    assert read_seat(by_mail.cookies["seat"].value).name == "Zoé"


def test_who_did_not_register_meets_the_door_of_the_gathering(about):
    head = room_of(about)
    assert browser().get(f"/g/{about.slug}/room")["Location"] == f"/s/{head.code}/"
    about.door = "registered"
    about.save()
    shown = page(f"/g/{about.slug}/room")
    assert "for those who registered" in shown
    assert f"/g/{about.slug}/register" in shown
    assert head.code not in shown
    assert browser().post(f"/g/{about.slug}/room").status_code == 404


def test_lists_ask_as_many_questions_for_three_as_for_one(about):
    Pool.objects.filter(gathering=about).update(size=None)
    who = organiser(about)
    counted = []
    for n in (1, 2):
        for _ in range(n):
            seats.enter(_entry(about), timezone.now())
        each = []
        for address in ("registrations/", "checkin/", "registrations.csv", "register"):
            with CaptureQueriesContext(connection) as queries:
                assert who.get(f"/g/{about.slug}/{address}").status_code == 200
            each.append(len(queries))
        counted.append(each)
    assert counted[0] == counted[1]


@pytest.fixture
def antennas(about):
    """Two antennas: one of Yann, where Ana and Bob come, one of somebody else, where Zoé comes."""
    yann, other = person("Yann"), person("Else")
    Form.objects.create(
        gathering=about, asked=[{"id": "access", "kind": "open", "title": "De quoi ?"}]
    )
    near = seats.open_pool(about, "antenna", "Le Phare", 5, yann, "Quiberon")
    far = seats.open_pool(about, "antenna", "Le Quai", 5, other, "Lorient")
    needs = {"access": {"text": "Un accès de plain-pied"}}
    for name, where, answers in (("Ana", near, needs), ("Bob", near, {}), ("Zoé", far, needs)):
        seats.enter(
            seats.Entry(
                id=uuid.uuid4(),
                pool=where.pk,
                email=f"{uuid.uuid4().hex}@example.org",
                name=name,
                tier=Tier.GUEST,
                answers=answers,
            ),
            timezone.now(),
        )
    return yann, near, far


def test_whoever_hosts_an_antenna_sees_its_people_and_what_they_need(about, antennas):
    yann, near, far = antennas
    said = page(f"/g/{about.slug}/antenna/{near.pk}/", browser(yann))
    assert re.findall(r'data-name="([^"]*)"', said) == ["Ana", "Bob"]
    assert said.count("Un accès de plain-pied") == 1
    assert "example.org" not in said.split("<main")[1]
    assert f"/antenna/{near.pk}/" in page(f"/g/{about.slug}/", browser(yann))
    assert f"/antenna/{far.pk}/" not in page(f"/g/{about.slug}/", browser(yann))


def test_whoever_hosts_an_antenna_checks_in_its_people_alone(about, antennas):
    yann, near, far = antennas
    mine, theirs = (about.registrations.get(name=name) for name in ("Ana", "Zoé"))
    host = browser(yann)
    now = timezone.now().isoformat()

    def sync(act, who, at=near.pk, **more):
        done = {"id": str(uuid.uuid4()), "act": act, "who": str(who), "at": now, **more}
        return host.post(
            f"/g/{about.slug}/antenna/{at}/sync", [done], content_type="application/json"
        )

    assert [one["ok"] for one in sync("in", mine.pk).json()["replies"]] == [True]
    assert [one["name"] for one in sync("in", theirs.pk).json()["people"]] == ["Ana", "Bob"]
    for act in ("in", "out", "walk-in"):
        assert [one["ok"] for one in sync(act, theirs.pk, name="X").json()["replies"]] == [False]
    seen = CheckIn.objects.create(
        id=uuid.uuid4(), registration=theirs, act="in", at=now, kept_at=now
    )
    assert not sync("in", mine.pk, id=str(seen.pk)).json()["replies"][0]["ok"]
    assert sync("walk-in", uuid.uuid4(), name="Eve").json()["replies"][0]["ok"]
    assert near.registrations.filter(name="Eve").exists()
    states = {row.name: row.state for row in about.registrations.all()}
    assert states == {"Ana": "attended", "Bob": "confirmed", "Zoé": "confirmed", "Eve": "attended"}
    assert sync("in", mine.pk, at=far.pk).status_code == 403


def test_an_antenna_without_a_script_comes_back_to_its_own_door(about, antennas):
    yann, near, _ = antennas
    who = about.registrations.get(name="Bob")
    here = f"/g/{about.slug}/antenna/{near.pk}/"
    answer = browser(yann).post(here, {"act": "in", "who": who.pk})
    assert (answer.status_code, answer["Location"]) == (302, here)
    who.refresh_from_db()
    assert who.state == "attended"


def test_an_antenna_is_its_hosts_alone(about, antennas):
    _, near, far = antennas
    site = about.pools.get(title="À distance")
    here = f"/g/{about.slug}/antenna/%s/"
    for who, status in (
        (None, 302),
        (person(), 403),
        (far.host, 403),
        (organiser_of(about), 403),  # the group has the whole list, by its own page
        (person(roles=["staff"]), 403),
        (near.host, 200),
    ):
        assert browser(who).get(here % near.pk).status_code == status
    assert browser(near.host).get(here % site.pk).status_code == 403
    assert browser(near.host).get(here % 999_999).status_code == 404
    elsewhere = gathering()
    assert browser(near.host).get(f"/g/{elsewhere.slug}/antenna/{near.pk}/").status_code == 404
    for page_of in ("registrations/", "checkin/"):
        assert browser(near.host).get(f"/g/{about.slug}/{page_of}").status_code == 403
    type(about).objects.filter(pk=about.pk).update(state="prepared")
    assert browser(near.host).get(here % near.pk).status_code == 404


def organiser_of(about):
    return about.organisers.get().person


def test_the_history_of_a_registration_is_in_peoples_words(about):
    link = register(about)
    row = about.registrations.get()
    assert link
    said = page(f"/g/{about.slug}/registrations/{row.pk}", organiser(about))
    assert "Registered" in said
    assert "registration." not in said.split("<main")[1]
