"""What a workshop agreed: published from one page, found in the register, done by its owner.

Then two people on one text, and a gathering that owes its documentation.
"""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from bench.instance import Instance
from tests.journeys.people import LAPTOP, PATIENCE, PHONE, SMALL, TOUCH, Console
from tests.journeys.plan import step
from tests.journeys.words import foreign
from tests.journeys.world import World

SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"
LOOK = os.environ.get("FABRIQUE_LOOK")
STEPS = (
    step("ideas", "Ce qui nous aiderait"),
    step("notes", "Notre texte"),
)
IDEAS = ("Un café des équipes chaque mois", "Un carnet de bord partagé")
TEXT = (
    "Nous avons compris que nos équipes se croisent peu.",
    "Un rendez-vous régulier vaut mieux qu’une grande réunion.",
)
DECISION = "Nous tenons un café des équipes chaque mois."
ACTION = "Préparer le premier café et prévenir les équipes."
THEIRS = {"Documentation", "Prévenue", "Fabrique"}


@pytest.fixture
def world(browser, tmp_path):
    """A house of its own: nobody else is reminded or late here."""
    with Instance(tmp_path) as own, World(browser, own) as found:
        yield found
    assert not re.search("ERROR|CRITICAL|Traceback", own.log()), own.log()


def somebody(world, name, device=LAPTOP, **fields):
    made = world.instance.make("signed_in", name=name, **fields)
    page = world.page(device)
    cookie = {"name": made["cookie"], "value": made["value"], "url": world.instance.address}
    page.context.add_cookies([cookie])
    page.who = made["person"]
    return page


