"""Pages of people: one's own, the directory, the team's; each shows what it may and no more."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from fabrique.domain.profile import FIELDS
from fabrique.domain.tier import Tier
from fabrique.store.models import (
    Application,
    Batch,
    Card,
    GroupMember,
    Mandate,
    Membership,
    Person,
    Structure,
    WorkingGroup,
)
from fabrique.web.paths import people as paths
from tests.jobs.made import picture
from tests.store.made import joined, person
from tests.web.reading import Page

SECRET = {
    "trade": "MÉTIER-SECRET",
    "territory": "LIEU-SECRET",
    "interests": "GOÛT-SECRET",
    "brings": "APPORT-SECRET",
    "seeks": "QUÊTE-SECRET",
    "about": "MOTS-SECRETS",
    "structure": "STRUCTURE-SECRÈTE",
}


@pytest.fixture(autouse=True)
def _nobody_else():
    Card.objects.all().delete()


def signed(client, **fields):
    client.force_login(somebody := person(**fields))
    return somebody


def filled(client, shown, name="Zoé Visible"):
    """Somebody who has filled the form in through the page."""
    somebody = signed(client)
    given = {"name": name, "level": "starting", **SECRET}
    given |= {f"for-{field}": audience for field, audience in shown.items()}
    answer = client.post("/me/", given)
    assert answer.status_code == 302, answer.text
    somebody.refresh_from_db()
    return somebody


def as_tier(client, tier):
    client.logout()
    if tier is not Tier.GUEST:
        client.force_login(person("Autre", tier=tier))
    return client


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("audience", ["", *Tier])
def test_no_page_says_more_than_was_chosen(client, audience, tier):
    shown = {"name": "guest"} | dict.fromkeys(SECRET, audience)
    somebody = filled(client, shown)
    looking = as_tier(client, tier)
    allowed = bool(audience) and tier.reaches(Tier(audience))
    pages = {
        "list": looking.get("/people/"),
        "person": looking.get(f"/people/{somebody.pk}/"),
        "search": looking.get("/people/", {"q": "secret"}),
        "structure": looking.get(f"/structures/{somebody.structure_id}/"),
    }
    assert pages["person"].status_code == 200
    text = pages["person"].text
    for words in SECRET.values():
        assert (words in text) is allowed, words
    assert somebody.email not in "".join(page.text for page in pages.values())
    assert ("MÉTIER-SECRET" in pages["list"].text) is allowed
    assert ("Zoé Visible" in pages["search"].text) is allowed
    assert ("Zoé Visible" in pages["structure"].text) is allowed


@pytest.mark.parametrize("tier", Tier)
def test_whoever_shows_nothing_is_nobody_there(client, tier):
    somebody = filled(client, dict.fromkeys(SECRET, "guest"))  # and no name
    looking = as_tier(client, tier)
    assert looking.get(f"/people/{somebody.pk}/").status_code == 404
    assert "SECRET" not in looking.get("/people/").text
    nobody = looking.get(f"/people/{person().pk}/")
    assert nobody.status_code == 404
    assert looking.get(f"/people/{somebody.pk}/photo.webp").status_code == 404


def test_one_sees_ones_own_page_as_others_do(client):
    somebody = filled(client, {"name": "member", "trade": "adherent"})
    at = f"/people/{somebody.pk}/"
    assert "MÉTIER-SECRET" in client.get(at, {"as": "adherent"}).text
    assert "MÉTIER-SECRET" not in client.get(at, {"as": "member"}).text
    assert "Zoé Visible" not in client.get(at, {"as": "guest"}).text
    looking = as_tier(client, Tier.MEMBER)  # and nobody else may choose
    assert "MÉTIER-SECRET" not in looking.get(at, {"as": "adherent"}).text


def test_a_photo_is_made_light_and_shown_to_whom_one_says(client):
    somebody = filled(client, {"name": "guest", "photo": "member"})
    file = SimpleUploadedFile("p.png", picture(size=(900, 700)), "image/png")
    assert client.post("/me/", {"picture": "photo", "file": file}).status_code == 302
    somebody.refresh_from_db()
    at = f"/people/{somebody.pk}/photo.webp"
    own = client.get(at)
    assert own.headers["Content-Type"] == "image/webp"
    assert own.content[8:12] == b"WEBP"
    assert as_tier(client, Tier.MEMBER).get(at).status_code == 200
    assert 'photo.webp"' in client.get("/people/").text
    assert as_tier(client, Tier.GUEST).get(at).status_code == 404
    assert "photo.webp" not in client.get("/people/").text
    client.force_login(somebody)
    client.post("/me/", {"picture": "photo", "remove": "1"})
    assert client.get(at).status_code == 404


@pytest.mark.parametrize("content", [b"<svg/>", b"GIF89a" + bytes(50), picture()[:60]])
def test_what_is_no_picture_is_refused_in_words(client, content):
    somebody = filled(client, {"name": "guest"})
    file = SimpleUploadedFile("p.png", content, "image/png")
    answer = client.post("/me/", {"picture": "photo", "file": file})
    assert answer.status_code == 400
    assert "image" in Page(answer.text).text
    somebody.refresh_from_db()
    assert somebody.photo == ""


def test_a_form_that_is_refused_keeps_what_was_typed(client):
    signed(client)
    answer = client.post("/me/", {"name": "", "seeks": "Un <b>gradin</b>", "for-seeks": "member"})
    assert answer.status_code == 400
    assert "Un &lt;b&gt;gradin&lt;/b&gt;" in answer.text
    assert 'aria-describedby="wrong-name"' in answer.text
    assert 'id="wrong-name"' in answer.text


def test_one_row_or_three_cost_the_same(client):
    counts = []
    for n in (1, 2):
        for k in range(n):
            filled(client, dict.fromkeys(FIELDS, "guest"), f"Personne {n}{k}")
        signed(client)
        client.get("/people/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/people/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_my_data_is_one_file_and_forgetting_is_confirmed(client):
    somebody = filled(client, {"name": "guest"})
    files = zipfile.ZipFile(io.BytesIO(client.get("/me/data/all.zip").content))
    assert "person.csv" in files.namelist()
    wrong = client.post("/me/data/", {"email": "someone@example.org"})
    assert wrong.status_code == 400
    assert Person.objects.filter(pk=somebody.pk).exists()
    done = client.post("/me/data/", {"email": somebody.email.upper()})
    assert done.status_code == 200
    assert not Person.objects.filter(pk=somebody.pk).exists()
    assert client.get("/me/").status_code == 302
    assert client.get(f"/people/{somebody.pk}/").status_code == 404


def team_addresses():
    made = {"who": person().pk, "number": 1, "name": "nothing"}
    names = [one.name for one in paths.TEAM]
    found = get_resolver().reverse_dict
    for name in names:
        form = found.getlist(name)[0][0][0][0]
        yield name, "/" + form % made


@pytest.mark.parametrize("roles", [[], ["organiser"], ["facilitator"]])
def test_the_pages_of_the_team_are_for_the_team(client, roles):
    addresses = list(team_addresses())
    assert len(addresses) >= 9
    for _, at in addresses:
        asked = client.get(at)
        assert asked.headers["Location"].startswith("/account/enter/?next=")
        assert client.post(at).headers["Location"] == "/account/enter/?next=%2F"
    signed(client, tier=Tier.ADHERENT, roles=roles)
    for _, at in addresses:
        assert client.get(at).status_code == 403
        assert client.post(at, {"add": "1", "email": "x@y.org", "title": "x"}).status_code == 403
    assert 'href="/team/proposals/"' not in client.get("/people/").text
    signed(client, roles=["board"])
    assert 'href="/team/proposals/"' in client.get("/people/").text
    statuses = {name: client.get(at).status_code for name, at in addresses}
    assert set(statuses.values()) <= {200, 404}


def test_the_team_keeps_people_memberships_and_roles(client):
    signed(client, roles=["staff"])
    made = client.post("/team/people/", {"email": "venue.new@example.org", "name": "Ana Venue"})
    at = made.headers["Location"]
    somebody = Person.objects.get(email="venue.new@example.org")
    today = timezone.localdate()
    client.post(at, {"add": "1", "starts_on": today.isoformat(), "ends_on": "", "paid": "1"})
    (row,) = Membership.objects.filter(person=somebody)
    assert row.paid is True
    assert "adhérent" in client.get(at).text
    client.post(at, {"membership": row.pk, "do": "end"})
    row.refresh_from_db()
    assert row.ends_on == today
    client.post(at, {"give-role": "1", "role": "facilitator"})
    (mandate,) = Mandate.objects.filter(person=somebody)
    client.post(at, {"end-role": mandate.pk})
    assert not Mandate.objects.filter(person=somebody, until=None).exists()
    wrong = client.post(at, {"add": "1", "starts_on": "tomorrow"})
    assert wrong.status_code == 400
    assert 'aria-describedby="wrong-starts_on"' in wrong.text
    assert client.post(at, {"membership": 10**8, "do": "end"}).status_code == 404
    assert client.post(at, {"fly": "1"}).status_code == 404
    again = client.post("/team/people/", {"email": "venue.new@example.org"})
    assert again.status_code == 400
    assert "Ana Venue" in client.get("/team/people/", {"q": "ana venue"}).text


def test_the_team_keeps_structures(client):
    signed(client, roles=["staff"])
    given = {"name": "Lieu <b>neuf</b>", "kind": "lieu", "territory": "Nord", "site": ""}
    at = client.post("/team/structures/", given).headers["Location"]
    house = Structure.objects.get(name="Lieu <b>neuf</b>")
    somebody = person()
    named = client.post(at, {"represent": "1", "email": somebody.email})
    assert named.status_code == 302, Page(named.text).text
    client.post(at, {"add": "1", "starts_on": "2026-01-01", "paid": "1"})
    house.refresh_from_db()
    assert house.representative == somebody
    assert "&lt;b&gt;neuf" in client.get(at).text
    wrong = client.post(at, {"represent": "1", "email": "nobody.here@example.org"})
    assert wrong.status_code == 400
    other = client.post("/team/memberships/", {"member": house.name, "starts_on": "2027-01-01"})
    assert other.status_code == 302
    assert house.memberships.count() == 2
    lost = client.post("/team/memberships/", {"member": "Personne", "starts_on": "2027-01-01"})
    assert lost.status_code == 400
    assert "Lieu" in client.get("/team/memberships/", {"which": "all", "q": "neuf"}).text


@pytest.mark.parametrize("page", ["people", "memberships", "structures"])
def test_lists_of_the_team_cost_the_same_for_one_and_for_three(client, page):
    signed(client, roles=["staff"])
    Membership.objects.all().delete()
    counts = []
    for n in (1, 2):
        for k in range(n):
            house = Structure.objects.create(name=f"Coût {page} {n}{k}", representative=person())
            joined(person("Coût", structure=house))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/team/{page}/", {"q": "coût"}).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_members_come_in_from_a_file_once_it_was_looked_at(client):
    signed(client, roles=["staff"])
    content = b"email;nom;d\xe9but\nweb.one@example.org;Un;01/01/2026\nmauvais;Deux;01/01/2026\n"
    file = SimpleUploadedFile("membres.csv", content, "text/csv")
    look = client.post("/team/import/", {"read": "1", "file": file})
    assert look.status_code == 200
    assert "Ligne 3" in look.text
    assert not Person.objects.filter(email="web.one@example.org").exists()
    inputs = [attrs for tag, attrs in Page(look.text).elements if tag == "input"]
    form = {one["name"]: one["value"] for one in inputs if one.get("name") in ("held", "seen")}
    form |= {"paid": "1", "lasts": "1", "use-1": "email", "use-2": "last", "use-3": "starts_on"}
    changed = client.post("/team/import/", form | {"use-2": "", "keep": "1"})
    assert changed.status_code == 400
    assert not Person.objects.filter(email="web.one@example.org").exists()
    kept = client.post("/team/import/", form | {"keep": "1"})
    assert kept.status_code == 302, Page(kept.text).text
    at = kept.headers["Location"]
    assert Membership.objects.get(person__email="web.one@example.org").paid is True
    assert client.get(at).status_code == 200
    undone = client.post(at)
    assert "annulé" in undone.text
    assert not Person.objects.filter(email="web.one@example.org").exists()
    assert Batch.objects.order_by("-id")[0].undone_at is not None
    gone = client.post("/team/import/", form | {"keep": "1"})
    assert gone.status_code == 400
    for bad in (b"", b"\x00\x01", b"a;b\n1;2\n"):
        file = SimpleUploadedFile("x.csv", bad, "text/csv")
        assert client.post("/team/import/", {"read": "1", "file": file}).status_code == 400
    assert client.post("/team/import/", {"read": "1"}).status_code == 400


def test_a_group_is_asked_and_answered(client):
    signed(client, roles=["staff"])
    at = client.post("/team/groups/", {"title": "Groupe du web"}).headers["Location"]
    somebody = signed(client)
    page = client.get(at).text
    assert "Demander à entrer" in page
    client.post(at, {"ask": "1"})
    row = GroupMember.objects.get(person=somebody)
    assert client.post(at, {"accept": row.pk}).status_code == 403  # nobody lets themselves in
    other = signed(client)
    assert somebody.email not in client.get(at).text
    assert client.post(at, {"accept": row.pk}).status_code == 403
    GroupMember.objects.create(group=row.group, person=other, state="in")
    assert "Faire entrer" in client.get(at).text
    client.post(at, {"accept": row.pk})
    row.refresh_from_db()
    assert row.state == "in"
    assert somebody.email in client.get(at).text
    client.force_login(somebody)
    client.post(at, {"leave": "1"})
    assert not GroupMember.objects.filter(pk=row.pk).exists()
    assert client.get("/groups/nowhere/").status_code == 404
    assert WorkingGroup.objects.filter(title="Groupe du web").count() == 1


def test_joining_is_asked_and_answered_by_the_team(client):
    somebody = signed(client)
    client.post("/join/", {"words": "Bonjour <i>à</i> vous"})
    again = client.post("/join/", {"words": "Encore"})
    assert again.status_code == 400
    row = Application.objects.get(person=somebody)
    signed(client, roles=["staff"])
    assert "Bonjour &lt;i&gt;" in client.get("/team/requests/").text
    client.post("/team/requests/", {"decline": row.pk, f"answer-{row.pk}": "Plus tard"})
    client.force_login(somebody)
    page = client.get("/join/").text
    assert "Plus tard" in page
    assert "<textarea" in page


@pytest.mark.parametrize("code", ["fr", "en"])
def test_pages_of_people_keep_to_the_policy_and_to_one_language(client, code):
    somebody = filled(client, dict.fromkeys(FIELDS, "guest"))
    Mandate.objects.create(person=somebody, role="staff", since=timezone.localdate())
    client.cookies["language"] = code
    plain = [
        f"/{one.pattern}" for one in (*paths.PAGES, *paths.TEAM) if "<" not in str(one.pattern)
    ]
    more = [f"/people/{somebody.pk}/", f"/team/people/{somebody.pk}/"]
    for at in (*plain, *more, f"/structures/{somebody.structure_id}/"):
        if at.endswith(".zip"):
            continue
        answer = client.get(at)
        assert answer.status_code == 200, at
        page = Page(answer.text)
        assert page.threats() == [], at
        assert (
            answer.headers["Cache-Control"].count("no-store")
            or "private" in answer.headers["Cache-Control"]
        )
        ids = re.findall(r' id="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids)), at
