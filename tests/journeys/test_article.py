"""A published text, as its readers live it: its editions and what each changed, a request,
words that leave for good."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from bench.instance import Instance
from bench.server import CAFE
from tests.journeys.looks import show
from tests.journeys.people import LAPTOP, SMALL, TOUCH
from tests.journeys.words import foreign
from tests.journeys.world import World

SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"
LOOK = os.environ.get("FABRIQUE_LOOK")
THEIRS = {"PDF", "DOCX", "MD", "HTML", "JSON", "VTT", "Atom", "podcast"}


@pytest.fixture
def world(browser, tmp_path):
    with Instance(tmp_path) as own, World(browser, own) as found:
        yield found
    assert not re.search("ERROR|CRITICAL|Traceback", own.log()), own.log()


@pytest.fixture
def told(world, tmp_path):
    """The text of the café, published twice, and who may come in."""
    world.instance.command("replay", str(CAFE), "--out", str(tmp_path / "out"))
    archive = str(tmp_path / "out/archive.json")
    command = [sys.executable, "-m", "tests.journeys.articles", archive]
    own = world.instance._environment()
    done = subprocess.run(command, env=own, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def somebody(world, told, name="", device=LAPTOP):
    page = world.page(device)
    if name:
        address = world.instance.address
        cookie = {"name": "session", "value": told["who"][name], "url": address}
        page.context.add_cookies([cookie])
    return page


def sound(page, name):
    """No barrier, nothing out of the page, nothing too small, no word of the other tongue."""
    for look, width in (("light", 320), ("dark", 768), ("light", 1920), ("dark", 1920)):
        show(page, look, width)
        assert violations(page) == [], (name, width)
        assert page.evaluate(SIDEWAYS) <= 0, (name, width)
        if LOOK:
            page.screenshot(path=Path(LOOK) / f"{name}-{look}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 760})
    assert page.evaluate(SMALL, TOUCH) == [], name
    assert foreign(page, "fr", THEIRS) == [], name


def test_a_text_and_what_each_edition_changed(world, told):
    ana = somebody(world, told, "ana")
    ana.goto(f"/library/{told['slug']}/")
    sound(ana, "article")
    ana.get_by_role("link", name="Toutes les éditions").first.click()
    expect(ana.locator(".editions > li")).to_have_count(2)
    sound(ana, "editions")
    ana.get_by_role("link", name="Ce qui a changé").first.click()
    expect(ana.locator("ins").first).to_be_visible()
    expect(ana.locator("del")).to_have_count(0)
    sound(ana, "changes-reader")
    zoe = somebody(world, told, "zoe")
    zoe.goto(f"/library/{told['slug']}/editions/2/")
    expect(zoe.locator("del").first).to_be_visible()
    sound(zoe, "changes-writer")


def test_somebody_quoted_asks_and_their_words_leave(world, told):
    guest = somebody(world, told)
    here = f"/library/{told['slug']}/"
    guest.goto(here)
    guest.get_by_role("link", name="Demander une correction ou le retrait").click()
    sound(guest, "ask")
    guest.get_by_text("Le retrait de mes propos", exact=True).click()
    guest.locator("select[name=place]").select_option("t-3")
    guest.locator("textarea[name=body]").fill("Je ne suis plus dans ce réseau.")
    guest.locator("input[name=name]").fill("Ali Ben")
    guest.locator("input[name=email]").fill("ali@example.org")
    guest.get_by_role("button", name="Envoyer ma demande").click()
    expect(guest.locator(".receipt")).to_contain_text("entre les mains")
    sound(guest, "ask-done")
    zoe = somebody(world, told, "zoe")
    zoe.goto(f"{told['desk']}publish/")
    zoe.get_by_role("link", name="Demandes", exact=True).click()
    expect(zoe.locator(".panel").first).to_contain_text("Je ne suis plus dans ce réseau.")
    link = zoe.locator("input[readonly]").input_value()
    zoe.locator("summary", has_text="Retirer des mots").click()
    sound(zoe, "requests")
    zoe.locator("details textarea[name=words]").fill("Ali Ben")
    zoe.get_by_role("button", name="Les retirer pour toujours").first.click()
    expect(zoe.locator("blockquote")).to_contain_text("[…]")
    zoe.locator("input[name=words]").fill("Vos mots et votre nom sont retirés.")
    zoe.get_by_role("button", name="C’est fait : répondre").click()
    expect(zoe.locator(".rows li")).to_contain_text("Vos mots et votre nom sont retirés.")
    sound(zoe, "requests-answered")
    guest.goto(here)
    expect(guest.locator(".is-redacted").first).to_be_visible()
    said = guest.content() + guest.request.get(f"{here.rstrip('/')}.json").text()
    assert "Ali Ben" not in said
    assert "tableau" not in said
    sound(guest, "article-redacted")
    guest.goto(link)
    expect(guest.locator("h1")).to_contain_text("Demander une correction")
    sound(guest, "ask-link")


def test_what_is_told_of_it_is_written_then_released(world, told):
    zoe = somebody(world, told, "zoe")
    zoe.goto(f"{told['desk']}publish/")
    sound(zoe, "publish")
    zoe.get_by_role("link", name="Annoncer").first.click()
    sound(zoe, "announce-empty")
    zoe.get_by_role("button", name="Les écrire").click()
    expect(zoe.locator(".batch").first).to_contain_text("une nouvelle édition")
    sound(zoe, "announce")
    zoe.get_by_role("button", name=re.compile("valider pour")).first.click()
    expect(zoe.locator(".receipt")).to_be_visible()


def test_on_paper(world, told, tmp_path):
    guest = somebody(world, told)
    guest.goto(f"/library/{told['slug']}/")
    guest.emulate_media(media="print")
    for hidden in ("nav", ".acts", ".after"):
        assert not guest.locator(hidden).first.is_visible(), hidden
    expect(guest.locator("h1")).to_be_visible()
    content = guest.pdf(format="A4")
    (Path(LOOK) / "paper.pdf" if LOOK else tmp_path / "paper.pdf").write_bytes(content)
    assert content.startswith(b"%PDF")
