"""The programme: drafted on the grid, released, read by tier, picked."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import load_workbook

from fabrique.actions.policy.viewer import Viewer
from fabrique.actions.programme import mine, releases
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Dispatch, Duty, Happening, Item, Pick
from tests.store.made import person
from tests.web.days import ADHERENT, FIRST, days, item, of, part, place, room


def html(answer):
    return answer.content.decode()


def at(about, rest):
    return f"/g/{about.slug}/{rest}"


def release(about, host, words=""):
    return releases.release(about, words, host, timezone.now())


def letters(about):
    return list(Dispatch.objects.filter(about=f"gathering:{about.pk}").order_by("to"))


@pytest.fixture
def two():
    about, host = days()
    hall = room(about, host)
    studio = room(about, host, "Studio", 20)
    return about, host, hall, studio


def test_an_item_is_placed_moved_lengthened_and_taken_off_by_the_form(client, two):
    about, host, hall, studio = two
    row = item(about, host, "Ouverture")
    client.force_login(host)
    edit = at(about, "programme/edit/")
    given = {"item": row.pk, "day": "2027-06-10", "clock": "14:15", "room": studio.pk}
    answer = client.post(edit, {"do": "place", **given, "minutes": "90"}, follow=True)
    assert "jeudi 10 juin à 14 h 15, Studio" in html(answer).replace("\xa0", " ")
    row.refresh_from_db()
    assert (row.room, row.minutes) == (studio, 90)
    assert row.starts_at == FIRST + timedelta(days=1, hours=5, minutes=15)
    client.post(edit, {"do": "nudge", "item": row.pk, "minutes": "-15", "rooms": "-1"})
    client.post(edit, {"do": "nudge", "item": row.pk, "longer": "15"})
    row.refresh_from_db()
    assert (row.room, row.minutes) == (hall, 105)
    assert row.starts_at == FIRST + timedelta(days=1, hours=5)
    client.post(edit, {"do": "unschedule", "item": row.pk})
    row.refresh_from_db()
    assert row.starts_at is None
    verbs = Happening.objects.filter(about=f"item:{row.pk}").values_list("verb", flat=True)
    assert list(verbs) == ["item.added", *["item.placed"] * 4]


def test_moves_are_taken_back_one_by_one_by_whoever_made_them(client, two):
    about, host, hall, _ = two
    row = item(about, host)
    client.force_login(host)
    edit = at(about, "programme/edit/")
    client.post(edit, {"do": "nudge", "item": row.pk})
    client.post(edit, {"do": "nudge", "item": row.pk, "minutes": "15"})
    row.refresh_from_db()
    assert (row.starts_at, row.room) == (FIRST + timedelta(minutes=15), hall)
    client.post(edit, {"do": "undo"})
    row.refresh_from_db()
    assert row.starts_at == FIRST
    client.post(edit, {"do": "undo"})
    row.refresh_from_db()
    assert row.starts_at is None
    answer = client.post(edit, {"do": "undo"})
    assert answer.status_code == 400
    assert "Il n’y a rien à reprendre." in html(answer)


def test_what_somebody_else_moved_since_stays(client, two):
    about, host, hall, studio = two
    row = item(about, host, at=FIRST, where=hall)
    place(row, person(roles=["staff"]), FIRST, studio)
    client.force_login(host)
    answer = client.post(at(about, "programme/edit/"), {"do": "undo"})
    assert answer.status_code == 400
    row.refresh_from_db()
    assert row.room == studio


@pytest.mark.parametrize(
    "wrong",
    [
        {"clock": "25:00"},
        {"clock": ""},
        {"day": "soon"},
        {"day": ""},
        {"room": "999999"},
        {"room": "x"},
        {"minutes": "0"},
        {"minutes": "99999999999999999999"},
        {"item": ""},
        {"item": "00000000-0000-0000-0000-000000000000"},
    ],
)
def test_what_cannot_be_placed_is_said_and_nothing_moves(client, two, wrong):
    about, host, hall, _ = two
    row = item(about, host, at=FIRST, where=hall)
    client.force_login(host)
    given = {"item": row.pk, "day": "2027-06-10", "clock": "14:00", "room": hall.pk}
    asked = {"do": "place", **given, "minutes": "60", **wrong}
    answer = client.post(at(about, "programme/edit/"), asked)
    assert answer.status_code == 400
    assert "Rien n’a été déplacé." in html(answer)
    row.refresh_from_db()
    assert row.starts_at == FIRST


def test_a_clash_is_told_and_not_refused(client, two):
    about, host, hall, studio = two
    speaker = item(about, host, "Un", FIRST, hall)
    other = item(about, host, "Deux", FIRST, hall)
    for row in (speaker, other):
        part(row, host, "Ines", "ines@example.org")
    client.force_login(host)
    shown = html(client.get(at(about, "programme/edit/")))
    assert "2 conflits" in shown
    place(other, host, FIRST + timedelta(hours=1), studio)
    assert "Aucun conflit" in html(client.get(at(about, "programme/edit/")))


def test_the_programme_is_nobody_elses_before_its_release(client, two):
    about, host, hall, _ = two
    item(about, host, "Secret", FIRST, hall)
    for page in ("programme/", "programme.csv", "programme.json", "programme/versions/"):
        assert client.get(at(about, page)).status_code == 404
    release(about, host)
    assert "Secret" in html(client.get(at(about, "programme/")))
    item(about, host, "Plus tard", FIRST, hall)
    for page in ("programme/", "programme.csv", "programme.json", "programme/versions/"):
        assert "Plus tard" not in html(client.get(at(about, page)))
    assert client.get(at(about, "programme.csv?draft=1")).status_code == 404
    client.force_login(host)
    assert "Plus tard" in html(client.get(at(about, "programme.csv?draft=1")))


@pytest.mark.parametrize("tier", Tier)
def test_an_item_is_read_by_its_audience_on_every_page(client, two, tier):
    about, host, hall, _ = two
    for audience in Tier:
        item(about, host, f"pour-{audience.value}", FIRST, hall, audience=audience.value)
    release(about, host)
    item(about, host, "pour-adherent-2", FIRST, audience=ADHERENT)
    release(about, host)
    if tier is not Tier.GUEST:
        client.force_login(of(tier))
    for page in ("programme/", "programme.csv", "programme.json", "programme/versions/"):
        shown = html(client.get(at(about, page)))
        for audience in Tier:
            if page != "programme/versions/":
                assert (f"pour-{audience.value}" in shown) is tier.reaches(audience)
        assert ("pour-adherent-2" in shown) is tier.reaches(Tier.ADHERENT)


def test_what_one_may_not_see_cannot_be_picked(client, two):
    about, host, hall, _ = two
    hidden = item(about, host, "Caché", FIRST, hall, audience=ADHERENT)
    shown = item(about, host, "Ouvert", FIRST, hall)
    drafted = item(about, host, "Brouillon")
    release(about, host)
    member = person()
    pick = at(about, "programme/pick")
    assert client.post(pick, {"item": shown.pk, "on": "1"}).status_code == 302
    assert Pick.objects.filter(item=shown).count() == 0  # nobody signed in: led to the door
    client.force_login(member)
    for row in (hidden, drafted):
        assert client.post(pick, {"item": row.pk, "on": "1"}).status_code == 404
    assert client.post(pick, {"item": "x", "on": "1"}).status_code == 404
    for _ in range(2):
        client.post(pick, {"item": shown.pk, "on": "1"})
    assert [one.item for one in Pick.objects.filter(person=member)] == [shown]
    client.post(pick, {"item": shown.pk, "on": "0"})
    assert not Pick.objects.filter(person=member).exists()


def test_a_release_raises_the_sequence_and_writes_to_those_it_concerns(two):
    about, host, hall, studio = two
    talk = item(about, host, "Exposé", FIRST, hall)
    other = item(about, host, "Repas", FIRST + timedelta(hours=3))
    part(talk, host, "Ines", "ines@example.org")
    release(about, host)
    assert [(one.to, one.state) for one in letters(about)] == [("ines@example.org", "draft")]
    fan, calm = person("Fan", language="en"), person("Calme")
    for who, row in ((fan, talk), (calm, other)):
        Pick.objects.create(person=who, item=row)
    place(talk, host, FIRST + timedelta(hours=1), studio)
    before = about.sequence
    release(about, host, "Bonne lecture")
    about.refresh_from_db()
    assert about.sequence == before + 1
    second = [one for one in letters(about) if "version 2" in one.subject]
    assert sorted(one.to for one in second) == sorted(["ines@example.org", fan.email])
    body = next(one.body for one in second if one.to == fan.email)
    assert "Moved: “Exposé” is now Wednesday 9 June at 10:00" in body
    assert "Room changed: “Exposé” is in Studio instead of Grande salle." in body
    assert "Bonne lecture" in body
    assert "/speaking/" not in body
    with pytest.raises(Invalid, match="Nothing changed"):
        release(about, host)


def test_a_dropped_item_is_told_of_to_those_who_kept_it(client, two):
    about, host, hall, _ = two
    row = item(about, host, "Exposé", FIRST, hall)
    release(about, host)
    fan = person("Fan")
    Pick.objects.create(person=fan, item=row)
    client.force_login(host)
    client.post(at(about, f"programme/items/{row.pk}/"), {"do": "drop"})
    release(about, host)
    assert "Retiré : « Exposé »" in letters(about)[-1].body.replace("\xa0", " ")
    assert "Exposé" not in html(client.get(at(about, "programme/")))


def test_who_left_the_association_is_told_nothing_more(two):
    about, host, hall, _ = two
    row = item(about, host, "Réservé", FIRST, hall, audience=ADHERENT)
    release(about, host)
    gone = person("Ancien")
    Pick.objects.create(person=gone, item=row)
    place(row, host, FIRST + timedelta(hours=1), hall)
    release(about, host)
    assert letters(about) == []


def test_ones_own_items_are_in_one_calendar_and_what_overlaps_is_told(client, two):
    about, host, hall, studio = two
    one, other = (
        item(about, host, "Un, deux;", FIRST, hall),
        item(about, host, "Bis", FIRST, studio),
    )
    spoken = item(about, host, "Parlé", FIRST + timedelta(hours=4), hall)
    fan = person("Fan")
    part(spoken, host, "Fan", fan.email)
    release(about, host)
    for row in (one, other):
        Pick.objects.create(person=fan, item=row)
    client.force_login(fan)
    shown = html(client.get(at(about, "programme/mine/")))
    assert "se chevauchent" in shown
    assert "Vous y intervenez." in shown
    found = mine.items_of(fan, Viewer(fan, timezone.localdate()))
    assert [(x.title, x.speaking) for x in found][-1] == ("Parlé", True)
    body = html(client.get(at(about, "programme/mine.ics")))
    assert body.count("BEGIN:VEVENT") == 3
    assert "SUMMARY:Un\\, deux\\;" in body
    assert "DTSTART:20270609T070000Z" in body


def test_files_hold_the_programme_and_no_formula(client, two):
    about, host, hall, _ = two
    item(about, host, "=1+1", FIRST, hall, kind="workshop", seats=12)
    release(about, host)
    table = html(client.get(at(about, "programme.csv")))
    assert '"\'=1+1"' in table
    assert "2027-06-09 09:00:00" in table
    found = json.loads(html(client.get(at(about, "programme.json"))))
    assert found["format"] == "fabrique.programme/1"
    assert [(x["title"], x["seats"], x["minutes"]) for x in found["items"]] == [("=1+1", 12, 60)]
    assert found["days"] == ["2027-06-09", "2027-06-10"]
    from io import BytesIO  # noqa: PLC0415

    book = load_workbook(BytesIO(client.get(at(about, "programme.xlsx")).content))
    assert "=1+1" in book.get_sheet_by_index(0).to_python()[1]


def test_pages_cost_as_many_queries_for_one_item_as_for_three(client, two):
    about, host, hall, _ = two
    fan = person("Fan")

    def more(n):
        row = item(about, host, f"Item {n}", FIRST + timedelta(hours=n), hall)
        part(row, host, f"Voix {n}", f"voix{n}@example.org")
        Duty.objects.create(gathering=about, form="words", title=f"Besoin {n}")
        Pick.objects.create(person=fan, item=row)
        release(about, host)

    def counted(who, page):
        client.force_login(who)
        with CaptureQueriesContext(connection) as found:
            assert client.get(at(about, page)).status_code == 200
        return len(found)

    pages = [
        (host, "programme/edit/"),
        (host, "programme/speakers/"),
        (host, "programme/"),
        (host, "programme/versions/"),
        (host, "programme/rooms/"),
        (fan, "programme/"),
        (fan, "programme/mine/"),
        (fan, "programme/mine.ics"),
        (fan, "programme.json"),
    ]
    more(0)
    once = [counted(*one) for one in pages]
    more(1)
    more(2)
    assert [counted(*one) for one in pages] == once


def test_a_room_that_goes_leaves_its_items_in_time(client, two):
    about, host, hall, _ = two
    row = item(about, host, at=FIRST, where=hall)
    client.force_login(host)
    rooms = at(about, "programme/rooms/")
    assert client.post(rooms, {"name": "Studio"}).status_code == 400
    assert client.post(rooms, {"name": "Foyer", "seats": "30"}).status_code == 302
    client.post(rooms, {"room": hall.pk, "do": "remove"})
    row.refresh_from_db()
    assert (row.room, row.starts_at) == (None, FIRST)


def test_a_new_item_waits_beside_the_grid(client, two):
    about, host, *_ = two
    client.force_login(host)
    given = {"title": "Neuf", "kind": "workshop", "minutes": "45", "language": "fr"}
    new = at(about, "programme/items/new/")
    assert client.post(new, {"title": "", **given, "minutes": "0"}).status_code == 400
    client.post(new, {**given, "audience": "guest", "seats": "12", "about": "a"})
    row = Item.objects.get(gathering=about, title="Neuf")
    assert (row.starts_at, row.pool.size, row.pool.kind) == (None, 12, "workshop")
    page = at(about, f"programme/items/{row.pk}/")
    asked = {"do": "part", "part-name": "Ines", "part-email": "no", "part-role": "speaker"}
    assert client.post(page, asked).status_code == 400
    for status in (302, 400):
        answer = client.post(page, {**asked, "part-email": "Ines@Example.org"})
        assert answer.status_code == status
    assert [one.speaker.email for one in row.parts.all()] == ["ines@example.org"]
    client.post(page, {"do": "unpart", "part": row.parts.get().pk})
    assert not about.speakers.exists()


def test_hours_are_those_of_the_gathering_not_of_the_house(client):
    about, host = days(zone="America/Martinique")
    hall = room(about, host)
    item(about, host, "Loin", FIRST + timedelta(hours=6), hall)
    release(about, host)
    assert "09:00–10:00" in html(client.get(at(about, "programme/")))
    client.force_login(host)
    shown = html(client.get(at(about, "programme/edit/")))
    assert "09:00–10:00" in shown
    assert 'data-minute="540"' in shown


def test_rooms_are_put_in_another_order_and_stay_so(client, two):
    about, host, hall, studio = two
    foyer = room(about, host, "Foyer", 40)
    client.force_login(host)
    rooms = at(about, "programme/rooms/")

    def order():
        return [one.title for one in about.rooms.order_by("rank", "id")]

    answer = client.post(rooms, {"room": foyer.pk, "do": "sooner"})
    assert answer["Location"] == f"{rooms}#room-{foyer.pk}"
    client.post(rooms, {"room": hall.pk, "do": "later"})
    titles = order()
    assert titles == ["Foyer", "Grande salle", "Studio"]
    for one, do in ((foyer, "sooner"), (studio, "later")):  # at its end already: it stays
        assert client.post(rooms, {"room": one.pk, "do": do}).status_code == 302
    assert order() == titles
    assert room(about, host, "Hall").rank > max(
        one.rank for one in about.rooms.exclude(title="Hall")
    )
    said = html(client.get(rooms))
    assert said.count('value="sooner"') == said.count('value="later"') == 3
    assert Happening.objects.filter(verb="room.moved", by=host).count() == 2
