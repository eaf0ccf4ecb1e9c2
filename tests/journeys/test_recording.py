"""A recording and its session: set on one clock by ear, heard by chapters; made here, by a table.

What a phone records is sent as it comes, waits while the network is away and survives its page.
"""

import array
import math
import re
import time
import wave

import pytest
from playwright.sync_api import expect

from bench.browser import CHROMIUM, FLAGS
from bench.instance import Instance
from bench.proxy import Proxy
from bench.server import CAFE
from tests.journeys.people import PATIENCE, PHONE
from tests.journeys.plan import CLOUD
from tests.journeys.test_minutes import press, somebody, sound
from tests.journeys.world import World

pytest.importorskip("av", reason="the extra [minutes] is not installed")


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


FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def listening(browser):
    """A browser whose microphone beeps, and that lets pages of ours listen."""
    found = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *FAKE])
    yield found
    found.close()


class Table:
    """A phone on a table: it records by a link, over a line of its own."""

    def __init__(self, world, path, line):
        self.world, self.path = world, path
        self.context = world.context(PHONE, line)
        self.page = self.context.new_page()
        self.seconds = 0.0

    def state(self, words):
        expect(self.page.locator("[data-recorder] [data-state]")).to_contain_text(
            words, timeout=2 * PATIENCE
        )

    def line(self, words):
        expect(self.page.locator("[data-recorder] [data-line]")).to_contain_text(
            words, timeout=2 * PATIENCE
        )

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def record(self, name, seconds):
        self.press(name)
        self.state("Ça enregistre")
        self.page.wait_for_timeout(seconds * 1000)
        self.seconds += seconds

    def die(self):
        """The page goes without a word, as on a phone whose battery is empty."""
        self.page.close()
        self.page = self.context.new_page()
        self.page.goto(self.path)


def test_a_table_records_itself_by_a_link_through_cuts_and_a_lost_page(listening, tmp_path, look):
    with Instance(tmp_path) as own, World(listening, own) as world, Proxy(own.port) as line:
        zoe, here, path = linked(world, tmp_path, look)
        table = Table(world, path, line)
        opened(table, look)
        world.watch.allow("ERR_|Failed to load|status of 410")
        cut(table, line)
        lost(table, line)
        arrived(table)
        made(zoe, here, table)
        assert world.context(PHONE, line).new_page().goto(path).status == 410
    assert not re.search("ERROR|CRITICAL|Traceback", own.log()), own.log()


def linked(world, tmp_path, look):
    """Whoever writes makes a link for a table, and gives its code to be read by a phone."""
    world.instance.command("replay", str(CAFE), "--out", str(tmp_path / "out"))
    code = world.instance.make("restore", archive=str(tmp_path / "out/archive.json"))["code"]
    zoe = somebody(world, "Zoé Martin", roles=["staff"])
    zoe.goto(f"/minutes/of/{code}/")
    press(zoe, "Commencer le compte-rendu")
    zoe.wait_for_url("**/minutes/*/")
    here = zoe.url
    zoe.goto(f"{here}words/")
    zoe.get_by_role("link", name="Faire envoyer l’enregistrement").click()
    zoe.locator("input[name=label]").fill("Table 3")
    press(zoe, "Créer le lien")
    expect(zoe.locator("svg.qr")).to_be_visible()
    sound(zoe, "minutes-links")
    look("minutes-links", zoe)
    address = zoe.locator("#made input").input_value()
    return zoe, here, "/" + address.split("/", 3)[3]


def opened(table, look):
    page = table.page
    page.goto(table.path)
    sound(page, "send-unopened")
    table.press("L’ouvrir dans ce navigateur")
    expect(page.locator("[data-record]")).to_be_visible()
    table.press("Enregistrer ici")  # nothing was said of how people know: nothing is recorded
    expect(page.locator("[data-record]")).to_be_visible()
    page.locator("input[name=told]").fill("Dit à voix haute autour de la table.")
    table.record("Enregistrer ici", 4)
    sound(page, "send-recording")
    look("send-recording", page)
    table.seconds += float(page.locator("[data-clock]").inner_text().split(":")[1]) - 4


def cut(table, line):
    """The network goes while people speak: it is said, kept, and sent once it is back."""
    line.die()
    table.page.wait_for_timeout(7000)
    line.cut()
    table.line("Pas de réseau")
    line.live()
    table.line("est arrivé")
    table.press("Mettre en pause")
    table.state("En pause")
    minutes, seconds = table.page.locator("[data-clock]").inner_text().split(":")
    table.seconds = int(minutes) * 60 + int(seconds)
    table.line("est arrivé")


