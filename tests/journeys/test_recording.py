"""A recording and its session: set on one clock by ear, heard by chapters."""

import array
import math
import re
import wave

import pytest
from playwright.sync_api import expect

from bench.instance import Instance
from bench.server import CAFE
from tests.journeys.people import PATIENCE
from tests.journeys.test_minutes import press, somebody, sound
from tests.journeys.world import World

pytest.importorskip("av", reason="the extra [minutes] is not installed")
AT = "() => document.querySelector('audio').currentTime"


@pytest.fixture
def world(browser, tmp_path):
    """A house of its own: where people are in a session, no recording is worked on."""
    with Instance(tmp_path) as own, World(browser, own) as found:
        yield found
    assert not re.search("ERROR|CRITICAL|Traceback", own.log()), own.log()


@pytest.fixture
def cafe(world, tmp_path):
    """The code of the café, played and brought in."""
    world.instance.command("replay", str(CAFE), "--out", str(tmp_path / "out"))
    archive = tmp_path / "out/archive.json"
    return world.instance.make("restore", archive=str(archive))["code"]


@pytest.fixture
def talk(tmp_path):
    """Eight minutes of a tone, as a recording would be."""
    path, rate = tmp_path / "table.wav", 8000
    tones = (int(6000 * math.sin(n / 6)) for n in range(480 * rate))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array.array("h", tones).tobytes())
    return path


@pytest.fixture
def desk(world, cafe):
    """Somebody at the desk of the café, and its address."""
    zoe = somebody(world, "Zoé Martin", roles=["staff"])
    zoe.goto(f"/minutes/of/{cafe}/")
    press(zoe, "Commencer le compte-rendu")
    zoe.wait_for_url("**/minutes/*/")
    return zoe, zoe.url


def test_a_recording_is_set_on_the_clock_by_ear_and_heard_by_chapters(desk, talk, look):
    zoe, here = desk
    zoe.goto(f"{here}words/")
    box = zoe.locator("#recording")
    box.locator("[data-file]").set_input_files(str(talk))
    box.locator("input[name=told]").fill("Dit à voix haute au début.")
    press(zoe, "Envoyer")
    chapters = zoe.locator(".player [data-chapter]")
    expect(chapters.first).to_be_attached(timeout=3 * PATIENCE)
    before = chapters.count()
    by_ear(zoe)
    by_keys(zoe)
    zoe.locator(".chapters summary").first.click()
    zoe.locator(".clock").evaluate("(one) => (one.open = true)")
    sound(zoe, "minutes-clock")
    look("minutes-clock", zoe, top=False)
    assert chapters.count() >= before
    heard(zoe, here, look)


def by_ear(zoe):
    """Play, press what begins: it begins there from now on."""
    zoe.locator(".clock summary").click()
    zoe.evaluate("() => { document.querySelector('audio').currentTime = 75.2; }")
    expect(zoe.locator("[data-heard]")).to_have_value("1:15.2", timeout=PATIENCE)
    last = zoe.locator(".anchors button").nth(1)
    title = last.inner_text().split("«")[1].split("»")[0].strip()
    last.click()
    expect(zoe.locator(".clock")).to_contain_text("comme quelqu’un l’a entendu")
    chapter = zoe.locator(".player [data-chapter]", has_text=title)
    assert abs(int(chapter.get_attribute("data-at")) - 75_200) < 60
    zoe.wait_for_function("() => document.querySelector('audio').currentTime > 75")


def by_keys(zoe):
    """The arrow keys move chapters, heard before they are kept."""
    chapter = zoe.locator(".player [data-chapter]").nth(1)
    was = int(chapter.get_attribute("data-at"))
    zoe.locator("[data-shift]").focus()
    for _ in range(3):
        zoe.keyboard.press("ArrowUp")
    expect(chapter).to_have_attribute("data-at", str(was + 1500))
    zoe.keyboard.press("Enter")
    zoe.wait_for_url("**#clock")
    expect(chapter).to_have_attribute("data-at", str(was + 1500))


def heard(zoe, here, look):
    """What a sentence cites of an activity is heard from the desk, with no script but ours."""
    zoe.goto(here)
    zoe.locator("button[value=assembly]").click()
    result = zoe.locator(".sentence [data-at]").first
    expect(result).to_be_visible()
    wanted = int(result.get_attribute("data-at")) / 1000
    result.click()
    zoe.wait_for_function(f"() => document.querySelector('audio').currentTime >= {wanted - 0.6}")
    zoe.locator(".player summary").click()
    expect(zoe.locator(".player [aria-current=true]")).to_have_count(1)
    look("minutes-chapters", zoe, top=True)
