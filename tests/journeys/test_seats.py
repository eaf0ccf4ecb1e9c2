"""One seat, two people: from the form to the room, with a phone at the door that loses its line."""

import re

from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.people import LAPTOP, PATIENCE, PHONE, SMALL, TOUCH, Phone

SLUG = "mardi"


def is_sound(page):
    assert violations(page) == []
    assert page.evaluate(SMALL, TOUCH) == []
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def asks(world, name):
    page = world.page(PHONE, viewport={"width": 320, "height": 640})
    page.goto(f"/g/{SLUG}/register")
    is_sound(page)
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=email]").fill(f"{name.lower()}@example.org")
    return page


def presses(page, words):
    page.get_by_role("button", name=words).click(timeout=PATIENCE)


def reads(page, words):
    expect(page.locator("main")).to_contain_text(words, timeout=PATIENCE)


def last_link(world, name, what):
    sent = world.instance.make("letters", email=f"{name.lower()}@example.org")["letters"]
    links = next(links for about, links in reversed(sent) if about == what)
    return re.sub(r"^https?://[^/]+", "", next(one for one in links if "/r/" in one))


def organiser(world, cookie, proxy):
    context = world.context(PHONE, proxy)
    context.add_cookies([{"name": "session", "value": cookie, "url": proxy.address}])
    return context.new_page()


def test_two_people_want_the_last_seat(world, line, look):
    made = world.session()
    told = world.instance.make("seated", slug=SLUG, size=1, code=made.code)
    first, second = asks(world, "Ana"), asks(world, "Bob")
    for page in (first, second):
        presses(page, "S’inscrire")
    pages = {"Ana": first, "Bob": second}
    for page in pages.values():
        expect(page.locator("h1")).to_have_text(
            re.compile("Vous avez une place|liste d’attente"), timeout=PATIENCE
        )
        is_sound(page)
    seated = next(n for n, p in pages.items() if "place" in p.locator("h1").inner_text())
    waiting = next(name for name in pages if name != seated)
    reads(pages[waiting], "numéro 1 sur les 1")
    reads(pages[waiting], "1 / 1")

    presses(pages[seated], "Rendre ma place")
    reads(pages[seated], "Vous avez rendu votre place")
    is_sound(pages[seated])
    mailed = world.page(LAPTOP)
    mailed.goto(last_link(world, waiting, "offered"))
    reads(mailed, "Une place vous est gardée")
    is_sound(mailed)
    presses(mailed, "Je prends cette place")
    reads(mailed, "Vous avez une place")

    world.watch.allow("ERR_|WebSocket")
    door = organiser(world, told["cookie"], line)
    door.goto(f"/g/{SLUG}/checkin/")
    is_sound(door)
    expect(door.locator("#door-count")).to_have_text("0 sur 1 sont là", timeout=PATIENCE)
    line.die()
    presses(door, f"{waiting} est là")
    reads(door, "1 sur 1 sont là")
    reads(door, "1 en attente, gardés sur ce téléphone")
    door.locator("#door-walk-in input[name=name]").fill("Zoé")
    presses(door, "Ajouter, et est là")
    reads(door, "2 en attente")
    is_sound(door)
    look("door", door)
    line.live()
    expect(door.locator("#door-line")).to_be_hidden(timeout=PATIENCE)
    door.reload()
    expect(door.locator("#door-list li")).to_have_count(2, timeout=PATIENCE)
    expect(door.locator("#door-count")).to_have_text("2 sur 2 sont là", timeout=PATIENCE)
    door.goto(f"/g/{SLUG}/registrations/")
    is_sound(door)
    door.goto(f"/g/{SLUG}/form/")
    is_sound(door)

    mailed.goto(last_link(world, waiting, "confirmed"))
    reads(mailed, f"Bienvenue, {waiting}.")
    is_sound(mailed)
    presses(mailed, "Entrer dans la salle")
    Phone(mailed).ready()
    names = [one.get("name") for one in world.instance.archive(made)["participants"]]
    assert names == [waiting]
