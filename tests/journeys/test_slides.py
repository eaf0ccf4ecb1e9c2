"""A presentation brought by the facilitator: added, turned, seen by all, its notes by one."""

import os
from pathlib import Path

from playwright.sync_api import expect

from bench.axe import violations
from tests.jobs.made import pdf
from tests.journeys.keys import Keys
from tests.journeys.people import PATIENCE, TOUCH
from tests.journeys.plan import CHOICE
from tests.journeys.test_screens import SIDEWAYS

LOADED = "(image) => image.complete && image.naturalWidth"
LOOK = os.environ.get("FABRIQUE_LOOK")  # a folder, to see what was seen


def page(text):
    """A page as speakers make them: a title on colour, a line of words."""
    words = text.encode("cp1252")
    ground = b"0.64 0.07 0.23 rg 0 300 720 105 re f 1 1 1 rg BT /F1 40 Tf 40 335 Td (" + words
    return ground + b") Tj ET 0 0 0 rg BT /F1 26 Tf 40 220 Td (Faire venir, et revenir.) Tj ET"


def deck(*titles):
    return {
        "name": "Ma_présentation.pdf",
        "mimeType": "application/pdf",
        "buffer": pdf(*titles, draw=page),
    }


def look(page, name):
    if LOOK:
        page.screenshot(path=Path(LOOK) / f"{name}.png", full_page=True)


def add(screen, file):
    screen("add-slides input[type=file]").set_input_files(file)


def test_a_presentation_is_added_and_turned_for_everybody(world):
    made = world.session(CHOICE)
    console, stage = world.console(made), world.stage(made)
    phone = world.phone(made, viewport={"width": 320, "height": 640})
    console.next()
    console.is_at(CHOICE["id"])
    add(console, deck("Bonjour", "Le fond", "Merci"))
    expect(console("add-slides li p[data-told]")).to_have_text(
        "« Ma présentation » est dans la session.", timeout=PATIENCE
    )
    coming = console("#beside .slides .coming img")
    expect(coming).to_have_attribute("alt", "Bonjour\nFaire venir, et revenir.")
    look(console.page, "console-before")
    for turned in ("1", "2"):
        console(".slides:has(.coming) [data-turn='1']").click()
        slides = console(".slides:has(.coming)")
        expect(slides).to_have_attribute("data-page", turned, timeout=PATIENCE)
    for screen in (phone, stage, console):
        image = screen(".slides img").first
        expect(image).to_have_attribute(
            "alt", "Le fond\nFaire venir, et revenir.", timeout=PATIENCE
        )
        expect(image).to_be_visible(timeout=PATIENCE)
        image.scroll_into_view_if_needed()
        screen.page.wait_for_function(LOADED, arg=image.element_handle(), timeout=PATIENCE)
    assert phone(".slides img").count() == 1
    assert stage(".slides img").count() == 1
    assert phone.page.evaluate(SIDEWAYS) <= 0
    phone("summary", has_text="Le texte de cette page").tap()
    expect(phone(".slides details p")).to_contain_text("Faire venir, et revenir.")
    for name, screen in (("phone", phone), ("stage", stage), ("console", console)):
        assert violations(screen.page) == []
        look(screen.page, name)
    console.page.set_viewport_size({"width": 320, "height": 700})
    assert console.page.evaluate(SIDEWAYS) <= 0
    look(console.page, "console-narrow")
    console.page.emulate_media(color_scheme="dark")
    look(console.page, "console-dark")


def test_what_cannot_be_drawn_is_said_and_nothing_is_added(world):
    made = world.session(CHOICE)
    console = world.console(made)
    locked = deck("Secret") | {"buffer": pdf("Secret", password="x")}
    add(console, locked)
    told = console("add-slides li p[data-told]")
    expect(told).to_contain_text("protégé par un mot de passe", timeout=PATIENCE)
    look(console.page, "console-refused")
    console.page.reload()
    expect(told).to_contain_text("protégé par un mot de passe", timeout=PATIENCE)
    console.page.get_by_role("button", name="Fermer", exact=True).click()
    expect(told).to_have_count(0)
    console.page.reload()
    expect(console("#session-order li").first).to_be_visible(timeout=PATIENCE)
    expect(told).to_have_count(0)
    assert console("#beside .slides").count() == 0


def test_a_presentation_is_added_with_the_keyboard_alone(world):
    console = world.console(world.session(CHOICE))
    Keys(console.page).choose("add-slides input[type=file]", deck("Bonjour"))
    expect(console("add-slides [data-end=done]")).to_be_attached(timeout=PATIENCE)
    box = console("add-slides label.file").bounding_box()
    assert min(box["width"], box["height"]) >= TOUCH
