"""A running order prepared in a browser: in a few keys, together, through cuts, in 320 pixels."""

import re
import signal

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.keys import Keys
from tests.journeys.people import LAPTOP, PATIENCE, SMALL, TOUCH
from tests.journeys.plan import CHOICE, CLOUD, QUESTIONNAIRE, SCALE
from tests.journeys.test_screens import SIDEWAYS
from tests.journeys.words import foreign

MOST_KEYS = 8
NARROW = {"viewport": {"width": 320, "height": 700}}
FORM = ".step-form:not([hidden])"
SAVED = f'{FORM} [data-saved="savednow"]'


def at(path):
    return f"""[data-path='["{path}"]']"""


class Studio:
    """The editor, and somebody in front of it."""

    def __init__(self, page):
        self.page = page

    def __call__(self, selector, **more):
        return self.page.locator(selector, **more)

    @classmethod
    def enter(cls, world, made, proxy=None, **options):
        page = world.page(LAPTOP, proxy, **options)
        page.goto(f"/enter/{world.instance.make('links', session=made.session)['link']}")
        page.locator("main form button.go").click()
        page.wait_for_url("**/console")
        page.goto(f"/s/{made.code}/prepare")
        return cls(page).ready()

    def ready(self):
        expect(self("main#screen:not([aria-busy])")).to_be_attached(timeout=PATIENCE)
        return self

    def pick(self, title):
        self("[data-pick]", has_text=title).click()
        expect(self(f"{FORM} h2")).to_have_text(title, timeout=PATIENCE)

    def field(self, path):
        return self(f"{FORM} {at(path)}")

    def is_saved(self):
        expect(self(SAVED)).to_be_visible(timeout=PATIENCE)

    def has(self, *titles):
        expect(self("#prepare-list [data-name]")).to_have_text(list(titles), timeout=PATIENCE)


def steps(world, made):
    """The running order as it is on disk."""
    archive = world.instance.archive(made)
    lines = [one for one in archive["entries"] if one["kind"].startswith("session.step_")]
    return [one["body"] for one in lines]


def test_from_a_method_to_the_link_in_a_few_keys(world):
    made = world.instance.make("links", session=world.session(CHOICE).session)
    page = world.page(LAPTOP)
    page.goto(f"/enter/{made['organise_fr']}")
    page.locator("main form button.go").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/prepare/")
    pressed = 0
    while not page.evaluate("() => document.activeElement.matches('[name=method][value=cafe]')"):
        page.keyboard.press("Tab")
        pressed += 1
        assert pressed < MOST_KEYS
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/s/\w+/prepare$"))
    assert pressed + 1 <= MOST_KEYS
    code = page.url.split("/")[-2]
    expect(page.locator(".share-link a")).to_have_text(f"{world.instance.address}/s/{code}/")
    expect(page.locator(".share-code b")).to_have_text(f"{code[:3]} {code[3:]}")
    expect(page.locator(".share .qr")).to_be_visible()
    stranger = world.page(LAPTOP)
    stranger.goto(page.locator(".share-link a").get_attribute("href"))
    expect(stranger.locator("h1")).to_have_text("Café d’une heure")


def test_a_running_order_by_keyboard_alone(world):
    made = world.session(CLOUD, CHOICE)
    studio = Studio.enter(world, made)
    keys = Keys(studio.page)
    keys.walk()
    keys.act(f"{FORM} {at('title')}", "Control+a")
    studio.page.keyboard.type("Un seul mot ?")
    studio.is_saved()
    studio.has("Un seul mot ?", CHOICE["title"])
    keys.act("[data-adding] > summary")
    keys.act("[data-add=vote]")
    studio.has("Un seul mot ?", "Vote", CHOICE["title"])
    expect(studio(f"{FORM} h2")).to_be_focused(timeout=PATIENCE)
    keys.act(f'{FORM} [data-act="order.copy"]')
    studio.has("Un seul mot ?", "Vote", "Vote", CHOICE["title"])
    keys.go("#prepare-list li:first-child .order-pick")
    keys.press("Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowDown")
    studio.has("Vote", "Vote", CHOICE["title"], "Un seul mot ?")
    keys.is_on("#prepare-list li:last-child .order-pick")
    expect(studio("#voice")).to_contain_text("place 4 sur 4", timeout=PATIENCE)
    keys.act('#prepare-list li:last-child [data-move="-1"]')
    studio.has("Vote", "Vote", "Un seul mot ?", CHOICE["title"])
    keys.press("Control+z")
    studio.has("Vote", "Vote", CHOICE["title"], "Un seul mot ?")
    keys.go("#prepare-list li:first-child .order-pick")
    keys.press("Enter")
    keys.act(f'{FORM} [data-act="order.drop"]')
    studio.has("Vote", CHOICE["title"], "Un seul mot ?")
    keys.act("[data-undo]")
    studio.has("Vote", "Vote", CHOICE["title"], "Un seul mot ?")
    assert not violations(studio.page)
    assert foreign(studio.page, "fr", {"Vote"}) == []


