"""A Fabrique from an idea to its date and its link, on telephones, answered without an account."""

import os
import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.looks import show
from tests.journeys.people import PATIENCE, PHONE, SMALL, TOUCH
from tests.journeys.test_screens import SIDEWAYS
from tests.journeys.words import foreign

SMALL_PHONE = PHONE | {"viewport": {"width": 320, "height": 640}}
LOOK = os.environ.get("FABRIQUE_LOOK")  # a folder, to see what was seen
VIEWS = (("light", 320), ("dark", 768), ("light", 1280))
FAULTS = []  # of every page that was looked at
THEIRS = {"Format", "Documentation"}


class Somebody:
    """Somebody with an account, at their telephone."""

    def __init__(self, world, name, roles=(), device=SMALL_PHONE):
        held = world.instance.make("signed_in", name=name, roles=list(roles))
        context = world.context(device)
        cookie = {"name": held["cookie"], "value": held["value"], "url": world.instance.address}
        context.add_cookies([cookie])
        self.page = context.new_page()

    def goes(self, path):
        self.page.goto(path)
        return self.page.locator("main")


def fits(page, name):
    """No barrier, no sideways scroll, nothing too small, not a word in the wrong language."""
    size = page.viewport_size
    for look, width in VIEWS:
        show(page, look, width)
        FAULTS.extend(f"{name} {look} {width}: {one}" for one in violations(page))
        if (over := page.evaluate(SIDEWAYS)) > 0:
            FAULTS.append(f"{name} scrolls sideways by {over} at {width}")
        if LOOK:
            page.screenshot(path=Path(LOOK) / f"{name}-{look}-{width}.png", full_page=True)
    page.set_viewport_size(size)
    FAULTS.extend(f"{name} is too small: {one}" for one in page.evaluate(SMALL, TOUCH))
    FAULTS.extend(f"{name} says: {one}" for one in foreign(page, "fr", THEIRS))


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def test_a_fabrique_from_an_idea_to_its_link(world, look):
    ana, ali = Somebody(world, "Ana"), Somebody(world, "Ali")
    team = Somebody(world, "Ines", ["staff"])
    draft = begins(ana, look)
    joins(ana, ali, draft)
    accepted(ali, team, draft)
    checklist = asks(ana)
    guest = answered(world, ana)
    kept(ana, guest, look)
    linked(world, ana, checklist)
    seen(ana, checklist, look)
    assert not FAULTS, "\n".join(FAULTS)


def begins(ana, look):
    """An idea, on a telephone: kept as it is typed, found again elsewhere."""
    ana.goes("/propose/")
    fits(ana.page, "propose")
    press(ana.page, re.compile("Commencer.*rapide"))
    ana.page.wait_for_url(re.compile("/propose/[0-9a-f-]{36}/"), timeout=PATIENCE)
    draft = ana.page.url
    ana.page.get_by_label("Titre", exact=True).fill("Écrire à plusieurs")
    ana.page.get_by_label("La question, ou le problème").fill("Comment écrire sans s’épuiser ?")
    expect(ana.page.locator("#saving")).to_have_text("Enregistré.", timeout=PATIENCE)
    ana.page.get_by_text("Je cherche des complices").click()
    expect(ana.page.locator("#saving")).to_have_text("Enregistré.", timeout=PATIENCE)
    press(ana.page, "Enregistrer le brouillon")
    expect(ana.page.locator("[role=status]").first).to_contain_text("Votre brouillon est gardé")
    fits(ana.page, "draft")
    ana.page.locator(".lane-steps > li").first.evaluate("(one) => one.scrollIntoView()")
    look("propose", ana.page, top=False)
    return draft


def joins(ana, ali, draft):
    """Somebody offers to help, and is welcomed."""
    ali.goes("/propose/complices/")
    fits(ali.page, "accomplices")
    press(ali.page, re.compile("J’aimerais aider"))
    expect(ali.page.locator("[role=status]")).to_contain_text("Votre proposition est envoyée")
    ana.goes(draft)
    ana.page.get_by_role("link", name="Le groupe d’organisation").click()
    fits(ana.page, "group")
    press(ana.page, re.compile("Bienvenue"))
    expect(ana.page.locator("main")).to_contain_text("Ali")


def accepted(ali, team, draft):
    """Somebody who joined proposes it; the team says when it is free, and accepts."""
    ali.goes(draft)
    press(ali.page, "Le proposer à l’équipe")
    expect(ali.page.locator("main")).to_contain_text("L’équipe l’a entre les mains")
    first = date.today() + timedelta(days=30)  # noqa: DTZ011 - far from midnight
    team.goes("/team/slots/")
    team.page.get_by_label("De", exact=True).fill(f"{first}T18:00")
    team.page.get_by_label("À", exact=True).fill(f"{first}T20:00")
    team.page.get_by_label("Chaque semaine").fill("3")
    press(team.page, "Ajouter")
    expect(team.page.locator(".rows li")).to_have_count(3)
    fits(team.page, "team-slots")
    team.goes("/team/proposals/")
    fits(team.page, "proposals")
    press(team.page, re.compile("Accepter"))
    expect(team.page.locator(".state")).to_contain_text("décidé, pas encore dit")
    press(team.page, "Envoyer 1 décision")
    expect(team.page.locator("[role=status]")).to_contain_text("1 décision est envoyée")


