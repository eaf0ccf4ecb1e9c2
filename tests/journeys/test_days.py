"""Big days from a call to somebody's agenda: a guest, a host without a mouse, a member."""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.keys import Keys
from tests.journeys.looks import LOOKS, show
from tests.journeys.people import LAPTOP, PHONE, SMALL, TOUCH
from tests.journeys.test_screens import SIDEWAYS


def made_by(instance, *words):
    """Have something made beside the server."""
    command = [sys.executable, "-m", "tests.journeys.days", *words]
    done = subprocess.run(
        command, env=instance._environment(), check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def letters(instance, to):
    return [one for one in made_by(instance, "letters") if one[0] == to]


def signed(world, who, device):
    context = world.context(device)
    address = world.instance.address
    context.add_cookies([{"name": "session", "value": who, "url": address}])
    return context.new_page()


def well(page):
    """No fault of access, nothing too small for a finger, no scrolling sideways."""
    assert violations(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL, TOUCH) == []


@pytest.fixture
def days(instance):
    return made_by(instance, "make")


def answered(world, days):
    """A guest on a phone keeps a draft, then sends it by the link of the mail."""
    guest = world.page(PHONE)
    guest.goto(f"/g/{days['slug']}/call/")
    well(guest)
    guest.get_by_label("Titre").fill("Radio de plateau")
    guest.get_by_label("Votre nom").fill("Mona")
    guest.get_by_label("Votre adresse de courriel").fill("mona@example.org")
    guest.get_by_role("button", name="Garder en brouillon").tap()
    expect(guest.locator("h1")).to_have_text("Votre brouillon est gardé.")
    well(guest)
    (kept,) = letters(world.instance, "mona@example.org")
    guest.goto(re.search(r"https?://[^/]+(/g/\S+)", kept[3])[1])
    guest.get_by_label("Pour qui").fill("Tout le monde")
    well(guest)
    guest.get_by_role("button", name="Envoyer").tap()
    expect(guest.locator(".receipt")).to_contain_text("C’est envoyé")
    return guest


def accepted(page, days):
    page.goto(f"/g/{days['slug']}/contributions/")
    well(page)
    page.get_by_role("link", name="Radio de plateau").click()
    expect(page.locator("select[name=decision]")).to_be_visible()
    well(page)
    page.locator("select[name=decision]").select_option(label="retenir")
    page.get_by_role("button", name="Garder la décision").click()
    page.get_by_role("button", name="Prendre ces décisions").click()
    expect(page.locator(".receipt")).to_contain_text("1 décision est prise")


def placed(world, days):
    """By keyboard alone: onto the grid, over a clash, away from it, back again."""
    page = signed(world, days["host"], LAPTOP)
    Keys(page)
    page.goto(f"/g/{days['slug']}/programme/edit/")
    expect(page.locator("#warned")).to_have_text("Aucun conflit")
    page.locator(".waiting-items .slot a").focus()
    page.keyboard.press("Alt+ArrowDown")
    slot = page.locator(".room .slot", has_text="Radio de plateau")
    expect(slot).to_have_attribute("data-minute", str(11 * 60))  # where the hall is free
    expect(page.locator("#warned")).to_have_text("1 conflit")  # its author has not confirmed
    for _ in range(4):
        page.keyboard.press("Alt+ArrowUp")
    expect(slot).to_have_attribute("data-minute", str(10 * 60))
    expect(page.locator(".warned")).to_contain_text("Ce que le numérique fait à la scène")
    expect(page.locator("#voice")).to_contain_text("2 conflits")
    well(page)
    page.keyboard.press("+")
    expect(slot).to_have_attribute("data-minutes", "75")
    page.keyboard.press("Control+z")
    expect(slot).to_have_attribute("data-minutes", "60")
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.get_by_role("region", name="Sans salle")).to_contain_text("Radio de plateau")
    expect(page.locator("#warned")).to_have_text("1 conflit")
    expect(slot.locator("a")).to_be_focused()
    return page


