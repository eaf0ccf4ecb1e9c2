"""The export of a site comes to a real server, is looked at, imported, led to, taken back."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from fabrique.actions.intake import articles
from fabrique.domain.tier import Tier
from fabrique.jobs import child
from fabrique.jobs.articles import Order, read_export
from fabrique.store.models import Batch, Resource
from fabrique.web import held
from fabrique.web.pages.articles_import import owned
from tests.importers.wordpress.exports import SITE, author, export, file, item, old
from tests.importers.wordpress.test_wordpress import BOMB
from tests.store.made import person
from tests.web.sending import Sender, serving

PAGE = "/team/import/articles/"
NUMBERS = iter(range(300_000, 400_000, 100))


@pytest.fixture(scope="module")
def port():
    with serving() as port:
        yield port


@pytest.fixture
def staff():
    return person("Iris", roles=["staff"])


@pytest.fixture
def number():
    return next(NUMBERS)


def browser(who=None):
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    if who is not None:
        client.force_login(who)
    return client


def sends(port, who):
    cookie = f"session={browser(who).cookies['session'].value}" if who else ""
    sender = Sender(port, "", cookie)
    sender.base = ""
    return sender


def words(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def some(number, **said):
    """An export with an article that is out, a draft, a page, a picture that is elsewhere."""
    return export(
        item(
            number,
            title="Le café d’hiver",
            link=f"{SITE}/2021/03/cafe-{number}/",
            guid=f"{SITE}/?p={number}",
            content=f'<p>Récit.</p><img src="{SITE}/up/salle-{number}.jpg" alt="La salle">',
            more=old(f"ancien-{number}"),
            **said,
        ),
        item(number + 1, status="draft", title="Pas fini"),
        item(number + 2, kind="page", title="Mentions", link=f"{SITE}/agenda/"),
        file(number + 3, f"{SITE}/up/x.pdf"),
        authors=author(email=f"lea{number}@exemple.org"),
    )


def looked(port, staff, content):
    """Send an export; give its page."""
    status, said = sends(port, staff).ask("POST", content, PAGE + "file", name="site.xml")
    assert status == 200, said
    return said["next"]


def kept(client, address, **given):
    """Import what the page shows, once it is shown as it will be."""
    shown = client.post(address, {"again": "1", **given})
    seen = re.search(r'name="seen" value="(\w+)"', shown.text)[1]
    return client.post(address, {"keep": "1", "seen": seen, **given})


def test_an_export_is_shown_then_imported_as_it_was_shown(port, staff, number):
    client = browser(staff)
    address = looked(port, staff, some(number))
    shown = words(client.get(address))
    for said in (
        "1 texte entre dans la bibliothèque (mars 2021 – mars 2021)",
        "1 texte n’est pas repris",
        "1 page du site est laissée de côté",
        "3 anciennes adresses mènent ici",
        "1 image ou fichier est nommé, mais pas rapporté",
        "Léa Martin · 1 texte · pas de compte ici",
        "C’était un brouillon : il n’est pas repris.",
        f"{SITE}/up/salle-{number}.jpg",
    ):
        assert said in shown.replace("\xa0", " ").replace("\u202f", " "), said
    assert not Resource.objects.filter(origin_id=f"{SITE}/?p={number}").exists()
    answer = kept(client, address, audience="guest", pages="1", named="lea")
    row = Resource.objects.get(origin_id=f"{SITE}/?p={number}")
    assert (row.audience, [one.name for one in row.authors.all()]) == ("guest", ["Léa Martin"])
    done = words(client.get(answer["Location"]))
    assert "2 textes de cet import sont dans la bibliothèque" in done
    assert client.get(address).status_code == 404  # the file is gone
    assert "Récit." in browser().get(f"/library/r/{row.slug}/").text


def test_what_is_imported_is_what_was_shown_or_nothing(port, staff, number):
    client = browser(staff)
    address = looked(port, staff, some(number))
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address).text)[1]
    answer = client.post(address, {"keep": "1", "seen": seen, "pages": "1"})
    assert answer.status_code == 400
    assert "regardez-le à nouveau" in words(answer)
    assert not Resource.objects.filter(origin_id=f"{SITE}/?p={number}").exists()


def test_an_old_address_leads_those_who_may_read_it_and_nobody_else(port, staff, number):
    kept(browser(staff), looked(port, staff, some(number)), audience="adherent")
    unknown = browser().get("/2021/03/jamais-ecrit/")
    adherent, member = person("Ana", tier=Tier.ADHERENT), person("Bo")
    row = Resource.objects.get(origin_id=f"{SITE}/?p={number}")
    for path in (f"/2021/03/cafe-{number}/", f"/2021/03/ANCIEN-{number}", f"/?p={number}"):
        found = browser(adherent).get(path)
        assert (found.status_code, found["Location"]) == (301, f"/library/r/{row.slug}/"), path
        assert "no-store" in found["Cache-Control"]
        for who in (None, member):
            answer = browser(who).get(path)
            if path.startswith("/?"):
                assert answer.status_code == 200  # the front door, as ever
            else:
                assert answer.status_code == unknown.status_code == 404
        if not path.startswith("/?"):
            assert words(browser().get(path)) == words(unknown)
    assert browser(adherent).post(f"/2021/03/cafe-{number}/").status_code in (403, 404)


def test_a_page_of_the_house_stays_where_it_is():
    assert owned("/agenda")
    assert owned("/library")
    assert not owned("/2021/03/cafe")
    assert not owned("/?p=3")


@pytest.mark.parametrize("who", ["nobody", "member", "adherent"])
def test_only_the_team_imports(port, who, number):
    given = {"nobody": None, "member": person(), "adherent": person(tier=Tier.ADHERENT)}[who]
    before = set(held.incoming().parent.glob("*"))
    status, _ = sends(port, given).ask("POST", some(number), PAGE + "file", name="site.xml")
    assert status == 403
    assert set(held.incoming().parent.glob("*")) <= before | {held.incoming()}
    assert browser(given).get(PAGE).status_code in (302, 403, 404)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04" + bytes(300), "not an export of WordPress"),
        (b"", "not an export of WordPress"),
        (b"nom;adresse\n", "not an export of WordPress"),
    ],
)
def test_what_is_no_xml_is_refused_as_it_comes(port, staff, content, said):
    status, answer = sends(port, staff).ask("POST", content, PAGE + "file", name="x.xml")
    assert status == 400
    assert said in answer["error"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB, "Ce fichier déclare des entités"),
        (b"<html><body>Connexion</body></html>", "Ce n’est pas un export de WordPress"),
        (export(item(1))[:900], "Ce fichier ne peut pas être lu au-delà de sa ligne"),
    ],
)
def test_what_is_no_export_is_said_and_nothing_is_kept(port, staff, content, said):
    client = browser(staff)
    address = looked(port, staff, content)
    answer = client.get(address)
    assert answer.status_code == 400
    assert said in words(answer)
    client.post(address, {"drop": "1"})
    assert client.get(address).status_code == 404


def test_an_export_that_breaks_off_is_said_and_completed_later(port, staff, number):
    client, content = browser(staff), some(number)
    content = content.replace(b"Pas fini", b"Suite").replace(b"[draft]", b"[publish]")
    address = looked(port, staff, content[: content.index(b"Suite")])
    assert "Le fichier s’interrompt à la ligne" in words(client.get(address))
    kept(client, address)
    again = words(client.get(looked(port, staff, content)))
    assert "1 texte est déjà ici" in again
    assert "1 texte entre dans la bibliothèque" in again


def test_a_small_export_comes_without_script_too(staff, number):
    client = browser(staff)
    answer = client.post(PAGE, {"file": SimpleUploadedFile("site.xml", some(number))})
    assert "Le café d’hiver" in client.get(answer["Location"]).text
    refused = client.post(PAGE, {"file": SimpleUploadedFile("x.xml", b"PK")})
    assert refused.status_code == 400
    assert client.post(PAGE).status_code == 400


def test_it_is_taken_back_in_its_page(port, staff, number):
    client = browser(staff)
    answer = kept(client, looked(port, staff, some(number)), audience="guest")
    done = client.post(answer["Location"], {})
    assert "1 texte a été retiré" in words(done).replace("\xa0", " ")
    assert browser().get(f"/2021/03/cafe-{number}/").status_code == 404
    batch = Batch.objects.get(pk=int(answer["Location"].strip("/").rpartition("/")[2]))
    assert client.get(f"/team/import/{batch.pk}/").status_code == 404  # no import of members
    assert f"/{batch.pk}/" not in client.get("/team/import/").text


def test_a_reading_that_dies_is_said(number, monkeypatch, tmp_path):
    monkeypatch.setattr(child, "answer", lambda *_given, **_more: b"")
    (tmp_path / "file").write_bytes(some(number))
    with pytest.raises(articles.Invalid) as no:
        read_export(tmp_path, Order("Europe/Paris", timezone.now(), 1000))
    assert "too much time or memory" in no.value.text.msgid


def test_a_whole_site_is_read_once_in_a_process_of_its_own(tmp_path, number):
    body = "<p>" + "Un récit de saison, avec ses mots. " * 200 + "<b>Fin</b></p>"
    many = (item(number + n, content=body, title=f"Billet {n}") for n in range(1000))
    (tmp_path / "file").write_bytes(export(*many))
    order = Order("Europe/Paris", timezone.now(), 100_000)
    assert len(read_export(tmp_path, order).pieces) == 1000
    (tmp_path / "file").unlink()
    assert len(read_export(tmp_path, order).pieces) == 1000
