"""The console in one hand, and phones that begin every step at its top."""

from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.people import PATIENCE, SMALL, TOUCH
from tests.journeys.plan import CHOICE, CLOUD, QUESTIONNAIRE
from tests.journeys.workshop import SIDEWAYS

NARROW = {"viewport": {"width": 320, "height": 640}}
PANES = {
    "now": "#session-figures",
    "order": ".steps",
    "notes": ".note-form",
    "room": "#session-switches",
}
SCROLLED = "() => Math.round(scrollY)"


def test_a_console_shows_one_part_at_a_time_in_320_pixels(world):
    made = world.session(CHOICE, QUESTIONNAIRE)
    console = world.console(made, **NARROW)
    console("button.next").click()
    console.is_at("ville")
    for pane in PANES:
        console(f".panes [data-pane={pane}]").click()
        seen = {name for name, part in PANES.items() if console(part).is_visible()}
        assert seen == {pane}
        for scheme in ("light", "dark"):
            console.page.emulate_media(color_scheme=scheme)
            assert violations(console.page) == [], pane
        assert console.page.evaluate(SIDEWAYS) <= 0, pane
        assert console.page.evaluate(SMALL, TOUCH) == [], pane
    console(".panes [data-pane=now]").click()
    expect(console("button.next")).to_be_in_viewport()


def test_a_key_turns_a_narrow_console_to_what_it_asks_for(world):
    made = world.session(CHOICE)
    console = world.console(made, **NARROW)
    keys = console.page.keyboard
    for key, pane in (("d", "notes"), ("m", "room"), ("n", "now")):
        keys.press(key)
        expect(console("body")).to_have_attribute("data-pane", pane)
        if pane != "now":
            expect(console("input[type=text]:focus")).to_be_visible()
            keys.press("Escape")
            console("h1").first.evaluate("() => document.activeElement.blur()")
    console.is_at("ville")


def test_the_end_leads_to_the_report_and_leaves_nothing_that_does_nothing(world):
    made = world.session(CHOICE)
    console = world.console(made)
    console.open("ville")
    console.end()
    expect(console(".over a").first).to_be_visible(timeout=PATIENCE)
    for dead in (".note-form", ".switches", ".add-slides", ".invite", "button.next"):
        expect(console(dead)).to_be_hidden()
    assert violations(console.page) == []
    with console.page.expect_download() as download:
        console('.over a[href="export.zip"]').click()
    assert download.value.suggested_filename == f"fabrique-{made.code}.zip"


def test_what_comes_next_begins_at_its_top(world):
    made = world.session(QUESTIONNAIRE, CLOUD)
    console, phone, writer = world.console(made), world.phone(made), world.phone(made)
    console.open("questionnaire")
    for one in (phone, writer):
        one.is_at("questionnaire")
        one.page.evaluate("() => scrollTo(0, 400)")
        assert one.page.evaluate(SCROLLED) > 0
    writer("details:has([data-do=say]) > summary").tap()
    writer("[data-do=say] textarea, [data-do=say] input").first.focus()
    assert writer.page.evaluate(SCROLLED) > 0
    console.next()
    for one in (phone, writer):
        one.is_at("word_cloud")
    assert phone.page.evaluate(SCROLLED) == 0
    assert writer.page.evaluate(SCROLLED) > 0, "nobody is moved while they write"