def lost(table, line):
    """The page is lost with pieces that nobody has: the browser has them, and sends them."""
    table.press("Reprendre l’enregistrement")
    table.state("Ça enregistre")
    line.die()
    begun = time.monotonic()
    table.page.wait_for_timeout(6500)
    table.seconds += (time.monotonic() - begun) // 3 * 3  # what was not a whole piece yet is lost
    line.cut()
    table.page.close()
    line.live()
    table.page = table.context.new_page()
    table.page.goto(table.path)
    table.state("Un enregistrement est en cours")
    table.line("est arrivé")


def arrived(table):
    table.record("Reprendre l’enregistrement", 4)
    table.press("Terminer l’enregistrement")
    table.state("Tout est arrivé")
    table.page.goto(table.path)
    expect(table.page.locator("main")).to_contain_text("Tout est arrivé")


def made(zoe, here, table):
    """The sound is made of three parts, none of which is missing; it is on the clock already."""
    zoe.goto(f"{here}words/")
    expect(zoe.locator("audio[data-player]")).to_be_attached(timeout=4 * PATIENCE)
    zoe.wait_for_function("() => document.querySelector('audio').duration > 0", timeout=PATIENCE)
    length = zoe.evaluate("() => document.querySelector('audio').duration")
    assert table.seconds - 1 < length < table.seconds + 5, (length, table.seconds)
    expect(zoe.locator(".clock")).to_contain_text("puisqu’il a été enregistré ici")


def test_a_microphone_that_is_refused_or_missing_is_said_and_nothing_is_begun(browser, tmp_path):
    with Instance(tmp_path) as own, World(browser, own) as world:
        world.instance.command("replay", str(CAFE), "--out", str(tmp_path / "out"))
        archive = str(tmp_path / "out/archive.json")
        code = world.instance.make("restore", archive=archive)["code"]
        zoe = somebody(world, "Zoé Martin", roles=["staff"])
        zoe.goto(f"/minutes/of/{code}/")
        press(zoe, "Commencer le compte-rendu")
        zoe.wait_for_url("**/minutes/*/")
        zoe.goto(f"{zoe.url}words/")
        zoe.locator("input[name=told]").fill("Dit à voix haute.")
        zoe.get_by_role("button", name="Enregistrer ici", exact=True).click()
        said = re.compile("Rien n’a été enregistré")
        expect(zoe.locator("[data-recorder] [data-state]")).to_contain_text(said, timeout=PATIENCE)
        sound(zoe, "recording-refused")
        zoe.reload()
        expect(zoe.locator("[data-announce]")).to_be_visible()


def test_who_is_recorded_is_told_objects_on_a_phone_and_has_an_answer(world, look):
    made = world.session(CLOUD)
    console, ana = world.console(made), world.phone(made, "Ana Durand")
    console.page.keyboard.press("e")
    ana.sees("Ce qui se dit est enregistré", "#session-recording")
    ana("#session-recording a").click()
    expect(ana.page.locator("h1")).to_have_text("Si on enregistre")
    sound(ana.page, "recorded")
    ana.page.locator("textarea").fill("Pas ce que je dis de mon théâtre.")
    press(ana.page, "S’opposer")
    expect(ana.page.locator("main")).to_contain_text("Elle attend une réponse")
    zoe = answered(world, made, look)
    ana.page.reload()
    expect(ana.page.locator("main")).to_contain_text("Ce passage a été coupé")
    sound(ana.page, "recorded-answered")
    zoe.goto(zoe.url.replace("consent", "publish"))
    expect(zoe.locator("main")).not_to_contain_text("opposition")


def answered(world, made, look):
    """At the desk it stops the validation until it has its answer."""
    zoe = somebody(world, "Zoé Martin", roles=["staff"])
    zoe.goto(f"/minutes/of/{made.code}/")
    press(zoe, "Commencer le compte-rendu")
    zoe.wait_for_url("**/minutes/*/")
    here = zoe.url
    zoe.locator("#write textarea").fill("Une heure pour dire ce qui compte.")
    press(zoe, "L’ajouter")
    zoe.goto(f"{here}publish/")
    expect(zoe.locator("main")).to_contain_text("opposition à l’enregistrement attend")
    zoe.goto(f"{here}words/")
    zoe.get_by_role("link", name="Prévenir de l’enregistrement").click()
    expect(zoe.locator("main")).to_contain_text("Pas ce que je dis de mon théâtre.")
    expect(zoe.locator("main")).to_contain_text("les écrans ont dit qu’on enregistre")
    sound(zoe, "minutes-consent")
    look("minutes-consent", zoe)
    zoe.locator("input[name=start]").fill("12:03")
    zoe.locator("input[name=end]").fill("13:40")
    press(zoe, "Couper ce passage Ana Durand")
    expect(zoe.locator("main")).to_contain_text("12:03 – 13:40")
    sound(zoe, "minutes-consent-answered")
    return zoe
