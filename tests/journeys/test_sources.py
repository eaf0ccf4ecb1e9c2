"""What minutes are made from, gone through: sources brought, a transcript put right by keyboard.

Then a language model, on loopback, that a room is told of before it reads anything.
"""

import array
import math
import re
import wave

import pytest
from playwright.sync_api import expect

from bench.instance import Instance
from bench.server import CAFE
from tests.journeys.people import LAPTOP, PATIENCE
from tests.journeys.plan import CHOICE, CLOUD
from tests.journeys.test_minutes import press, somebody, sound
from tests.journeys.world import World
from tests.web import model as fake

CHAT = """18:02:11 From Nina Roux to Everyone:
\tVoici le tableau : https://exemple.org/tableau
18:03:00 From Ali Ben to Everyone:
\tOn garde douze projecteurs pour la saison.
18:04:00 From Ali Ben to Nina Roux(Direct Message):
\tSecret entre nous.
"""
VTT = """WEBVTT

00:00:01.000 --> 00:00:06.000
Nina Roux: Nous avons compté trente lieux qui prêtent leur matériel.

00:00:07.000 --> 00:00:12.000
Nina Roux: Pettit le redira : on commence par les projecteurs et les micros.

00:00:13.000 --> 00:00:19.000
Sam Petit: Je propose de partager un inventaire au printemps prochain.
"""
AT = "() => document.querySelector('audio').currentTime"


@pytest.fixture
def model():
    with fake.Model(fake.says(*fake.answer(fake.sentence(ref="t:1")))) as found:
        yield found


@pytest.fixture
def world(browser, tmp_path, model, monkeypatch):
    named = {"URL": model.url, "": "petit-modele", "KEY": "secret", "LOCAL": "1"}
    for name, value in named.items():
        monkeypatch.setenv(f"FABRIQUE_MODEL_{name}".rstrip("_"), value)
    with Instance(tmp_path) as own, World(browser, own) as found:
        yield found
    assert not re.search("ERROR|CRITICAL|Traceback", own.log()), own.log()


@pytest.fixture
def cafe(world, tmp_path):
    world.instance.command("replay", str(CAFE), "--out", str(tmp_path / "out"))
    return world.instance.make("restore", archive=str(tmp_path / "out/archive.json"))["code"]


@pytest.fixture
def tone(tmp_path):
    path, rate = tmp_path / "table.wav", 16_000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        samples = (int(6000 * math.sin(n / 9)) for n in range(20 * rate))
        file.writeframes(array.array("h", samples).tobytes())
    return path


def begun(zoe, code):
    zoe.goto(f"/minutes/of/{code}/")
    press(zoe, "Commencer le compte-rendu")
    zoe.wait_for_url("**/minutes/*/")
    return zoe.url


def test_sources_are_brought_and_a_transcript_is_put_right_by_keyboard(world, cafe, tone):
    world.watch.allow("status of 400")  # an address that leads nowhere
    zoe = somebody(world, "Zoé Martin", LAPTOP, roles=["staff"])
    desk = begun(zoe, cafe)
    recorded(zoe, desk, tone)
    corrected(zoe, desk)
    brought(zoe, desk)
    second(world, zoe, desk)


def recorded(zoe, desk, tone):
    zoe.goto(f"{desk}words/")
    box = zoe.locator("#recording")
    box.locator("[data-file]").set_input_files(str(tone))
    box.locator("input[name=told]").fill("Dit à voix haute au début.")
    press(zoe, "Envoyer")
    expect(zoe.locator("audio[data-player]")).to_be_attached(timeout=3 * PATIENCE)
    file = {"name": "zoom.vtt", "mimeType": "text/vtt", "buffer": VTT.encode()}
    zoe.locator("input[name=file]").set_input_files(file)
    press(zoe, "L’apporter")
    expect(zoe.locator(".cues > li")).to_have_count(3)


