"""Whoever leads lets people in from the first screen, and reads there what they wrote for it."""

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.people import PATIENCE, SMALL, TOUCH, Phone
from tests.journeys.plan import step
from tests.journeys.workshop import POCKET, SIDEWAYS

NOTES = "Une phrase chacun·e : coupez court, avec bienveillance."
FRAME = step("pause", "Le cadre", presenter_notes=NOTES)
# A house served by plain http on the network of a venue: browsers keep the clipboard to themselves.
PLAIN = """() => {
  Object.defineProperty(navigator, "clipboard", { value: undefined });
  document.execCommand = (what) => {
    window.took = what === "copy" && document.activeElement.value;
    return true;
  };
}"""


@pytest.mark.parametrize("device", [POCKET, {"viewport": {"width": 1366, "height": 900}}])
def test_the_first_screen_of_a_console(world, device):
    made = world.session(FRAME)
    console = world.console(made, **device)
    welcome, cue = console(".welcome"), console("#session-cue")
    address = welcome.locator("a").first.get_attribute("href")
    expect(cue).to_contain_text(NOTES, timeout=PATIENCE)
    assert console.page.evaluate(SIDEWAYS) <= 0
    assert not violations(console.page)
    assert console.page.evaluate(SMALL, TOUCH) == [] or device is not POCKET
    console.page.evaluate(PLAIN)
    copy = welcome.get_by_role("button", name="Copier le lien")
    copy.click()
    expect(welcome.get_by_role("button", name="Copié.")).to_be_focused()
    assert console.page.evaluate("() => window.took") == address
    expect(copy).to_be_visible(timeout=PATIENCE)
    phone = Phone.join(world.page(POCKET), address.split("/", 3)[-1].join(("/", "")))
    console.next()
    phone.is_at("pause")
    expect(welcome).to_be_hidden(timeout=PATIENCE)
    expect(cue).to_contain_text(NOTES)
    assert NOTES not in phone.page.content()
