"""What a gathering goes through, act by act, as people do it: on small telephones, by mail."""

import re
import time
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE, PHONE, Phone
from tests.journeys.signing import mails, sign_in

POCKET = PHONE | {"viewport": {"width": 320, "height": 640}}
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


class Lived:
    """A house, who acts in it, and what was seen of each page on the way."""

    def __init__(self, world, seen):
        self.world, self.seen = world, seen

    def person(self, name, role=""):
        """Have somebody made by whoever installed the house; they sign in by a typed code."""
        address = f"{name.lower()}@example.org"
        words = ["--name", name, *(["--role", role] if role else [])]
        self.world.instance.command("person", address, *words)
        return sign_in(self.world.page(POCKET), self.world, address)

    def letter(self, name, subject):
        """Wait for a letter to somebody, and give it."""
        to = f"{name.lower()}@example.org"

        def found():
            return [one for one in mails(self.world, to) if subject in one["Subject"]]

        return self.until(found, (name, subject))[-1]

    def caught(self, to):
        """Wait for what was sent to an address, and give it."""
        return self.until(lambda: [mail for rcpt, mail in self.world.post if to in rcpt], to)

    def until(self, found, what=""):
        """Wait until something is found, and give it."""
        end = time.monotonic() + 2 * PATIENCE / 1000
        while not (there := found()):
            assert time.monotonic() < end, what
            time.sleep(0.05)
        return there


def links(letter):
    """Give the paths of the addresses in a letter."""
    return LINK.findall(letter.get_body(("plain",)).get_content())


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def reads(page, words, place="main"):
    expect(page.locator(place)).to_contain_text(words, timeout=PATIENCE)


def proposes(lived, ana, lane, title):
    """An idea, kept as it is typed; accomplices are looked for."""
    ana.goto("/")
    lived.seen(ana, "home")
    ana.get_by_role("link", name="Proposer").first.click()
    press(ana, re.compile(f"Commencer.*{lane}"))
    ana.wait_for_url(re.compile("/propose/[0-9a-f-]{36}/"), timeout=PATIENCE)
    draft = ana.url
    ana.get_by_label("Titre", exact=True).fill(title)
    ana.get_by_label("La question, ou le problème").fill("Comment écrire sans s’épuiser ?")
    ana.locator("select[name=audience]").select_option("guest")
    ana.get_by_text("Je cherche des complices").click()
    expect(ana.locator("#saving")).to_have_text("Enregistré.", timeout=PATIENCE)
    lived.seen(ana, "draft")
    return draft


def forms_a_group(lived, ana, draft, ali, mia, title):
    """One offers to help and is welcomed; one is invited by mail, and joins."""
    ali.goto("/propose/complices/")
    ali.locator("li, article", has_text=title).get_by_role("button").first.click()
    reads(ali, "Votre proposition est envoyée")
    ana.goto(draft)
    ana.get_by_role("link", name="Le groupe d’organisation").click()
    press(ana, re.compile("Bienvenue"))
    reads(ana, "Ali")
    ana.get_by_label("Adresse").last.fill("mia@example.org")
    press(ana, "Envoyer l’invitation")
    invited = links(lived.letter("Mia", title))[0]
    mia.goto(invited)
    lived.seen(mia, "invited")
    press(mia, "Rejoindre le groupe")
    ana.reload()
    reads(ana, "Mia")
    lived.seen(ana, "group")


def is_accepted(lived, ana, draft, team, title):
    """The team says when it is free, reads, accepts, and sends what it decided."""
    ana.goto(draft)
    press(ana, "Le proposer à l’équipe")
    first = date.today() + timedelta(days=30)  # noqa: DTZ011 - far from midnight
    team.goto("/team/slots/")
    team.get_by_label("De", exact=True).fill(f"{first}T18:00")
    team.get_by_label("À", exact=True).fill(f"{first}T20:00")
    team.get_by_label("Chaque semaine").fill("3")
    press(team, "Ajouter")
    expect(team.locator(".rows li")).to_have_count(3)
    team.goto("/team/proposals/")
    team.locator(".proposal", has_text=title).get_by_role(
        "button", name=re.compile("Accepter")
    ).first.click()
    press(team, "Envoyer 1 décision")
    reads(team, "1 décision est envoyée", "[role=status]")
    lived.letter("Ana", title)


