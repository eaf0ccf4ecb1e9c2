"""Every screen in every state: no barrier, no sideways scroll, not a word in the wrong language."""

from random import Random

from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.looks import LOOKS, show
from tests.journeys.people import PATIENCE, PHONE
from tests.journeys.plan import CHOICE
from tests.journeys.tour import Tour
from tests.journeys.words import foreign

SEEN = 1  # look of each state in each language, of the eleven that `bin/check --budgets` sees
# Words of the running order, and names of kinds that both languages write alike.
THEIRS = {"Fil de discussion", "Vote"}
# How far each part of a page that shows one at a time goes out of it, the widest.
PANES = """() => Math.max(...[...document.querySelectorAll(".panes [data-pane]")].map((pane) => {
  document.body.dataset.pane = pane.dataset.pane;
  return document.scrollingElement.scrollWidth - innerWidth;
}), document.scrollingElement.scrollWidth - innerWidth)"""
SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"


def test_every_screen_in_every_state(world):
    faults, seen = [], set()
    for name, page in Tour(world):
        seen.add(name)
        for look, width in Random(name).sample(LOOKS, SEEN):
            show(page, look, width)
            faults += [f"{name} {look} {width}: {one}" for one in violations(page)]
        show(page, "light", 320)
        if (over := page.evaluate(PANES)) > 0:
            faults.append(f"{name} scrolls sideways by {over} at 320")
        # A report is in the language of its session, whoever reads it.
        language = "fr" if "report" in name else name[:2]
        faults += [f"{name} says: {text}" for text in foreign(page, language, THEIRS)]
    assert len(seen) > 200
    assert not faults, "\n".join(faults)


def test_axe_and_words_can_fail(world):
    page = world.page()
    page.goto("/")
    assert violations(page) == []
    assert foreign(page, "fr") == []
    assert foreign(page, "en")
    page.evaluate("() => document.querySelector('main').insertAdjacentHTML('beforeend', '<img>')")
    assert any(one.startswith("image-alt") for one in violations(page))


def test_the_language_is_a_choice_that_lasts(world):
    made = world.session(CHOICE)
    context = world.context(PHONE)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="In English").tap()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(made.join)
    page.get_by_role("button", name="Join").tap()
    world.instance.act(made, made.lead, {"do": "open", "step": "ville"})
    expect(page.get_by_role("button", name="Vote")).to_be_visible(timeout=PATIENCE)
    page.locator('label:has(input[type=radio][value="1"])').tap()
    page.get_by_role("button", name="Vote").tap()
    expect(page.locator(".activity")).to_contain_text("Vote recorded.", timeout=PATIENCE)
    page.get_by_role("button", name="En français").tap()
    expect(page.locator(".activity")).to_contain_text("Vote enregistré", timeout=PATIENCE)
    expect(page.locator('input[type=radio][value="1"]')).to_be_checked()
    assert {cookie["name"] for cookie in context.cookies()} <= {"language", "csrf", "seat"}
