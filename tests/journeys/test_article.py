"""A published text, as its readers live it: its editions and what each changed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from bench.instance import Instance
from bench.server import CAFE
from tests.journeys.looks import show
from tests.journeys.people import LAPTOP, SMALL, TOUCH
from tests.journeys.words import foreign
from tests.journeys.world import World

SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"
LOOK = os.environ.get("FABRIQUE_LOOK")
THEIRS = {"PDF", "DOCX", "MD", "HTML", "JSON", "VTT", "Atom", "podcast"}


@pytest.fixture
def world(browser, tmp_path):
    with Instance(tmp_path) as own, World(browser, own) as found:
        yield found
    assert not re.search("ERROR|CRITICAL|Traceback", own.log()), own.log()


@pytest.fixture
def told(world, tmp_path):
    """The text of the café, published twice, and who may come in."""
    world.instance.command("replay", str(CAFE), "--out", str(tmp_path / "out"))
    archive = str(tmp_path / "out/archive.json")
    command = [sys.executable, "-m", "tests.journeys.articles", archive]
    own = world.instance._environment()
    done = subprocess.run(command, env=own, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def somebody(world, told, name="", device=LAPTOP):
    page = world.page(device)
    if name:
        address = world.instance.address
        cookie = {"name": "session", "value": told["who"][name], "url": address}
        page.context.add_cookies([cookie])
    return page


def sound(page, name):
    """No barrier, nothing out of the page, nothing too small, no word of the other tongue."""
    for look, width in (("light", 320), ("dark", 768), ("light", 1920), ("dark", 1920)):
        show(page, look, width)
        assert violations(page) == [], (name, width)
        assert page.evaluate(SIDEWAYS) <= 0, (name, width)
        if LOOK:
            page.screenshot(path=Path(LOOK) / f"{name}-{look}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 760})
    assert page.evaluate(SMALL, TOUCH) == [], name
    assert foreign(page, "fr", THEIRS) == [], name


def test_a_text_and_what_each_edition_changed(world, told):
    ana = somebody(world, told, "ana")
    ana.goto(f"/library/{told['slug']}/")
    sound(ana, "article")
    ana.get_by_role("link", name="Toutes les éditions").first.click()
    expect(ana.locator(".editions > li")).to_have_count(2)
    sound(ana, "editions")
    ana.get_by_role("link", name="Ce qui a changé").first.click()
    expect(ana.locator("ins").first).to_be_visible()
    expect(ana.locator("del")).to_have_count(0)
    sound(ana, "changes-reader")
    zoe = somebody(world, told, "zoe")
    zoe.goto(f"/library/{told['slug']}/editions/2/")
    expect(zoe.locator("del").first).to_be_visible()
    sound(zoe, "changes-writer")