def sound(page, name):
    """No barrier, nothing pushed aside or too small, no word of another language."""
    before = page.viewport_size
    for look, width in (("light", 320), ("dark", 768), ("light", 1920)):
        page.emulate_media(color_scheme=look)
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], (name, width)
        assert page.evaluate(SIDEWAYS) <= 0, (name, width)
        if LOOK:
            page.screenshot(path=Path(LOOK) / f"{name}-{look}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 760})
    assert page.evaluate(SMALL, TOUCH) == [], name
    assert foreign(page, "fr", THEIRS) == [], name
    page.set_viewport_size(before)


class Presses:
    """Counts what a person presses on the way: the quick lane has few."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def __call__(self, target):
        target.click()
        self.count += 1


def workshop(world, page):
    """Three people make a text, the facilitator notes what is agreed; it is over."""
    made = world.session(*STEPS, title="Mieux se croiser")
    seats = world.instance.make("seats", session=made.session, people=3)["seats"]
    console = Console.enter(page, made.enter)

    def lead(do, **body):
        (reply,) = world.instance.act(made, made.lead, {"do": do, **body})
        assert "ack" in reply, reply

    for n, (one, told) in enumerate((("ideas", IDEAS), ("notes", TEXT)), 3):
        lead("open", step=one)
        for seat, text in zip(seats, told, strict=False):
            (reply,) = world.instance.act(
                made, seat, {"do": "answer", "run": f"r{n}", "text": text}
            )
            assert "ack" in reply, reply
        lead("close", run=f"r{n}")
        lead("reveal", run=f"r{n}")
    lead("note", text=DECISION, mark="decision")
    lead("note", text=ACTION, mark="action")
    lead("end")
    expect(console('body[data-stage="ended"]')).to_be_attached(timeout=PATIENCE)
    return made


def test_what_a_workshop_agreed_is_published_from_one_page_and_done(world, look):
    zoe = somebody(world, "Zoé Martin", roles=["staff"])
    world.watch.allow("status of 400")  # what is refused says so
    workshop(world, zoe)
    press = Presses(zoe)
    press(zoe.get_by_role("link", name="Publier le compte-rendu").first)
    zoe.wait_for_url("**/minutes")
    sound(zoe, "quick-begin")
    press(zoe.get_by_role("button", name="Préparer le brouillon"))
    zoe.wait_for_url("**/quick/")
    expect(zoe.locator("main")).to_contain_text(TEXT[0])
    sound(zoe, "quick")
    look("minutes-quick", zoe)
    refused_without_a_word(zoe)
    ana = somebody(world, "Ana Diallo")
    chosen(zoe, press)
    sound(zoe, "quick-chosen")
    press(zoe.get_by_role("button", name="Valider et publier"))
    zoe.wait_for_url("**/library/**")
    expect(zoe.locator("main")).to_contain_text("Une heure pour nous croiser.")
    parts = 3  # the aim, the ideas, the text
    assert press.count == 1 + 1 + parts + 2 + 1, "one a part, one a decision, and three"
    settled(world, ana, look)


def refused_without_a_word(zoe):
    """Nobody said what stays: nothing is published, and what was typed is still there."""
    zoe.locator("textarea[name=introduction]").fill("Une heure pour nous croiser.")
    zoe.get_by_role("button", name="Valider et publier").click()
    expect(zoe.locator("#refused")).to_be_visible()
    expect(zoe.locator("textarea[name=introduction]")).to_have_value("Une heure pour nous croiser.")


def chosen(zoe, press):
    """Part by part, then each decision and action by itself."""
    for part in zoe.locator("input[name^=part-][value=keep]").all():
        press(part.locator("xpath=.."))
    for one in zoe.locator("input[name^=bound-][value=keep]").all():
        press(one.locator("xpath=.."))
    action = zoe.locator("fieldset", has_text=ACTION).last
    action.locator("input[name^=owner-]").fill("ana diallo@example.org")
    soon = (datetime.now(UTC).date() + timedelta(days=5)).isoformat()
    action.locator("input[name^=due-]").fill(soon)


def settled(world, ana, look):
    """Its owner, who is no adherent, finds it, has it reminded, moves it, says that it is done."""
    ana.goto("/register/?mine=1")
    expect(ana.locator(".debt")).to_have_count(1)
    sound(ana, "register-mine")
    ana.get_by_role("button", name="Me le rappeler par courriel").click()
    expect(ana.locator("main")).to_contain_text("Un courriel vous le rappelle")
    ana.get_by_role("link", name=ACTION).click()
    sound(ana, "register-line")
    ana.locator("summary", has_text="Déplacer la date").click()
    ana.locator("input[name=due]").fill((datetime.now(UTC).date() + timedelta(days=30)).isoformat())
    ana.get_by_role("button", name="Déplacer").click()
    expect(ana.locator("#refused")).to_be_visible()
    ana.locator("details[open] input[name=word]").fill("La salle est prise.")
    ana.get_by_role("button", name="Déplacer").click()
    expect(ana.locator("main")).to_contain_text("La salle est prise.")
    ana.locator("input[name=word]").first.fill("Les équipes sont prévenues.")
    ana.get_by_role("button", name="Dire que c’est fait").click()
    expect(ana.locator("main")).to_contain_text("Les équipes sont prévenues.")
    sound(ana, "register-line-done")
    bea = somebody(world, "Béa Lectrice", PHONE, adheres=True)
    bea.goto("/register/?state=all")
    expect(bea.locator(".debt")).to_have_count(2)
    sound(bea, "register-all")
    look("register", bea)
    bea.get_by_role("link", name=ACTION).click()
    expect(bea.get_by_role("button", name="Rouvrir")).to_have_count(0)
    guest = world.page(PHONE)
    guest.goto("/register/?state=all")
    expect(guest.locator(".debt")).to_have_count(0)


def test_two_people_on_one_text_see_who_is_where_and_lose_nothing(world):
    ana = somebody(world, "Ana Diallo", roles=["staff"])
    made = workshop(world, ana)
    ana.goto(made.report)
    ana.get_by_role("link", name="Publier le compte-rendu").click()
    ana.wait_for_url("**/minutes")
    ana.get_by_role("button", name="Préparer le brouillon").click()
    ana.wait_for_url("**/quick/")
    desk = ana.url.replace("quick/", "")
    bob = somebody(world, "Bob Le Gall", roles=["staff"])
    for page in (ana, bob):
        page.goto(desk)
    begins(ana, "Nos équipes se croisent trop peu.")
    begins(bob, "Nos équipes se croisent rarement.")
    note = bob.locator(".lock:visible")
    expect(note).to_contain_text("Ana Diallo travaille à cette partie depuis", timeout=PATIENCE)
    sound(bob, "desk-locked")
    world.watch.allow("status of 400")
    bob.locator("details[open] button[value=rewrite]").click()
    expect(bob.locator("#refused")).to_contain_text("Ana Diallo")
    mine = bob.locator("details[open] textarea")
    expect(mine).to_have_value("Nos équipes se croisent rarement.")
    bob.get_by_role("button", name="Reprendre la partie, et garder").click()
    expect(bob.locator(".sentence", has_text="rarement").first).to_be_visible()
    ana.locator("details[open] button[value=rewrite]").click()
    expect(ana.locator("#refused")).to_be_visible()
    expect(ana.locator("details[open] textarea")).to_have_value("Nos équipes se croisent trop peu.")


def begins(page, words):
    sentence = page.locator(".sentence", has_text=TEXT[0]).first
    sentence.locator("summary").click()
    sentence.locator("textarea").fill(words)


def test_a_gathering_owes_its_documentation_or_says_why_there_is_none(world):
    zoe = somebody(world, "Zoé Martin", roles=["staff"])
    ends = datetime.now(UTC) - timedelta(days=40)
    span = {"starts_at": (ends - timedelta(hours=2)).isoformat(), "ends_at": ends.isoformat()}
    for name in ("Café de mars", "Visite du foyer"):
        slug = name.lower().replace(" ", "-").replace("é", "e")
        world.instance.make(
            "gathering", organiser=zoe.who, title=name, slug=slug, state="published", **span
        )
    zoe.goto("/minutes/owed/")
    expect(zoe.locator(".debt.is-late")).to_have_count(2)
    sound(zoe, "owed")
    visit = zoe.locator(".debt", has_text="Visite du foyer")
    visit.locator("summary").click()
    visit.locator("input[name=word]").fill("Une visite, sans rien à garder.")
    visit.get_by_role("button", name="Le dire").click()
    expect(zoe.locator(".debt")).to_have_count(1)
    zoe.goto("/minutes/owed/?state=done")
    expect(zoe.locator(".debt")).to_contain_text("Une visite, sans rien à garder.")
    sound(zoe, "owed-done")
