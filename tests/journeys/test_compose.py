"""Forty people, three rounds: composed, moved, printed, called; repaired on the day, on phones."""

import io
import re

import pypdf
from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.people import LAPTOP, PATIENCE, PHONE, SMALL, TOUCH

SLUG = "tournantes"
TRADES = ("régie", "médiation", "production", "écriture")
LANDS = ("Bretagne", "Occitanie", "Normandie")
NAMED = [
    {"name": f"Personne {n:02}", "trade": TRADES[n % 4], "territory": LANDS[n % 3]}
    for n in range(1, 41)
]


def is_sound(page):
    assert violations(page) == []
    assert page.evaluate(SMALL, TOUCH) == []
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def reads(page, words):
    expect(page.locator("main")).to_contain_text(words, timeout=PATIENCE)


def presses(page, words):
    page.get_by_role("button", name=words).first.click(timeout=PATIENCE)


def signed_in(world, cookie, **more):
    context = world.context(LAPTOP | more)
    address = world.instance.address
    context.add_cookies([{"name": "session", "value": cookie, "url": address}])
    return context.new_page()


def printed(page, words):
    """The pages of what a link gives, as text."""
    address = page.get_by_role("link", name=words).get_attribute("href")
    answer = page.request.get(address)
    assert answer.status == 200
    return [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(answer.body())).pages]


def tables_of(phone):
    return [int(one) for one in phone.locator(".my-tables b").all_inner_texts() if one.isdecimal()]


