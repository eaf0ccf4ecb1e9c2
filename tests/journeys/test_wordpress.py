"""The articles of another site come in: shown first, imported, led to by their old addresses.

Then the whole import is taken back.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from bench.instance import Instance
from tests.importers.wordpress.exports import SITE, author, export, file, item, old
from tests.journeys.people import LAPTOP, PHONE, SMALL, TOUCH
from tests.journeys.words import foreign
from tests.journeys.world import World

SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"
LOOK = os.environ.get("FABRIQUE_LOOK")
BODY = """<!-- wp:paragraph --><p>Une saison, <strong>trois lieux</strong>, une même question.</p>
<!-- /wp:paragraph --><!-- wp:heading --><h2>Ce qu’on garde</h2><!-- /wp:heading -->
<ul><li>le temps long</li><li>les tables rondes</li></ul>
[caption id="a"]<img src="/up/salle.jpg" alt="La salle vue du plateau">Décembre 2019[/caption]"""
ARTICLES = export(
    item(
        41,
        title="Récit d’une saison à vélo",
        content=BODY,
        link=f"{SITE}/2019/12/saison-velo/",
        local="2019-12-20 10:00:00",
        gmt="2019-12-20 09:00:00",
        more=old("velo")
        + '<category domain="category" nicename="m"><![CDATA[Mobilités]]></category>',
    ),
    item(42, title="Le public d’après", creator="omar", link=f"{SITE}/2020/05/public-apres/"),
    item(43, title="Pas encore relu", status="draft"),
    item(44, title="Pour le bureau", password="bureau"),
    item(45, title="Contact", kind="page", link=f"{SITE}/agenda/"),
    file(46, f"{SITE}/up/bilan.pdf"),
    authors=author() + author("omar", "Omar Diallo", "omar@exemple.org"),
)


@pytest.fixture
def world(browser, tmp_path):
    with Instance(tmp_path) as own, World(browser, own) as found:
        yield found
    assert not re.search("ERROR|CRITICAL|Traceback", own.log()), own.log()


def somebody(world, name, device=LAPTOP, **fields):
    made = world.instance.make("signed_in", name=name, **fields)
    page = world.page(device)
    cookie = {"name": made["cookie"], "value": made["value"], "url": world.instance.address}
    page.context.add_cookies([cookie])
    return page


def sound(page, name):
    for look, width in (("light", 320), ("dark", 768), ("light", 1920)):
        page.emulate_media(color_scheme=look)
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], (name, width)
        assert page.evaluate(SIDEWAYS) <= 0, (name, width)
        if LOOK:
            page.screenshot(path=Path(LOOK) / f"{name}-{look}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 760})
    assert page.evaluate(SMALL, TOUCH) == [], name
    assert foreign(page, "fr", {"XML", "WordPress"}) == [], name


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def test_articles_of_another_site_come_in_and_go_again(world):
    world.watch.allow("status of 404|status of 400")
    zoe = somebody(world, "Zoé Martin", roles=["staff"])
    zoe.goto("/team/import/")
    zoe.get_by_role("link", name="Importer des articles").click()
    expect(zoe.locator("h1")).to_have_text("Importer des articles")
    sound(zoe, "wordpress-choose")
    refused(zoe)
    shown(zoe)
    kept(zoe)
    led(world)
    taken_back(zoe)


def send(zoe, name, content):
    given = {"name": name, "mimeType": "application/xml", "buffer": content}
    zoe.locator("input[type=file]").set_input_files(given)
    press(zoe, "Le lire et me montrer")


def refused(zoe):
    """What is no export is said, where it was chosen or in its page."""
    send(zoe, "notes.txt", b"des notes")
    expect(zoe.locator("#refusal")).to_contain_text("Ce n’est pas un export de WordPress")
    send(zoe, "page.xml", b"<html><body>Connexion</body></html>")
    expect(zoe.locator("h1")).to_have_text("Ce que contient l’export")
    expect(zoe.locator("[role=alert]")).to_contain_text("Ce n’est pas un export de WordPress")
    sound(zoe, "wordpress-unread")
    press(zoe, "Choisir un autre fichier")
    expect(zoe.locator("h1")).to_have_text("Importer des articles")


def shown(zoe):
    """All that would be made, and what would not, before anything is."""
    send(zoe, "site.xml", ARTICLES)
    expect(zoe.locator("h1")).to_have_text("Ce que contient l’export")
    for words in ("2 textes entrent", "2 textes ne sont pas repris", "1 page du site"):
        expect(zoe.locator("ul.seen")).to_contain_text(words)
    out = zoe.locator("details", has_text="Ce qui n’est pas repris")
    expect(out).to_contain_text("Il fallait un mot de passe pour le lire")
    for one in zoe.locator("details > summary").all()[1:]:
        one.click()
    expect(zoe.locator("main")).to_contain_text(f"{SITE}/up/salle.jpg")
    sound(zoe, "wordpress-look")
    zoe.get_by_label("tout le monde").check()
    zoe.get_by_label("Omar Diallo").check()
    press(zoe, "Afficher à nouveau, sans importer")
    expect(zoe.get_by_label("Omar Diallo")).to_be_checked()


def kept(zoe):
    press(zoe, "Les importer")
    expect(zoe.locator("h1")).to_have_text("Import d’articles")
    expect(zoe.locator("main")).to_contain_text("2 textes de cet import sont dans la bibliothèque")
    sound(zoe, "wordpress-batch")


def led(world):
    """Somebody follows an old link, on a telephone; what nobody wrote leads nowhere."""
    guest = world.page(PHONE)
    guest.goto("/2019/12/saison-velo/")
    expect(guest.locator("h1")).to_have_text("Récit d’une saison à vélo")
    expect(guest.locator("main")).to_contain_text("trois lieux")
    expect(guest.locator("main")).to_contain_text("20 décembre 2019")
    expect(guest.locator("main")).not_to_contain_text("Léa Martin")
    guest.goto("/2020/05/public-apres/")
    expect(guest.locator("main")).to_contain_text("Omar Diallo")
    assert guest.goto("/2019/12/jamais/").status == 404
    guest.goto("/library/?q=tables+rondes")
    expect(guest.locator("main")).to_contain_text("Récit d’une saison à vélo")


def taken_back(zoe):
    press(zoe, "Annuler cet import")
    expect(zoe.locator("[role=status]").first).to_contain_text("2 textes ont été retirés.")
    assert zoe.goto("/2019/12/saison-velo/").status == 404
