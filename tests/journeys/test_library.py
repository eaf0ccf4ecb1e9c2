"""A tool goes from a member by the team to its users, who find it, take its file and rate it.

A refusal is read where the text is; what is for adherents is found by no one else; no barrier.
"""

import re

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from bench.instance import Instance
from tests.journeys.looks import show
from tests.journeys.people import LAPTOP, PATIENCE, PHONE, SMALL, TOUCH
from tests.journeys.test_screens import SIDEWAYS
from tests.journeys.words import foreign
from tests.journeys.world import World

LOOKS = (("light", 320), ("dark", 768), ("light", 1920))
THEIRS = {"Ana", "Iris", "Bo", "Sobriété", "Licence", "Structure", "English"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def world(browser, tmp_path):
    """A house of its own: what stands in it would surprise the other journeys."""
    with Instance(tmp_path) as own, World(browser, own) as found:
        yield found
    assert not re.search("ERROR|CRITICAL|Traceback", own.log()), own.log()


def somebody(world, name, device=LAPTOP, **fields):
    made = world.instance.make("signed_in", name=name, **fields)
    page = world.page(device)
    cookie = {"name": made["cookie"], "value": made["value"], "url": world.instance.address}
    page.context.add_cookies([cookie])
    return page


def fit(page):
    faults = []
    for look, width in LOOKS:
        show(page, look, width)
        faults += [f"{look} {width}: {one}" for one in violations(page)]
        if (over := page.evaluate(SIDEWAYS)) > 0:
            faults.append(f"{look} {width}: sideways by {over}")
        if width == LOOKS[0][1]:
            faults += [f"small: {one}" for one in page.evaluate(SMALL, TOUCH)]
    faults += [f"says: {one}" for one in foreign(page, "fr", THEIRS)]
    assert not faults, "\n".join([page.url, *faults])
    show(page, "light", 1280)


def writes(ana):
    """Write a text and join a file; a program is not taken."""
    ana.goto("/me/")
    ana.get_by_role("link", name="Publier", exact=True).click()
    fit(ana)
    ana.get_by_role("link", name="Écrire un nouveau texte").click()
    fit(ana)
    ana.get_by_label("Titre", exact=True).fill("Kit zqtri")
    ana.get_by_label("En une phrase ou deux").fill("Pour trier ses outils à plusieurs.")
    ana.get_by_label("Ce que c’est").select_option("tool")
    expect(ana.locator("fieldset.belonging")).to_contain_text("l’équipe les ajoute")
    ana.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(ana.get_by_role("status").first).to_contain_text("C’est enregistré")
    ana.get_by_role("button", name="L’envoyer à l’équipe").click()
    expect(ana.get_by_role("alert").first).to_contain_text("Il n’y a rien à lire")
    fit(ana)
    add(ana, "outil.exe", b"MZ" + bytes(300))
    expect(ana.locator("#refusal")).to_contain_text("n’est pas pris")
    add(ana, "grille.pdf", PDF)
    expect(ana.get_by_role("link", name="grille.pdf")).to_be_visible(timeout=PATIENCE)
    fit(ana)
    ana.get_by_role("button", name="L’envoyer à l’équipe").click()
    expect(ana.get_by_role("status").first).to_contain_text("L’équipe l’a reçu")


def judges(team, ana):
    """The team says no in a sentence, she changes it, the team publishes."""
    team.goto("/team/resources/")
    fit(team)
    section = team.locator("section.proposal", has_text="Kit zqtri")
    section.get_by_role("button", name="Dire non").click()
    expect(team.get_by_role("alert").first).to_contain_text("Dites pourquoi")
    section.get_by_label("Un mot").fill("Il manque la durée.")
    section.get_by_role("button", name="Dire non").click()
    expect(team.get_by_role("status").first).to_contain_text("averti")
    ana.goto("/library/mine/")
    expect(ana.locator("main")).to_contain_text("Il manque la durée.")
    ana.get_by_role("link", name="Kit zqtri").click()
    ana.locator("textarea[name=body]").fill("## Deux heures\n\nOn trie, puis on parle.")
    ana.get_by_role("button", name="L’envoyer à l’équipe").click()
    team.goto("/team/resources/")
    section.get_by_text("Thèmes, rendez-vous, série").click()
    section.get_by_label("Nouveaux thèmes").fill("Sobriété zq")
    fit(team)
    section.get_by_role("button", name="Publier").click()
    expect(team.get_by_role("status").first).to_contain_text("Il est dans la bibliothèque")
    ana.goto("/library/new/")
    ana.get_by_label("Sobriété zq").check()
    fit(ana)


def uses(bo):
    """Find it by its words, take its file, give stars, say how it went; give its address."""
    bo.goto("/library/?q=zqtri")
    fit(bo)
    bo.get_by_role("link", name="Kit zqtri").click()
    expect(bo.get_by_role("link", name="Sobriété zq")).to_be_visible()
    fit(bo)
    with bo.expect_download() as taken:
        bo.get_by_role("link", name="grille.pdf").click()
    assert taken.value.suggested_filename == "grille.pdf"
    bo.get_by_label("4 sur cinq").check()
    bo.get_by_role("button", name="Donner ces étoiles").click()
    expect(bo.locator("#stars")).to_contain_text("1 personne a donné des étoiles")
    expect(bo.locator("#stars")).to_contain_text("la moyenne est dite à partir de trois personnes")
    bo.get_by_label("Dites comment cela s’est passé").fill("Fait à six, très bien.")
    bo.get_by_role("button", name="Le dire").click()
    expect(bo.locator(".comments")).to_contain_text("Fait à six, très bien.")
    fit(bo)
    return bo.url.partition("#")[0]


def test_a_tool_goes_from_a_member_to_those_who_use_it(world):
    world.watch.allow("status of 40")
    ana = somebody(world, "Ana", adheres=True)
    bo = somebody(world, "Bo", PHONE, adheres=True)
    writes(ana)
    judges(somebody(world, "Iris", roles=["staff"]), ana)
    address = uses(bo)
    # A guest reads nothing of it, by search or by its address.
    guest = world.page(PHONE)
    guest.goto("/library/?q=zqtri")
    expect(guest.locator("main")).to_contain_text("Rien de ce que vous pouvez lire")
    fit(guest)
    assert guest.goto(address).status == 404
    # What Ana changes waits; readers keep the text there is.
    ana.goto(address)
    ana.get_by_role("link", name="Modifier ce texte").click()
    ana.get_by_label("Titre", exact=True).fill("Kit zqtri, deux")
    ana.get_by_role("button", name="Envoyer mes changements").click()
    expect(ana.get_by_role("status").first).to_contain_text("comme il était")
    bo.goto(address)
    expect(bo.get_by_role("heading", level=1)).to_have_text("Kit zqtri")


def add(page, name, content):
    page.locator("#add-file input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.locator("#add-file").get_by_role("button", name="Ajouter", exact=True).click()
