"""A workshop as a new user makes it, from `bin/demo` alone and one small phone to lead it.

Prepared from its method, lived in three groups with a screen that twelve people share and somebody
offline, written together, closed, carried away, and found again the same in another house. The
minute offline is played in twenty seconds.
"""

import os
import re
import time
from collections import defaultdict
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.instance import Instance
from bench.proxy import Proxy
from tests.journeys.people import PATIENCE
from tests.journeys.workshop import BEHIND, IDEAS, NAMES, POCKET, TEXT, TITLE, Pocket, join
from tests.journeys.world import World

OFFLINE = 20.0  # seconds: a minute of the workshop
ALL = len(NAMES) + BEHIND
PREPARE = re.compile(r"^prepare +(\S+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """What `bin/demo` serves, without its simulated people."""
    with Instance(tmp_path_factory.mktemp("demo"), command=("demo", "--people", "0")) as found:
        yield found


@pytest.fixture
def far(house):
    """The line of whoever loses it."""
    with Proxy(house.port) as proxy:
        yield proxy


@pytest.fixture
def look():
    """Keeps what a screen shows where `FABRIQUE_PICTURES` says, else nowhere."""
    folder = os.environ.get("FABRIQUE_PICTURES")

    def keep(name, page):
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png")

    return keep


def test_a_workshop_and_its_report_in_another_house(browser, house, far, look, tmp_path):
    with World(browser, house) as world:
        world.watch.allow("WebSocket connection to|ERR_")
        lead = Pocket(world.page(POCKET))
        address = prepare(lead, house, look)
        phones = list(join(world, address, far))
        lead.counts(ALL, ALL, 0)
        look("join", phones[0].page)
        frame_and_problem(lead, phones, look)
        ideas_at_tables(lead, phones, far, look)
        ideas_together(lead, phones, look)
        sort_and_rank(lead, phones)
        write_the_record(lead, phones, look)
        close(lead, phones, look)
        figures, text = read(lead, look)
        check(figures, text)
        file = carry_away(lead, tmp_path)
    elsewhere(browser, file, figures, text, tmp_path)


def prepare(lead, house, look):
    link = PREPARE.search(house.log())[1]
    address = lead.prepare(link)
    lead.write_title(TITLE)
    lead.change("Toutes les pistes", '["settings","dots"]', "2")
    look("step", lead.page)
    lead.lead()
    return address


def frame_and_problem(lead, phones, look):
    lead.next()
    lead.is_at("cadre")
    lead.next()
    for n, phone in enumerate(phones, 1):
        phone.is_at("probleme")
        phone.write(f"Une fois, entre deux portes, à {n}.", "answer.text")
        phone.send()
        phone.question("poids")
        phone.choose("answer.value", str(min(n, 5)))
        phone.send()
    lead.counts(ALL, ALL, ALL)
    look("console", lead.page)
    lead.reveal("probleme")
    phones[0].sees(f"{ALL} réponses")


def ideas_at_tables(lead, phones, line, look):
    """Somebody loses the network for a minute, writes all the same, and is counted once."""
    lead.split(3)
    lead.next()
    expect(lead("#now details.table")).to_have_count(3, timeout=PATIENCE)
    for phone in phones:
        phone.is_at("idees")
    died = time.monotonic()
    line.die()
    line.cut()
    for phone, text in zip(phones, IDEAS, strict=True):
        phone.write(text)
        phone.send()
    lost = phones[len(NAMES) - 1]
    lost.sees("gardée sur cet appareil", "#line")
    look("offline", lost.page)
    lead.counts(ALL, ALL - 1, ALL - 1)
    lost.page.wait_for_timeout(max(0.0, died + OFFLINE - time.monotonic()) * 1000)
    line.live()
    lost.has_nothing_waiting()
    lead.counts(ALL, ALL, ALL)
    look("table", phones[0].page)
    look("tables", lead.page)


def ideas_together(lead, phones, look):
    """What the tables wrote is gathered, two ideas that say the same are piled, dots choose."""
    lead.tap("button[data-do='group.gather']")
    expect(phones[0](".idea .origin")).to_have_count(len(IDEAS), timeout=PATIENCE)
    lead.tap(".led-words", has_text=IDEAS[4])
    look("pile", lead.page)
    lead.tap("[data-near-list] button", has_text=IDEAS[0])
    for phone in phones:
        expect(phone(".ideas > li")).to_have_count(len(IDEAS) - 1, timeout=PATIENCE)
        phone.tap(f".idea:has-text('{IDEAS[0]}') [data-dot='1']")
        phone.tap(f".idea:has-text('{IDEAS[5]}') [data-dot='1']")
        phone.sees("0 point", "[data-dots-left]")
    look("dots", phones[0].page)
    lead.bring_together()


def sort_and_rank(lead, phones):
    lead.next()
    lead.is_at("tri")
    lead.tap(".bring button")
    expect(phones[0](".note")).to_have_count(len(IDEAS), timeout=PATIENCE)
    lead.next()
    for phone in phones:
        phone.is_at("priorite")
        phone.rank_first(1)
        phone.send()
    lead.counts(ALL, ALL, ALL)
    lead.reveal("priorite")


def write_the_record(lead, phones, look):
    lead.next()
    for phone, text in zip(phones, TEXT, strict=False):
        phone.is_at("texte")
        phone.write(text)
        phone.send()
        lead.sees(text, "#now .paragraphs")
    lead.tap("#now .led-words", has_text=TEXT[2])
    lead.tap("[data-led-sheet]:visible [data-led=up]")
    expect(lead("#now .paragraph").nth(1)).to_contain_text(TEXT[2], timeout=PATIENCE)
    lead.tap("[data-led-sheet]:visible [data-led=close]")
    lead.note("decision", "Un café des équipes chaque mois, dès mars.")
    look("notes", phones[0].page)


def close(lead, phones, look):
    lead.next()
    for phone in phones:
        phone.is_at("avis")
        phone.choose("value", "4" if phone is not phones[-1] else "5")
        phone.send()
    lead.counts(ALL, ALL, ALL)
    lead.reveal("avis")
    lead.end()
    look("over", lead.page)
    phones[0].sees("C’est fini")


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


def elsewhere(browser, file, figures, text, folder):
    """Another house takes the file in; whoever organises there reads the same report."""
    with Instance(folder) as other, World(browser, other) as world:
        code = other.command("import", str(file)).split()[-1]
        lead = Pocket(world.page(POCKET))
        lead.page.goto(PREPARE.search(other.log())[1])
        lead.tap("main form button.go")
        lead.tap(f'button[name=lead][value="{code}"]')
        lead.page.wait_for_url("**/console")
        lead.ready()
        assert read(lead, lambda *_: None) == (figures, text)