def polls_three_slots(lived, ana, title):
    """The group asks about three evenings; two partners answer by the link, without account."""
    ana.goto("/organise/")
    ana.get_by_role("link", name=title).first.click()
    lived.seen(ana, "checklist")
    checklist = ana.url
    ana.get_by_role("link", name=re.compile("Y aller.*créneaux libres")).click()
    for box in ana.locator("input[name=free]").all():
        box.check()
    press(ana, "Ouvrir le sondage")
    link = ana.locator("main a[href*='/poll/']").get_attribute("href")
    for name, choices in (("Zoé", ("Non", "Oui", "Si besoin")), ("Max", ("Oui", "Oui", "Non"))):
        guest = lived.world.page(POCKET)
        guest.goto(link)
        for group, choice in zip(guest.locator("fieldset").all(), choices, strict=True):
            group.get_by_label(choice).check()
        guest.get_by_label("Votre nom").fill(name)
        press(guest, "Envoyer ma réponse")
        reads(guest, "elle est gardée", "[role=status]")
        guest.context.close()
    ana.reload()
    lived.seen(ana, "slot")
    ana.locator(".poll-tally li", has=ana.locator(".best")).get_by_role("button").click()
    reads(ana, "18 h – 20 h", ".receipt")
    return checklist


def gets_its_link(lived, ana, checklist):
    """The room of the video is made for the date."""
    ana.goto(checklist)
    ana.get_by_role("link", name=re.compile("Y aller.*lien visio")).click()
    ana.get_by_label("Votre lien").fill("https://meet.example.org/atelier")
    press(ana, "Obtenir ce lien")
    reads(ana, "Le lien est là", "[role=status]")
    lived.seen(ana, "video")


def is_published(lived, ana, checklist, seats):
    """Thirty seats open with the page; the messages are read, then released."""
    ana.goto(checklist)
    ana.get_by_role("link", name=re.compile("Y aller.*Publier")).click()
    lived.seen(ana, "publish")
    ana.get_by_label("À distance : combien de places").fill(f"{seats}")
    press(ana, "Publier")
    expect(ana).to_have_url(re.compile("/messages/"), timeout=PATIENCE)
    here = re.search("(/g/[^/]+/)", ana.url)[1]
    lived.seen(ana, "messages")
    waiting = ana.locator("button[value=release]")
    while before := waiting.count():
        waiting.first.click()
        expect(waiting).to_have_count(before - 1, timeout=PATIENCE)
    return here


def registers(lived, here, name, *, keep=False):
    """Somebody registers from a browser of their own; give what their page says."""
    page = lived.world.page(POCKET)
    page.goto(here)
    page.get_by_role("link", name="S’inscrire").first.click()
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=email]").fill(f"{name.lower()}@example.org")
    press(page, "S’inscrire")
    reads(page, re.compile("Vous avez une place|liste d’attente"), "h1")
    said = page.locator("h1").inner_text()
    if not keep:
        page.context.close()
        return said
    return page


def gives_the_seat_back(lived, name, title):
    """From the mail that confirmed it."""
    page = lived.world.page(POCKET)
    page.goto(own(lived.letter(name, title)))
    press(page, "Rendre ma place")
    reads(page, "Vous avez rendu votre place")
    page.context.close()


def takes_the_seat(lived, name):
    """From the mail that offers it: a robot that reads the mail takes nothing."""
    page = lived.world.page(POCKET)
    link = own(lived.letter(name, "Une place vous est gardée"))
    page.request.head(link)
    page.goto(link)
    lived.seen(page, "offered")
    press(page, "Je prends cette place")
    reads(page, "Vous avez une place")
    page.context.close()


def own(letter):
    """Give the path of somebody's registration."""
    return next(one for one in links(letter) if "/r/" in one and not one.endswith("/room"))


def are_checked_in(lived, page, here, names):
    """At the door, with a telephone: one press a name."""
    page.goto(f"{here}checkin/")
    for name in names:
        page.get_by_role("button", name=f"{name} est là", exact=True).click(timeout=PATIENCE)
    reads(page, f"{len(names)} sur {len(names)} sont là")
    lived.seen(page, "door")


def enters(lived, name):
    """By the link of the confirmation, into the room, named already."""
    page = lived.world.page(POCKET)
    room = next(
        one for one in links(lived.letter(name, "Vous avez une place")) if one.endswith("/room")
    )
    page.goto(room)
    reads(page, f"Bienvenue, {name}.")
    press(page, "Entrer dans la salle")
    return Phone(page).ready()
