"""A whole session by keyboard alone, at the phone's page and at the console: every kind."""

import re

from playwright.sync_api import expect

from tests.journeys.keys import Keys
from tests.journeys.people import LAPTOP, PATIENCE, Console, Phone

FORM = ".activity form:not([hidden])"


def join(world, made, name):
    page = world.page(LAPTOP)
    keys = Keys(page)
    page.goto(made.join)
    keys.walk()
    keys.write("input[name=name]", name)
    keys.press("Enter")
    return Phone(page).ready(), keys


def enter(world, made):
    page = world.page(LAPTOP)
    keys = Keys(page)
    page.goto(made.enter)
    keys.act("main form button.go")
    page.wait_for_url(re.compile("/console$"))
    expect(page.locator("#session-order li").first).to_be_visible(timeout=PATIENCE)
    return Console(page), keys


def test_every_kind_by_keyboard(world):
    made = world.session()
    console, lead = enter(world, made)
    phone, keys = join(world, made, "Ana")
    other = world.phone(made, "Bo")
    lead.walk()
    lead.press("?")
    expect(console(".keys")).to_be_visible(timeout=PATIENCE)
    lead.press("?")
    expect(console(".keys")).to_be_hidden(timeout=PATIENCE)
    for step, answer in PLAY.items():
        lead.press("n")
        console.is_at(step)
        phone.is_at(step)
        keys.walk()
        answer(phone, keys, other)
        if step == "pause":
            continue
        console.counts(2, 2, phone.answered)
        lead.press(*("c", "r")[step != "ideas" :])
        for screen in (console, phone):
            screen.is_at(step, "revealed")
        keys.walk()
    lead.walk()
    lead.press("ArrowRight")
    expect(console(".slides")).to_have_attribute("data-page", "1", timeout=PATIENCE)
    say(phone, keys)
    expect(console(".chat li")).to_contain_text(["bonjour"], timeout=PATIENCE)
    lead.act("button[data-do=end]")
    lead.press("Enter")
    keys.act('a[href$="report"]')
    phone.page.wait_for_url(re.compile("/report$"))
    keys.walk()


def challenge(phone, keys, _other):
    keys.write(f"{FORM} [name=text]", "26 septembre 2022")
    keys.press("Enter")
    expect(phone(".mine li:not(.pending)")).to_have_count(1, timeout=PATIENCE)
    phone.answered = 1


def questionnaire(phone, keys, _other):
    shown = ".question:not([hidden])"
    phone.question("stade")
    keys.pick(shown, "2")
    keys.act(f"{shown} button.go")
    phone.question("essai")
    keys.write(f"{shown} textarea", "une chose")
    keys.act(f"{shown} button.go")
    phone.question("frein")
    keys.act(f'{shown} input[value="1"]', "Space")
    keys.act(f"{shown} button.go")
    phone.question("suivi")
    rank(phone, keys)
    keys.act(f"{shown} button.go")
    phone.question("note")
    keys.pick(shown, "4")
    keys.act(f"{shown} button.go")
    expect(phone("[data-end]")).to_be_visible(timeout=PATIENCE)
    phone.has_nothing_waiting()


def rank(phone, keys):
    """Bring the last option to the top, one press at a time; the focus goes with it."""
    last = phone("ol.rank > li").last.get_attribute("data-index")
    up = f'ol.rank > li[data-index="{last}"] button[data-to=up]'
    keys.go(up)
    for _ in range(3):
        keys.press("Enter")
        keys.is_on(up)
    expect(phone("ol.rank > li").first).to_have_attribute("data-index", last)
    down = f'ol.rank > li[data-index="{last}"] button[data-to=bottom]'
    keys.act(down, "Space")
    expect(phone("ol.rank > li").last).to_have_attribute("data-index", last)


def word_cloud(phone, keys, _other):
    keys.write(f"{FORM} [name=text]", "élan")
    keys.press("Enter")
    expect(phone(".mine li:not(.pending)")).to_have_text(["élan"], timeout=PATIENCE)


def ideas(phone, keys, other):
    keys.write(f"{FORM} textarea", "médiation")
    keys.act(f"{FORM} button.go")
    other.write("billetterie")
    other.send()
    keys.act('.like[aria-label*="billetterie"]')
    pressed = phone('.like[aria-label*="billetterie"][aria-pressed=true]')
    expect(pressed).to_have_text("1", timeout=PATIENCE)
    keys.is_on('.like[aria-label*="billetterie"]')
    phone.answered = 2


def board(phone, keys, other):
    keys.write(f"{FORM} textarea", "une liste")
    keys.pick(f"{FORM} fieldset", "1")
    keys.act(f"{FORM} button.go")
    other.write("un lieu")
    other.choose("column", "0")
    other.send()
    theirs = '[data-column="0"] .note [role=button]'
    keys.act(theirs)
    keys.is_on(".sheet button:not([hidden])")
    keys.act(".sheet [data-sheet-do=like]")
    expect(phone('.note:has-text("un lieu")')).to_have_attribute("data-likes", "1")
    keys.act(theirs)
    keys.press("Escape")
    expect(phone(".sheet")).to_be_hidden()
    keys.is_on(theirs)
    keys.press("Enter")
    keys.act('.sheet [data-sheet-do=move][data-column="1"]')
    expect(phone('[data-column="1"] .note')).to_have_count(2, timeout=PATIENCE)


def pause(_phone, _keys, _other):
    pass


def scale(phone, keys, _other):
    keys.pick(FORM, "4")
    keys.act(f"{FORM} button.go")
    phone.is_kept()
    phone.answered = 1


def choice(phone, keys, _other):
    keys.pick(FORM, "1")
    keys.act(f"{FORM} button.go")
    phone.is_kept()


def say(phone, keys):
    keys.act(".chat summary")
    keys.write(".chat textarea", "bonjour")
    keys.act(".chat form button")
    expect(phone(".chat textarea")).to_have_value("", timeout=PATIENCE)


PLAY = {
    "challenge": challenge,
    "questionnaire": questionnaire,
    "word_cloud": word_cloud,
    "ideas": ideas,
    "board": board,
    "pause": pause,
    "avis": scale,
    "ville": choice,
}