class Day:
    """A gathering of forty, who hosts it, a phone of one of them, the big screen."""

    def __init__(self, world, look):
        self.world, self.look = world, look
        self.cookie = world.instance.make("seated", slug=SLUG, size=60)["cookie"]
        self.people = world.instance.make("crowd", slug=SLUG, people=NAMED)["people"]
        self.host = signed_in(world, self.cookie)
        self.phone = world.page(PHONE, viewport={"width": 320, "height": 640})

    def is_composed(self):
        """Two figures and a button."""
        host = self.host
        host.goto(f"/g/{SLUG}/registrations/")
        host.get_by_role("link", name="Composer les groupes").click()
        is_sound(host)
        host.get_by_label("Personnes par table, au plus").fill("5")
        presses(host, "Composer")
        reads(host, "Personne ne se croise deux fois")
        expect(host.locator(".table-cards > li")).to_have_count(8, timeout=PATIENCE)
        is_sound(host)
        self.look("composition", host)

    def is_moved_by_keyboard_and_back(self):
        host = self.host
        host.locator(".table-cards a").first.focus()
        host.keyboard.press("Enter")
        reads(host, "choisissez avec qui échanger")
        expect(host.locator(".price").first).to_be_visible()
        is_sound(host)
        host.locator(".table-cards > li:nth-child(2) .seat-button").first.focus()
        host.keyboard.press("Enter")
        reads(host, "Plan 2, tiré du nombre")
        reads(host, "rencontre")
        presses(host, "Retenir ce plan")
        reads(host, "Plan 1, tiré du nombre")
        reads(host, "Personne ne se croise deux fois")

    def is_on_paper(self):
        """Everybody once a round on the cards, once on a strip, once on each poster."""
        cards = "\n".join(printed(self.host, "Cartes de table"))
        strips = "\n".join(printed(self.host, "Parcours personnels"))
        posters = printed(self.host, "Affiches, par nom")
        assert len(posters) == 3
        for one in NAMED:
            assert cards.count(one["name"]) == 3
            assert strips.count(one["name"]) == 1
            assert all(page.count(one["name"]) == 1 for page in posters)

    def is_on_phones(self):
        """One's own tables, once they are shown, by themselves; and nobody else's name."""
        phone = self.phone
        phone.goto(f"/r/{self.people[0]['token']}/")
        assert phone.locator(".my-tables").count() == 0
        presses(self.host, "Montrer ses tables à chaque personne")
        reads(self.host, "Chaque personne lit ses tables")
        expect(phone.locator(".my-tables")).to_be_visible(timeout=PATIENCE)
        mine = tables_of(phone)
        reads(phone, "Table {}, puis {}, puis {}".format(*mine))
        said = phone.locator("main").inner_text()
        assert not any(one["name"] in said for one in NAMED[1:])
        is_sound(phone)
        self.look("my-tables", phone)
        return mine

    def is_called(self, table):
        screen = signed_in(self.world, self.cookie, viewport={"width": 1920, "height": 1080})
        screen.goto(re.sub(r"[?#].*", "", self.host.url) + "call")
        reads(screen, "La première rotation sera annoncée ici")
        presses(self.host, "Annoncer la rotation 1")
        expect(screen.locator("h1")).to_have_text("Rotation 1 sur 3 : trouvez votre table")
        told = screen.locator(".call-list li").first.inner_text()
        assert told.split("\n")[-1] == str(table)
        is_sound(screen)
        now = self.phone.locator(".my-tables .now small")
        expect(now).to_have_text("Rotation 1", timeout=PATIENCE)

    def is_not_as_planned(self):
        """Two do not come, one walks in."""
        absent = self.people[3:5]
        here = [one["id"] for one in self.people if one not in absent]
        self.world.instance.make("came", slug=SLUG, ids=here)
        door = signed_in(self.world, self.cookie)
        door.goto(f"/g/{SLUG}/checkin/")
        door.locator("#door-walk-in input[name=name]").fill("Zoé")
        presses(door, "Ajouter, et est là")
        reads(door, "Zoé")
        return absent

    def is_repaired(self, absent, mine):
        """Who moves is read before it is taken."""
        host = self.host
        host.reload()
        reads(host, "La salle n’est pas comme prévu")
        host.get_by_text("2 personnes n’ont pas encore été vues").click()
        for one in absent:
            host.get_by_role("checkbox", name=one["name"]).check()
        expect(host.get_by_role("checkbox", name="Zoé")).to_be_checked()
        is_sound(host)
        presses(host, "Proposer une réparation")
        proposed = host.locator(".versions > li").first
        expect(proposed.locator("h3")).to_contain_text("Plan 3", timeout=PATIENCE)
        expect(proposed).to_contain_text("une réparation")
        expect(proposed).to_contain_text("Personne d’autre ne change de place")
        reads(host, "Plan 1, tiré du nombre")
        assert tables_of(self.phone) == mine
        host.locator("#versions").evaluate("one => one.scrollIntoView()")
        self.look("repair", host, top=False)
        proposed.get_by_role("button", name="Retenir ce plan").click()
        reads(host, "Plan 3, tiré du nombre")
        cards = "\n".join(printed(host, "Cartes de table"))
        assert [cards.count(one["name"]) for one in absent] == [1, 1]  # the round that was played
        assert cards.count("Zoé") == 2

    def goes_on_with(self, name):
        """Whoever came late sits from the second round on, and phones follow the next call."""
        tokens = self.world.instance.make("came", slug=SLUG, ids=[])["tokens"]
        late = self.world.page(PHONE)
        late.goto(f"/r/{tokens[name]}/")
        assert late.locator(".my-tables b").first.inner_text() == "—"
        assert len(tables_of(late)) == 2
        presses(self.host, "Annoncer la rotation 2")
        for phone in (self.phone, late):
            now = phone.locator(".my-tables .now small")
            expect(now).to_have_text("Rotation 2", timeout=PATIENCE)


def test_forty_people_meet_at_three_tables_each(world, look):
    day = Day(world, look)
    day.is_composed()
    day.is_moved_by_keyboard_and_back()
    day.is_on_paper()
    mine = day.is_on_phones()
    day.is_called(mine[0])
    absent = day.is_not_as_planned()
    day.is_repaired(absent, mine)
    day.goes_on_with("Zoé")
