"""From a date to keep to seats: said, read, released, caught by a mail server and a webhook."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from bench.instance import Instance
from tests.jobs.sinks import mail_server, webhook
from tests.journeys.people import LAPTOP, PHONE, SMALL, TOUCH
from tests.journeys.world import World

SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"
WIDTHS = (320, 768, 1280)


@pytest.fixture
def sinks():
    with mail_server() as mails, webhook() as hook:
        yield mails, hook


@pytest.fixture
def house(browser, tmp_path, monkeypatch, sinks):
    """An instance that sends mail, to a list and to one webhook of Discord."""
    mails, hook = sinks
    monkeypatch.setenv("FABRIQUE_MAIL_URL", f"smtp://127.0.0.1:{mails.port}")
    monkeypatch.setenv("FABRIQUE_MAIL_FROM", "reseau@example.org")
    monkeypatch.setenv("FABRIQUE_LIST", "liste@example.org")
    monkeypatch.setenv("FABRIQUE_DISCORD_CAFE", hook.address)
    with Instance(tmp_path) as own, World(browser, own) as world:
        yield world
    assert not re.search("ERROR|CRITICAL|Traceback", own.log()), own.log()


def signed_in(house, name, device=LAPTOP, roles=()):
    made = house.instance.make("signed_in", name=name, roles=list(roles))
    page = house.page(device)
    cookie = {"name": made["cookie"], "value": made["value"], "url": house.instance.address}
    page.context.add_cookies([cookie])
    return page, made["person"]


def looked_at(page):
    """No rule broken, nothing to push aside, nothing too small for a finger, in any width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], (page.url, width)
        assert page.evaluate(SIDEWAYS) <= 0, (page.url, width)
    page.set_viewport_size({"width": 390, "height": 760})
    assert page.evaluate(SMALL, TOUCH) == [], page.url


def caught(found, most=30):
    """Wait until a sink holds something."""
    until = time.monotonic() + most
    while not found and time.monotonic() < until:
        time.sleep(0.2)
    return found


def test_a_date_is_kept_then_seats_are_open_and_everybody_is_told(house, sinks):
    mails, hook = sinks
    zoe, who = signed_in(house, "Zoe")
    starts_at = (datetime.now(UTC) + timedelta(days=20)).replace(microsecond=0)
    made = house.instance.make(
        "gathering",
        organiser=who,
        slug="journees",
        title="Journées du réseau",
        question="Qu’est-ce qui tient debout ?",
        starts_at=f"{starts_at}",
        ends_at=f"{starts_at + timedelta(hours=3)}",
        target=4,
    )
    here = f"/g/{made['slug']}/"
    announces(zoe, here)
    released(zoe, here, "Réservez la date")
    ((to, mail),) = caught(mails.mails)
    assert (to, mail["Subject"]) == (["liste@example.org"], "Réservez la date : Journées du réseau")
    guest = a_guest_means_to_come(house)
    a_member_may_come(house, here)
    gauge_moves_and_it_is_published(zoe, here)
    mails.mails.clear()
    released(zoe, here, "inscriptions ouvertes")
    until = time.monotonic() + 40
    while len(mails.mails) < 3 and time.monotonic() < until:
        time.sleep(0.2)
    assert sorted(one for to, _ in mails.mails for one in to) == [
        "ana@example.org",
        "bo@example.org",
        "liste@example.org",
    ]
    posts = caught(hook.posts)
    assert all(post["allowed_mentions"] == {"parse": []} for post in posts)
    read_and_left(guest, here, {to[0]: mail for to, mail in mails.mails})


def announces(zoe, here):
    zoe.goto(f"{here}edit/")
    looked_at(zoe)
    zoe.locator("textarea[name=about]").fill("Deux jours.\n\n**Venez** comme vous êtes.")
    zoe.get_by_role("button", name="Enregistrer").click()
    expect(zoe.locator(".about strong")).to_have_text("Venez")
    zoe.goto(f"{here}publish/")
    looked_at(zoe)
    zoe.get_by_role("button", name="Annoncer la date").click()


def released(zoe, here, title):
    """Release all that waits, having looked at the page."""
    expect(zoe).to_have_url(re.compile(f"{here}messages/"))
    expect(zoe.locator("article.batch h3").first).to_contain_text(title)
    looked_at(zoe)
    waiting = zoe.locator("button[value=release]")
    while waiting.count():
        before = waiting.count()
        waiting.first.click()
        expect(waiting).to_have_count(before - 1)
        expect(zoe.locator(".receipt")).to_contain_text("Validé")


def a_guest_means_to_come(house):
    page = house.page(PHONE)
    page.goto("/")
    page.get_by_role("link", name="Journées du réseau").tap()
    expect(page.get_by_label("Votre nom")).to_be_visible()
    looked_at(page)
    page.get_by_label("Votre nom").fill("Ana")
    page.get_by_label("Votre adresse").fill("ana@example.org")
    page.get_by_role("button", name="Je viens").tap()
    expect(page.locator(".receipt")).to_contain_text("Vous venez.")
    looked_at(page)
    return page


def a_member_may_come(house, here):
    page, _ = signed_in(house, "Bo", PHONE)
    page.goto(here)
    page.get_by_role("button", name="Peut-être").tap()
    expect(page.locator(".receipt")).to_contain_text("Vous viendrez peut-être")
    page.goto("/agenda/feed/")
    page.get_by_role("button", name="Créer l’adresse").tap()
    expect(page.get_by_label("L’adresse de votre calendrier")).to_be_visible()
    looked_at(page)
    address = page.get_by_label("L’adresse de votre calendrier").input_value()
    assert "Journées du réseau" in page.request.get(address).text()


def gauge_moves_and_it_is_published(zoe, here):
    zoe.goto(f"{here}publish/")
    expect(zoe.locator(".gauge .count")).to_contain_text("1 / 4")
    looked_at(zoe)
    zoe.locator("button[value=published]").click()


def read_and_left(guest, here, mails):
    guest.goto(here)
    expect(guest.locator("h1")).to_have_text("Journées du réseau")
    assert guest.get_by_role("button", name="Je viens").count() == 0
    looked_at(guest)
    guest.goto("/agenda/")
    looked_at(guest)
    guest.get_by_role("link", name="Mois").tap()
    guest.wait_for_url("**/agenda/*/*/")
    looked_at(guest)
    gone = mails["ana@example.org"]["List-Unsubscribe"].strip(" <>")
    guest.goto(gone)
    looked_at(guest)
    guest.get_by_role("button", name="Ne plus m’écrire").tap()
    expect(guest.locator(".receipt")).to_contain_text("Vous ne recevrez plus rien")