def asks(ana):
    """Three slots are asked about."""
    ana.goes("/organise/")
    fits(ana.page, "mine")
    ana.page.get_by_role("link", name="Écrire à plusieurs").click()
    fits(ana.page, "checklist")
    checklist = ana.page.url
    ana.page.get_by_role("link", name=re.compile("Y aller.*créneaux libres")).click()
    fits(ana.page, "slot")
    for box in ana.page.locator("input[name=free]").all():
        box.check()
    press(ana.page, "Ouvrir le sondage")
    return checklist


def answered(world, ana):
    """Two answers, without an account."""
    link = ana.page.locator("main a[href*='/poll/']").get_attribute("href")
    for name, choices in (("Zoé", ("Non", "Oui", "Si besoin")), ("Max", ("Oui", "Oui", "Non"))):
        guest = world.page(SMALL_PHONE)
        guest.goto(link)
        expect(guest.locator("main")).to_contain_text("apparaît une fois que vous avez répondu")
        for group, choice in zip(guest.locator("fieldset").all(), choices, strict=True):
            group.get_by_label(choice).check()
        guest.get_by_label("Votre nom").fill(name)
        press(guest, "Envoyer ma réponse")
        expect(guest.locator("[role=status]")).to_contain_text("elle est gardée", timeout=PATIENCE)
        expect(guest.get_by_role("button", name="Modifier ma réponse")).to_be_visible()
        fits(guest, f"poll-{name}")
    return guest


def kept(ana, guest, look):
    """One is kept in a click, and those who answered see it."""
    ana.page.reload()
    expect(ana.page.locator(".poll-tally .best")).to_have_count(1)
    fits(ana.page, "slot-answered")
    ana.page.locator(".poll-tally .best").scroll_into_view_if_needed()
    look("slot", ana.page, top=False)
    ana.page.locator(".poll-tally li", has=ana.page.locator(".best")).get_by_role("button").click()
    expect(ana.page.locator(".receipt")).to_contain_text("18 h – 20 h", timeout=PATIENCE)
    guest.reload()
    expect(guest.locator("h1")).to_contain_text("Le créneau est fixé")
    fits(guest, "poll-settled")


def linked(world, ana, checklist):
    """The link follows; a wrong one is refused."""
    ana.goes(checklist)
    ana.page.get_by_role("link", name=re.compile("Y aller.*lien visio")).click()
    world.watch.allow("status of 400")
    ana.page.get_by_label("Votre lien").fill("meet.example.org/atelier")
    press(ana.page, "Obtenir ce lien")
    expect(ana.page.locator("[role=alert]")).to_contain_text("commence par https://")
    fits(ana.page, "video-refused")
    ana.page.get_by_label("Votre lien").fill("https://meet.example.org/atelier")
    press(ana.page, "Obtenir ce lien")
    expect(ana.page.locator("[role=status]")).to_contain_text("Le lien est là")
    fits(ana.page, "video")


def seen(ana, checklist, look):
    """The checklist has seen it all, and the console is theirs."""
    ana.goes(checklist)
    done = ana.page.locator(".check.is-done h3")
    expect(done).to_have_text(
        [
            "Choisir un problème sur lequel travailler ensemble",
            re.compile("Prendre l’atelier prêt à mener"),
            "Regarder les créneaux libres",
            "Se mettre d’accord sur un créneau",
            "Obtenir le lien visio",
        ]
    )
    fits(ana.page, "checklist-dated")
    ana.page.locator(".check.is-next").evaluate("(one) => one.scrollIntoView()")
    look("checklist", ana.page, top=False)
    press(ana.page, "La télécommande")
    ana.page.wait_for_url("**/console", timeout=PATIENCE)
    ana.goes(checklist)
    ana.page.get_by_role("link", name="Série").click()
    fits(ana.page, "series-begin")


def test_a_draft_is_kept_through_a_line_that_breaks(world, line):
    held = world.instance.make("signed_in", name="Tom")
    context = world.context(SMALL_PHONE, line)
    cookie = {"name": held["cookie"], "value": held["value"], "url": line.address}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto("/propose/")
    press(page, re.compile("Commencer.*Préparée"))
    fits(page, "draft-prepared")
    assert not FAULTS, "\n".join(FAULTS)
    title = page.get_by_label("Titre", exact=True)
    title.fill("Avant")
    expect(page.locator("#saving")).to_have_text("Enregistré.", timeout=PATIENCE)
    world.watch.allow("ERR_INTERNET_DISCONNECTED")
    context.set_offline(True)
    title.fill("Pendant la coupure")
    expect(page.locator("#saving")).to_contain_text("la connexion est coupée", timeout=PATIENCE)
    context.set_offline(False)
    expect(page.locator("#saving")).to_have_text("Enregistré.", timeout=PATIENCE)
    page.reload()
    expect(page.get_by_label("Titre", exact=True)).to_have_value("Pendant la coupure")
