"""A 3P workshop and who makes it: somebody who leads it from a phone, five phones, an antenna."""

import re
from collections import defaultdict

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE, PHONE, Console, Phone

POCKET = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"
TITLE = "Mieux se croiser"
FORM = ".step-form:not([hidden])"
BEHIND = 12  # people behind the antenna's screen
NAMES = tuple(f"{name} (simulation)" for name in ("Ana", "Bo", "Cy", "Di", "Ed"))
ALL = len(NAMES) + BEHIND
IDEAS = (
    "Un café des équipes chaque mois",
    "Un carnet de bord partagé",
    "Une journée d’échange de postes",
    "Un journal dans le hall",
    "Un café d’équipe tous les mois",
    "Une visio de midi entre antennes",
)
TEXT = (
    "Nous avons compris que nos équipes se croisent peu.",
    "Nous décidons d’un café chaque mois, dès mars.",
    "Bo prépare le premier ; l’antenne accueille le second.",
)


class Pocket(Console):
    """The facilitator, with a phone for everything; nothing on it may be wider than its screen."""

    def tap(self, selector, **more):
        self(selector, **more).tap(timeout=PATIENCE)

    def fits(self):
        assert self.page.evaluate(SIDEWAYS) <= 0

    def turn(self, pane):
        self.tap(f".panes [data-pane={pane}]")

    def ready(self):
        expect(self("main#screen:not([aria-busy])")).to_be_attached(timeout=PATIENCE)

    def prepare(self, link):
        """From the link of the house to a session with its method and a title of its own."""
        self.page.goto(link)
        self.tap("main form button.go")
        self.page.wait_for_url("**/prepare/")
        self.fits()
        self.tap("button[name=method][value=atelier_3p]")
        self.page.wait_for_url(re.compile(r"/s/\w+/prepare$"))
        self.ready()
        return self("a[href]", has_text="/s/").first.get_attribute("href")

    def write_title(self, title):
        self.tap(".studio-door > summary", has_text="Titre")
        self.write("""#studio-head [data-path='["title"]']""", title)
        expect(self(".studio-door [data-saved=savednow]")).to_be_visible(timeout=PATIENCE)
        expect(self("h1")).to_have_text(title, timeout=PATIENCE)
        self.tap(".studio-door > summary", has_text="Titre")

    def change(self, step, path, value):
        self.tap("[data-pick]", has_text=step)
        self.write(f"{FORM} [data-path='{path}']", value)
        expect(self(f"{FORM} [data-saved=savednow]")).to_be_visible(timeout=PATIENCE)

    def write(self, selector, value):
        self(selector).fill(value, timeout=PATIENCE)
        self(selector).blur()

    def lead(self):
        self.turn("list")
        self.tap(".studio-go a.main")
        self.page.wait_for_url("**/console")
        self.ready()

    def tap_sure(self, selector):
        """Tap, read the question, tap again: a double tap answers nothing."""
        self.tap(selector)
        self.page.wait_for_timeout(500)
        self.tap(selector)

    def next(self):
        self.tap(".next[data-next]")

    def reveal(self, step):
        self.tap(f'[data-step="{step}"] button[data-do=reveal]')
        self.is_at(step, "revealed")

    def split(self, tables):
        self.turn("room")
        self.write("form.split input[name=count]", str(tables))
        self.tap("form.split button")
        expect(self(".group-list > li")).to_have_count(tables, timeout=PATIENCE)
        self.fits()
        self.turn("now")

    def bring_together(self):
        self.turn("room")
        self.tap_sure("button[data-do='group.merge']")
        expect(self(".group-list")).to_have_count(0, timeout=PATIENCE)
        self.turn("now")

    def note(self, mark, text):
        self.turn("notes")
        self(f'.marks label:has([value="{mark}"])').tap()
        self(".note-form input[name=text]").fill(text)
        self.tap(".note-form button")
        expect(self("#notes")).to_contain_text(text, timeout=PATIENCE)
        self.fits()
        self.turn("now")

    def end(self):
        self.tap_sure(".next[data-do=end]")
        expect(self(".over")).to_be_visible(timeout=PATIENCE)


def join(world, address, line, look):
    """Five phones, the last by a line of its own, and a screen that twelve people share."""
    for name in NAMES:
        proxy = line if name == NAMES[-1] else None
        path = re.sub(r"^\w+://[^/]+", "", address)
        yield Phone.join(world.page(PHONE, proxy), path, name)
    page = world.page(PHONE)
    page.goto(address)
    page.locator(".several summary").tap()
    page.locator("input[name=heads]").fill(str(BEHIND))
    page.locator("input[name=name]").fill("Antenne (simulation)")
    look("join", page)
    yield Phone.enter(page)


def read(lead, look):
    """The report, from the link that the console gives at the end."""
    lead.page.goto(lead(".over a[href=report]").evaluate("(link) => link.href"))
    look("report", lead.page)
    answer = lead.page.request.get(lead('a[href$="results.json"]').get_attribute("href"))
    return answer.json(), told(lead.page)


def told(page):
    """What a report says; spaces are as they come."""
    return " ".join(page.locator("main").inner_text().split())


def check(figures, text):
    """The antenna is twelve people, everywhere."""
    steps = defaultdict(list)
    for one in figures["steps"]:
        steps[one["id"]].append(one)
    assert figures["participants"] == ALL
    *tables, together = steps["idees"]
    assert sum(one["joined"] for one in tables) == ALL
    assert sum(one["answered"] for one in tables) == ALL
    assert max(one["answered"] for one in tables) >= BEHIND
    dots = {one["text"]: one.get("dots", 0) for one in together["ideas"]}
    assert (dots[IDEAS[0]], dots[IDEAS[5]]) == (ALL, ALL)
    assert [one["supporters"] for one in together["stacks"]] == [2]
    (board,) = steps["tri"]
    assert [len(column["cards"]) for column in board["columns"]] == [len(IDEAS), 0, 0]
    assert steps["probleme"][0]["questions"][1]["distribution"] == [1, 1, 1, 1, 1 + BEHIND]
    assert steps["priorite"][0]["questions"][0]["first_places"] == [0, ALL, 0]
    assert steps["avis"][0]["distribution"] == [0, 0, 0, len(NAMES), BEHIND]
    written = [one["text"] for one in steps["texte"][0]["notes"]]
    assert written == [TEXT[0], TEXT[2], TEXT[1]]
    for name in ("probleme", "priorite", "avis"):
        assert (steps[name][0]["joined"], steps[name][0]["answered"]) == (ALL, ALL)
    places = [text.index(" ".join(one.split())) for one in written]
    assert places == sorted(places)
    assert f"{ALL} personnes sur {ALL} ont placé des points" in text


def carry_away(lead, folder):
    with lead.page.expect_download() as download:
        lead('a[href$="export.zip"]').tap()
    file = folder / "export.zip"
    download.value.save_as(file)
    return file