def corrected(zoe, desk):
    """By keyboard alone: heard, gone through, corrected, kept; words looked at, then replaced."""
    zoe.goto(f"{desk}words/")
    zoe.wait_for_function("() => document.querySelector('audio').duration > 0", timeout=PATIENCE)
    keys = zoe.keyboard
    for key in "jj":
        keys.press(key)
    expect(zoe.locator("#t-2")).to_be_focused()
    keys.press("l")
    zoe.wait_for_function("() => document.querySelector('audio').currentTime >= 6.4")
    keys.press("p")
    zoe.wait_for_function("() => document.querySelector('audio').paused")
    before = zoe.evaluate(AT)
    keys.press("ArrowRight")
    assert abs(zoe.evaluate(AT) - before - 5) < 0.5
    keys.press("ArrowLeft")
    assert abs(zoe.evaluate(AT) - before) < 0.5
    keys.press("e")
    expect(zoe.locator("#t-2 textarea")).to_be_focused()
    keys.press("End")
    keys.type(" Voilà.")
    keys.press("Control+Enter")
    expect(zoe.locator("#t-2")).to_contain_text("Voilà.")
    expect(zoe.locator("#t-2")).to_be_focused()
    zoe.locator("#misheard summary").click()
    zoe.get_by_role("link", name="Voir où").first.click()
    expect(zoe.locator("#replace")).to_contain_text("On le trouve à 1 moment.")
    sound(zoe, "sources-replace")
    press(zoe, "Le remplacer à 1 moment")
    expect(zoe.locator("#t-2")).to_contain_text("Petit le redira")
    sound(zoe, "sources-words")


def brought(zoe, desk):
    """A chat, a note at the moment that is heard, a link; each cited, one taken out."""
    zoe.goto(f"{desk}sources/")
    sound(zoe, "sources-none")
    zoe.wait_for_function("() => document.querySelector('audio').duration > 0", timeout=PATIENCE)
    zoe.evaluate("() => { document.querySelector('audio').currentTime = 13.2 }")
    zoe.locator("#note textarea").fill("Sam propose un inventaire.")
    expect(zoe.locator("#note input[name=at]")).to_have_value("0:13")
    press(zoe, "La garder")
    file = {"name": "chat.txt", "mimeType": "text/plain", "buffer": CHAT.encode()}
    zoe.locator("input[name=chat]").set_input_files(file)
    zoe.locator("button[value=chat]").click()
    zoe.locator("summary", has_text="Lire les messages").click()
    expect(zoe.locator("main")).to_contain_text("douze projecteurs")
    expect(zoe.locator("main")).not_to_contain_text("Secret entre nous")
    zoe.locator("input[name=title]").fill("Le guide du réemploi")
    zoe.locator("input[name=address]").fill("javascript:alert(1)")
    zoe.locator("button[value=link]").click()
    expect(zoe.locator("#refused")).to_contain_text("https://")
    sound(zoe, "sources-refused")
    zoe.locator("input[name=address]").fill("https://exemple.org/guide")
    zoe.locator("button[value=link]").click()
    note = zoe.locator(".sources > li", has_text="Sam propose un inventaire.")
    note.locator("summary", has_text="Prendre dans le texte").click()
    note.locator("input[name=section]").fill("Suite")
    note.locator("button[value=cite]").click()
    note.locator("summary", has_text="L’enlever").click()
    expect(note).to_contain_text("1 phrase la cite")
    zoe.locator("summary", has_text="Lire les messages").click()
    sound(zoe, "sources-all")


def second(world, zoe, desk):
    """Another session feeds the text, under its title and its day."""
    other = world.session(CHOICE, title="Le mois d’avant")
    zoe.goto(f"{desk}sources/")
    zoe.locator("summary", has_text="Ajouter une autre session").click()
    zoe.locator("input[name=code]").fill(other.code)
    zoe.locator("button[value=session]").last.click()
    expect(zoe.locator(".sources").first).to_contain_text(other.code)
    sound(zoe, "sources-sessions")


def test_a_model_reads_only_what_a_room_was_told_of(world, model):
    made = world.session(CLOUD)
    console = world.console(made)
    ana = world.phone(made, "Ana")
    console.page.keyboard.press("x")
    expect(ana("#session-outside")).to_contain_text(model.host, timeout=PATIENCE)
    door = world.page()
    door.goto(made.join)
    expect(door.locator("main")).to_contain_text(model.host)
    sound(door, "sources-door")
    zoe = somebody(world, "Zoé Martin", LAPTOP, roles=["staff"])
    desk = begun(zoe, made.code)
    zoe.goto(f"{desk}words/")
    file = {"name": "zoom.vtt", "mimeType": "text/vtt", "buffer": VTT.encode()}
    zoe.locator("input[name=file]").set_input_files(file)
    press(zoe, "L’apporter")
    zoe.goto(desk)
    expect(zoe.locator("#model")).to_contain_text(model.host)
    press(zoe, "Demander à")
    expect(zoe.locator(".sentence", has_text="Trente lieux")).to_contain_text(
        "petit-modele", timeout=PATIENCE
    )
    sound(zoe, "sources-model")
    console.page.keyboard.press("x")
    expect(ana("#session-outside")).to_be_hidden(timeout=PATIENCE)
    zoe.goto(desk)
    expect(zoe.locator("#model")).to_contain_text("Rien n’est envoyé")