AT_ONCE = """(times) => {
    const key = { key: "z", ctrlKey: true, bubbles: true };
    document.querySelector('#prepare-list li:last-child [data-move="-1"]').click();
    const press = () => document.body.dispatchEvent(new KeyboardEvent("keydown", key));
    for (let n = 0; n < times; n += 1) press();
}"""


def test_a_move_taken_back_before_it_is_drawn_is_taken_back_here_too(world):
    studio = Studio.enter(world, world.session(CLOUD, CHOICE, SCALE))
    world.instance.server.send_signal(signal.SIGSTOP)  # so that the room hears of both at once
    try:
        studio.page.evaluate(AT_ONCE, 1)
        studio.has(CLOUD["title"], SCALE["title"], CHOICE["title"])
    finally:
        world.instance.server.send_signal(signal.SIGCONT)
    studio.has(CLOUD["title"], CHOICE["title"], SCALE["title"])


def test_undo_twice_in_a_breath_takes_two_acts_back(world):
    studio = Studio.enter(world, world.session(CLOUD, CHOICE, SCALE))
    studio('#prepare-list li:first-child [data-move="1"]').click()
    studio.has(CHOICE["title"], CLOUD["title"], SCALE["title"])
    studio.page.evaluate(AT_ONCE, 2)
    studio.has(CLOUD["title"], CHOICE["title"], SCALE["title"])


def test_steps_can_be_dragged(world):
    studio = Studio.enter(world, world.session(CLOUD, CHOICE, SCALE))
    lines = studio("#prepare-list > li")
    lines.nth(2).drag_to(lines.nth(0))
    studio.has(SCALE["title"], CLOUD["title"], CHOICE["title"])


def test_two_facilitators_at_once_lose_nothing(world):
    made = world.session(CLOUD, CHOICE)
    ana, bo = Studio.enter(world, made), Studio.enter(world, made)
    for studio in (ana, bo):
        studio.pick(CLOUD["title"])
    ana.field("title").focus()
    ana.page.keyboard.press("Home")
    ana.page.keyboard.type("Ana")
    bo.field("instruction").fill("De Bo.")
    bo.is_saved()
    expect(ana.field("instruction")).to_have_value("De Bo.", timeout=PATIENCE)
    expect(ana.field("title")).to_be_focused()
    ana.page.keyboard.type(" : ")  # the caret is where it was
    expect(ana.field("title")).to_have_value(f"Ana : {CLOUD['title']}")
    ana.is_saved()
    expect(bo.field("title")).to_have_value(f"Ana : {CLOUD['title']}", timeout=PATIENCE)
    bo('[data-act="order.drop"]:visible').click()
    ana.has(CHOICE["title"])
    expect(ana(f"{FORM} h2")).to_have_text(CHOICE["title"], timeout=PATIENCE)


def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(world):
    made = world.session(SCALE, CHOICE)
    studio = Studio.enter(world, made)
    studio.pick(SCALE["title"])
    scale = studio(f"""{FORM} [data-path='["settings","scale"]']""")
    scale.fill("1")
    scale.blur()
    expect(studio(f"{FORM} .wrong:visible")).to_have_text("Ce nombre est inférieur à 2.")
    expect(scale).to_have_attribute("aria-invalid", "true")
    expect(scale).to_have_accessible_description(re.compile("Videz .* inférieur à 2"))
    assert not violations(studio.page)
    studio.page.reload()
    studio.ready()
    expect(scale).to_have_value("1", timeout=PATIENCE)
    expect(studio(f"{FORM} .wrong:visible")).to_have_text("Ce nombre est inférieur à 2.")
    scale.fill("")
    options = studio.field("options")
    options.fill("Lille\n\n Nantes ")
    studio.is_saved()
    expect(studio(f"{FORM} .wrong:visible")).to_have_count(0)
    assert steps(world, made)[-1]["step"]["options"] == ["Lille", "Nantes"]
    studio.field("title").fill(" ")
    expect(studio(f"{FORM} .wrong:visible")).to_have_text("Écrivez un titre ici.")


