"""What the room refuses is said in sight, where it can be put right; one slip undoes nothing."""

import pytest
from playwright.sync_api import expect

from tests.journeys.plan import CHOICE, SINGLE, step
from tests.journeys.test_prepare import Studio

BRAKES = {
    "id": "frein",
    "kind": "multiple",
    "title": "Qu’est-ce qui vous freine ?",
    "options": ["le temps", "l’argent", "l’envie", "rien de tout cela"],
    "settings": {"min": 2, "max": 2, "exclusive": [3]},
}
SHEET = step("questionnaire", "Et chez vous ?", questions=[BRAKES, SINGLE])
WHY = "Choisissez 2 options."


@pytest.fixture
def made(world):
    return world.session(SHEET, CHOICE)


def test_too_few_or_too_many_options_do_not_leave(world, made):
    console, phone = world.console(made), world.phone(made, "Ana")
    console.open("questionnaire")
    brakes = phone.question("frein")
    wrong = brakes.locator("[data-complaint]")
    for options in (["0"], ["1", "2"]):
        for option in options:
            phone.choose("answer.choice", option)
        phone.send()
        expect(wrong).to_have_text(WHY)
    console.counts(1, 1, 0)
    phone.choose("answer.choice", "2")
    expect(wrong).to_be_hidden()
    phone.send()
    phone.question("stade")
    phone.tap("[data-step='-1']")
    phone.is_kept()
    phone.choose("answer.choice", "3")
    phone.send()
    phone.question("stade")
    console.counts(1, 1, 1)


def test_what_the_room_alone_refuses_is_said_at_its_question(world, made):
    console, phone = world.console(made), world.phone(made, "Ana")
    console.open("questionnaire")
    brakes = phone.question("frein")
    # As of a phone that does not count: the room does.
    brakes.locator("[data-least]").evaluate("(one) => delete one.dataset.least")
    phone.choose("answer.choice", "0")
    phone.send()
    expect(brakes.locator("[data-complaint]")).to_have_text("Choisissez au moins 2 options.")
    expect(brakes).to_be_visible()
    console.counts(1, 1, 0)


def test_a_button_that_is_refused_says_so_on_the_console(world, made):
    console = world.console(made)
    console.open("ville")
    console.page.evaluate(
        "() => document.querySelector('[data-room]').room.outbox.ask('close', 'r99', {})"
    )
    expect(console("#line .refusal")).to_be_visible()


def test_a_double_click_does_not_end_the_session(world, made):
    console, phone = world.console(made), world.phone(made, "Ana")
    end = console("button[data-do=end]:visible").first
    end.dblclick()
    expect(end).to_have_text("Terminer pour tout le monde ? Appuyez encore.")
    console.open("ville")
    phone.is_at("ville")
    console.end()


def test_a_key_that_is_refused_says_so_in_the_editor(world, made):
    studio = Studio.enter(world, made)
    studio.page.keyboard.press("Control+z")
    expect(studio("#line .refusal")).to_have_text("Il n’y a rien à annuler.")
