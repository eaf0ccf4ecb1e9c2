"""A form brought in from a narrow pane by keyboard alone: read, corrected, kept, taken back."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.keys import Keys
from tests.journeys.looks import LOOKS, show
from tests.journeys.people import PATIENCE, SMALL, TOUCH
from tests.journeys.plan import CHOICE, TRAP
from tests.journeys.test_screens import SIDEWAYS
from tests.journeys.tour import LANGUAGES
from tests.journeys.words import foreign

NARROW = {"viewport": {"width": 320, "height": 700}}
LOOK = os.environ.get("FABRIQUE_LOOK")  # a folder, to see what was seen
LONG = "Anticonstitutionnellement" * 4
FORM = f"""\
Horodateur;Nom;Votre rôle dans la maison ?;Qu’aimeriez-vous garder de cette année ?;Note
31/01/2024 10:00:00;Zoé;artiste;"{TRAP.replace('"', '""')}";4
31/01/2024 10:05:00;Ali;artiste;{LONG};5
31/01/2024 11:00:00;Max;régie;;2
31/01/2024 11:00:01;Léa;régie;Les cafés du matin;
"""
FILE = {"name": "enquête.csv", "mimeType": "text/csv", "buffer": FORM.encode()}


def fits(page, name):
    assert not violations(page), name
    assert page.evaluate(SIDEWAYS) <= 0, name
    assert page.evaluate(SMALL, TOUCH) == [], name
    if LOOK:
        page.screenshot(path=Path(LOOK) / f"{name}.png", full_page=True)


def test_a_form_is_read_corrected_imported_and_taken_back(world):
    made = world.instance.make("links", session=world.session(CHOICE).session)
    page = world.page(NARROW)
    page.goto(f"/enter/{made['organise_fr']}")
    page.locator("main form button.go").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/prepare/")
    keys = Keys(page)
    page.goto("/prepare/import/")
    fits(page, "import")
    keys.walk()
    world.watch.allow("status of 400")
    refused = page.locator("#refusal")
    page.locator("input[type=file]").set_input_files({**FILE, "buffer": b"%PDF-1.7"})
    keys.act("#import button.go")
    expect(refused).to_contain_text("ne peut pas être importé", timeout=PATIENCE)
    expect(refused).to_be_focused()
    page.locator("input[type=file]").set_input_files(FILE)
    keys.act("#import button.go")
    page.wait_for_url(re.compile(r"/prepare/import/[0-9a-f]{24}$"), timeout=PATIENCE)
    expect(page.locator(".facts-said")).to_contain_text("4 personnes")
    fits(page, "import-look")
    keys.walk()
    keys.go("select[name=use-2]")
    page.keyboard.type("Noms")
    keys.act("button[name=keep]")
    alert = page.locator("[role=alert]")
    expect(alert).to_contain_text("Vous avez changé la lecture", timeout=PATIENCE)
    expect(page.locator("select[name=use-2]")).to_have_value("names")
    fits(page, "import-changed")
    keys.act("button[name=keep]")
    page.wait_for_url("**/prepare/imported/*", timeout=PATIENCE)
    fits(page, "imported")
    assert foreign(page, "fr", set()) == []
    keys.act("a[href$=report]")
    expect(page.locator("main")).to_contain_text("Les cafés du matin", timeout=PATIENCE)
    page.go_back()
    keys.act("button[name=remove]")
    page.wait_for_url("**/prepare/import/?removed=*", timeout=PATIENCE)
    expect(page.locator("[role=status]").first).to_contain_text("est effacée")


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_pages_fit_every_screen(world, language):
    made = world.instance.make("links", session=world.session(CHOICE).session)
    context = world.context(NARROW)
    cookie = {"name": "language", "value": language, "url": world.instance.address}
    context.add_cookies([cookie])
    page = context.new_page()
    world.watch.allow("status of 400")
    page.goto(f"/enter/{made[f'organise_{language}']}")
    page.locator("main form button.go").click()
    page.wait_for_url("**/prepare/")
    page.goto("/prepare/import/")
    every_look(page)
    page.locator("input[type=file]").set_input_files(FILE)
    page.locator("#import button.go").click()
    expect(page.locator(".pieces")).to_be_attached(timeout=PATIENCE)
    every_look(page)
    page.locator("select[name=use-3]").select_option("rating")
    page.locator("button[name=read]").click()
    expect(page.locator("[role=alert]")).to_be_visible(timeout=PATIENCE)
    every_look(page)
    page.locator("select[name=use-3]").select_option("single")
    page.locator("button[name=read]").click()
    expect(page.locator("button[name=keep]")).to_be_visible(timeout=PATIENCE)
    page.locator("button[name=keep]").click()
    page.wait_for_url("**/prepare/imported/*", timeout=PATIENCE)
    every_look(page)
    assert foreign(page, language, {"enquête"}) == []


def every_look(page):
    for look, width in LOOKS:
        show(page, look, width)
        assert not violations(page), (look, width)
        assert page.evaluate(SIDEWAYS) <= 0, (look, width)