def test_questions_and_what_points_at_their_options(world):
    made = world.session(QUESTIONNAIRE)
    studio = Studio.enter(world, made)
    item = studio(f'{FORM} [data-item="stade"]')
    lines = item.locator("[data-as=lines]")
    lines.fill("jamais\npas commencé\non y réfléchit\non essaie")
    studio.is_saved()
    changed = steps(world, made)[-1]["step"]["questions"]
    assert changed["essai"]["show_if"] == {"question": "stade", "choice": [3]}
    studio(f"{FORM} .items .adding > summary").click()
    studio(f'{FORM} [data-item-add="rating"]').click()
    expect(studio(f"{FORM} [data-item]")).to_have_count(6, timeout=PATIENCE)
    studio(f'{FORM} [data-item="note"] [data-item-move="-1"]').click()
    expect(studio(f"{FORM} [data-item]").nth(3)).to_have_attribute("data-item", "note")
    studio(f'{FORM} [data-item="frein"] [data-item-drop]').click()
    expect(studio(f"{FORM} [data-item]")).to_have_count(5, timeout=PATIENCE)
    studio("[data-undo]").click()
    expect(studio(f"{FORM} [data-item]")).to_have_count(6, timeout=PATIENCE)
    picks = studio(f'{FORM} [data-item="frein"] [data-as=picks] input')
    assert [box.is_checked() for box in picks.all()] == [False, False, True]
    # What a question follows cannot go: it is said, and the question stays.
    studio(f'{FORM} [data-item="stade"] [data-item-drop]').click()
    expect(studio("#voice")).to_contain_text("condition", timeout=PATIENCE)
    expect(studio(f"{FORM} [data-item]")).to_have_count(6)


def test_a_line_lost_during_an_edit(world, line):
    world.watch.allow("WebSocket connection to|ERR_")
    made = world.session(CLOUD, CHOICE)
    studio = Studio.enter(world, made, proxy=line)
    studio.pick(CLOUD["title"])
    line.die()
    studio.field("title").fill("Écrit hors ligne")
    studio.page.keyboard.press("Tab")
    expect(studio("#line")).to_contain_text("1 modification en attente", timeout=PATIENCE)
    expect(studio(f'{FORM} [data-saved="keptchange"]')).to_be_visible(timeout=PATIENCE)
    studio.field("instruction").fill("Encore un mot")
    assert steps(world, made) == []
    line.live()
    studio.page.reload()
    studio.ready()
    studio.has("Écrit hors ligne", CHOICE["title"])
    expect(studio.field("instruction")).to_have_value("Encore un mot", timeout=PATIENCE)
    for _ in range(PATIENCE // 500):  # kept before the page was there to say so
        written = [one["step"].get("instruction") for one in steps(world, made)]
        if "Encore un mot" in written:
            break
        studio.page.wait_for_timeout(500)
    assert written[-1] == "Encore un mot"


def test_the_previews_follow_what_is_written(world):
    studio = Studio.enter(world, world.session(CHOICE))
    phone, stage = (studio.page.frame_locator(f"[data-preview={s}]") for s in ("phone", "stage"))
    for frame in (phone, stage):
        expect(frame.locator("h1")).to_have_text(CHOICE["title"], timeout=PATIENCE)
    studio.field("title").fill("Quelle ville en juin ?")
    for frame in (phone, stage):
        expect(frame.locator("h1")).to_have_text("Quelle ville en juin ?", timeout=PATIENCE)
    box = studio(".preview-stage .frame").bounding_box()
    assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.02)
    inner = studio("[data-preview=stage]").bounding_box()
    assert inner["width"] == pytest.approx(box["width"], abs=3)


def test_one_pane_at_a_time_in_320_pixels(world):
    made = world.session(CLOUD, QUESTIONNAIRE)
    studio = Studio.enter(world, made, **NARROW)
    panes = {
        "list": studio("#prepare-list"),
        "form": studio(FORM),
        "preview": studio(".preview-phone"),
    }
    for name, pane in panes.items():
        studio(f".panes [data-pane={name}]").click()
        expect(pane).to_be_visible()
        assert [other for other in panes.values() if other != pane and other.is_visible()] == []
        assert studio.page.evaluate(SIDEWAYS) <= 0, name
        assert not violations(studio.page), name
        assert studio.page.evaluate(SMALL, TOUCH) == [], name
    studio(".panes [data-pane=list]").click()
    studio("[data-pick]", has_text="Et chez vous").click()
    expect(studio(f"{FORM} h2")).to_be_focused()
    studio.field("title").fill("Chez vous ?")
    studio.is_saved()
    studio(".panes [data-pane=preview]").click()
    shown = studio.page.frame_locator("[data-preview=phone]").locator("h1")
    expect(shown).to_have_text("Chez vous ?", timeout=PATIENCE)
