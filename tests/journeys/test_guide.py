"""A guide is one tap away from those who lead, in their language; the others stand beside it."""

from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.people import PATIENCE
from tests.journeys.plan import CHOICE
from tests.journeys.workshop import SIDEWAYS

# Whether every picture came, asked for as a reader would by scrolling.
LOADED = """async () => {
  const all = [...document.images];
  for (const one of all) { one.loading = "eager"; await one.decode(); }
  return all.every((one) => one.naturalWidth > 0 && one.alt.length > 20) ? all.length : 0;
}"""


def test_the_guide_is_read_from_the_console(world):
    console = world.console(world.session(CHOICE))
    with console.page.context.expect_page() as opened:
        console(".foot a", has_text="Guide").click()
    page = opened.value
    expect(page.locator("h1")).to_have_text("Animer une session", timeout=PATIENCE)
    assert page.evaluate(LOADED) > 10
    readable(page)
    page.locator(".foot button").click()
    expect(page.locator("h1")).to_have_text("Run a session", timeout=PATIENCE)
    page.locator(".foot a").click()
    expect(page.locator("h1")).to_have_text("Guides", timeout=PATIENCE)
    readable(page)
    page.locator(".guides a", has_text="Organise a gathering").click()
    expect(page.locator("h1")).to_have_text("Organise a gathering", timeout=PATIENCE)
    readable(page)


def readable(page):
    for scheme, width in (("light", 320), ("dark", 768), ("light", 1920)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], width
        assert page.evaluate(SIDEWAYS) <= 0, width
