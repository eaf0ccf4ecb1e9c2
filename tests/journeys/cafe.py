"""The café that test_cafe.py plays, and how its report is read."""

import re

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE
from tests.journeys.plan import TRAP

NAMES = ("Ana", "Bo", "")
SILENT = "Je préfère ne pas répondre"
ANY = re.compile("lettre|liste|site|groupe")
OWN = (
    {
        "stade": ["on essaie"],
        "essai": [TRAP],
        "frein": ["l’argent"],
        "suivi": ["site", ANY, ANY, ANY],
        "note": ["5 / 5", "Plus clair qu’avant"],
    },
    {
        "stade": ["on y réfléchit"],
        "frein": ["le temps"],
        "suivi": ["site", ANY, ANY, ANY],
        "note": ["4 / 5"],
    },
    {
        "stade": [SILENT],
        "frein": ["le temps"],
        "suivi": ["lettre", ANY, ANY, ANY],
        "note": ["Sans avis"],
    },
)


class Cafe:
    def __init__(self, world):
        self.world = world
        self.made = world.session()
        self.console = world.console(self.made)
        self.stage = world.stage(self.made)
        self.phones = [world.phone(self.made, name) for name in NAMES]

    def open(self, step):
        self.console.open(step)
        for phone in self.phones:
            phone.is_at(step)
            phone.check_targets()
        self.stage.is_at(step)

    def reveal(self, step):
        self.console.reveal(step)
        for screen in (*self.phones, self.stage):
            screen.is_at(step, "revealed")


def read_report(page):
    """From the screen where one is, by its own link."""
    read = page.locator('a[href$="report"]').first
    page.goto(read.evaluate("(link) => link.href"))
    text = " ".join(page.locator("body").text_content().split())  # spaces of French typography too
    for word in ("Café des réseaux", TRAP, "Plus clair qu’avant", "Sète", "Une liste des aides"):
        assert word in text, word
    pdf = page.request.get(page.locator('a[href$=".pdf"]').get_attribute("href"))
    assert pdf.ok
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF-")
    picture = page.request.get(page.locator('a[href$=".png"]').first.get_attribute("href"))
    assert picture.body().startswith(b"\x89PNG")


def repeats(phone, said):
    """While the results are awaited, the phone says what its person answered, and only that."""
    expect(phone("[data-answer]:visible")).to_have_count(len(said), timeout=PATIENCE)
    for question, lines in said.items():
        own = phone(f'[data-answer][data-question="{question}"] li:visible')
        expect(own).to_have_count(len(lines))
        for place, line in enumerate(lines):
            expect(own.nth(place)).to_have_text(line)
