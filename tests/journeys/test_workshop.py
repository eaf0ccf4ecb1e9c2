"""A workshop as a new user makes it, from `bin/demo` alone and one small phone to lead it.

Prepared from its method, lived in three groups with a screen that twelve people share and somebody
offline for a minute, written together, closed, carried away, and found again the same in another
house.
"""

import re
import time

import pytest
from playwright.sync_api import expect

from bench.instance import Instance
from bench.proxy import Proxy
from tests.journeys.people import PATIENCE
from tests.journeys.workshop import (
    ALL,
    IDEAS,
    NAMES,
    POCKET,
    TEXT,
    TITLE,
    Pocket,
    carry_away,
    check,
    join,
    read,
)
from tests.journeys.world import World

OFFLINE = 60.0  # seconds
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


def test_a_workshop_and_its_report_in_another_house(browser, house, far, look, tmp_path):
    with World(browser, house) as world:
        world.watch.allow("WebSocket connection to|ERR_")
        lead = Pocket(world.page(POCKET))
        address = prepare(lead, house, look)
        phones = list(join(world, address, far, look))
        lead.counts(ALL, ALL, 0)
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
    lead.turn("list")
    look("prepare", lead.page)
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
    stage = lead.page.context.new_page()
    stage.set_viewport_size({"width": 1280, "height": 720})
    stage.goto(lead.page.url.replace("console", "stage"))
    expect(stage.locator(".idea")).to_have_count(len(IDEAS), timeout=PATIENCE)
    look("stage", stage)
    stage.close()
    lead.tap(".led-words", has_text=IDEAS[4])
    look("pile", lead.page)
    lead.tap("[data-near-list] button", has_text=IDEAS[0])
    for phone in phones:
        expect(phone(".ideas > li")).to_have_count(len(IDEAS) - 1, timeout=PATIENCE)
        phone.tap(f".idea:has-text('{IDEAS[0]}') [data-dot='1']")
        phone.tap(f".idea:has-text('{IDEAS[5]}') [data-dot='1']")
        phone.sees("0 point", "[data-dots-left]")
    look("dots", phones[0].page, top=False)
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
    expect(phones[0]("#me button, #me summary").filter(visible=True)).to_have_count(0)


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
        assert read(lead, lambda *_, **__: None) == (figures, text)