def released(page, days, what):
    page.goto(f"/g/{days['slug']}/programme/release/")
    expect(page.locator("main")).to_contain_text(what)
    well(page)
    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Versions du programme")
    well(page)


def test_from_a_call_to_an_agenda(world, instance, days):
    guest = answered(world, days)
    host = signed(world, days["host"], LAPTOP)
    accepted(host, days)
    page = placed(world, days)
    released(page, days, "Nouveau : « Radio de plateau »")
    member = signed(world, days["member"], PHONE)
    member.goto(f"/g/{days['slug']}/programme/")
    well(member)
    kept = member.locator("article", has_text="Radio de plateau")
    kept.get_by_role("button", name="Garder").tap()
    expect(kept.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    page.goto(f"/g/{days['slug']}/programme/edit/")
    page.locator(".room .slot a", has_text="Radio de plateau").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".slot", has_text="Radio de plateau")).to_contain_text("10:15")
    released(page, days, "Déplacé : « Radio de plateau »")
    told = letters(instance, days["email"])
    assert [one[1] for one in told] == ["draft"]
    assert "Déplacé : « Radio de plateau »" in told[0][3].replace("\xa0", " ")
    states = [one[1] for one in letters(instance, "mona@example.org")]
    assert {"released", "sent"} >= set(states[:2])  # what answers her leaves by itself
    assert states[2:] == ["draft", "draft", "draft"]
    guest.reload()
    guest.get_by_role("button", name="Oui, je confirme").tap()
    expect(guest.locator(".receipt")).to_contain_text("Vous venez")
    well(guest)
    member.goto(f"/g/{days['slug']}/programme/mine/")
    expect(member.locator("article")).to_contain_text("10:15–11:15")
    well(member)


def test_drag_does_what_keys_do(world, days):
    page = signed(world, days["host"], {"viewport": {"width": 1366, "height": 1600}})
    page.goto(f"/g/{days['slug']}/programme/edit/")
    slot = page.locator(".room .slot", has_text="Concert dessiné")
    studio = page.locator(".room", has_text="Studio").locator("ol")
    slot.drag_to(studio, source_position={"x": 30, "y": 5}, target_position={"x": 30, "y": 5})
    moved = page.locator(".room", has=page.locator("h3", has_text="Studio"))
    expect(moved.locator(".slot", has_text="Concert dessiné")).to_have_attribute(
        "data-minute", str(9 * 60)
    )
    page.locator(".slot", has_text="Concert dessiné").drag_to(page.locator("[data-drop=list]"))
    expect(page.locator(".waiting-items")).to_contain_text("Concert dessiné")


PAGES = (
    "programme/edit/",
    "programme/",
    "programme/versions/",
    "programme/release/",
    "programme/rooms/",
    "programme/speakers/",
    "programme/items/new/",
    "programme/mine/",
    "call/",
    "call/edit/",
    "contributions/",
    "venues/",
    "venues/new/",
    "venues/criteria/new/",
)


def test_every_page_in_every_look(world, instance):
    full = made_by(instance, "full")
    page = signed(world, full["host"], LAPTOP)
    for where in PAGES:
        page.goto(f"/g/{full['slug']}/{where}")
        for look, width in LOOKS:
            show(page, look, width)
            assert page.evaluate(SIDEWAYS) <= 0, (where, look, width)
            assert violations(page) == [], (where, look, width)


def test_without_scripts_the_form_does_it_all(world, days):
    context = world.context(PHONE, java_script_enabled=False)
    address = world.instance.address
    context.add_cookies([{"name": "session", "value": days["host"], "url": address}])
    page = context.new_page()
    page.goto(f"/g/{days['slug']}/programme/edit/")
    page.get_by_role("link", name="Concert dessiné").tap()
    page.locator("select[name=room]").select_option(label="Studio")
    page.locator("input[name=clock]").fill("17:30")
    page.get_by_role("button", name="Placer").tap()
    expect(page.locator(".receipt")).to_contain_text("17 h 30, Studio")
    page.get_by_role("button", name="Reprendre").tap()
    expect(page.locator(".receipt")).to_contain_text("16 h, Grande salle")
