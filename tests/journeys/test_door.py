"""Whoever cannot come in reads why, and what to do, in a sentence."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import LAPTOP, PATIENCE, PHONE, Phone
from tests.journeys.plan import CHOICE

HELLO = """(address) => new Promise((done) => {
  const socket = new WebSocket(address);
  socket.onopen = () => done("open");
  socket.onerror = () => done("refused");
})"""

FORGE = """const { send } = WebSocket.prototype;
WebSocket.prototype.send = function (text) {
  send.call(this, text.replace(/"token":"[^"]*"/, '"token":"WzFd:forged"'));
};"""


def test_join_without_javascript(world):
    made = world.session(CHOICE)
    page = world.page(PHONE, java_script_enabled=False)
    page.goto("/")
    page.locator("input[name=code]").fill(f" {made.code[:3].lower()}-{made.code[3:].lower()} ")
    page.locator("form button.go").tap()
    expect(page).to_have_url(re.compile(f"{made.join}$"))
    page.locator("input[name=name]").fill("Ana")
    page.locator("form button.go").tap()
    # The driver turns scripts off too late for what is inside to be drawn.
    assert "JavaScript" in page.locator("main noscript").text_content()
    expect(page.locator("footer")).to_contain_text("Ana")


def test_an_unknown_code(world):
    world.watch.allow("status of 404")
    page = world.page(PHONE)
    page.goto("/?code=zzz%20zzz")
    expect(page.locator("h1")).to_have_text(re.compile("Aucune session|Il n’y a rien"))
    expect(page.locator("main")).to_contain_text("code")
    assert "Traceback" not in page.content()
    page.locator("main a").first.tap()
    expect(page.locator("input[name=code]")).to_be_visible()


def test_a_session_that_is_over(world):
    made = world.session(CHOICE)
    phone = world.phone(made)
    world.instance.act(made, made.lead, {"do": "end"})
    phone.sees("Lire le compte-rendu")
    late = world.page(PHONE)
    late.goto(made.join)
    expect(late.locator("main")).to_contain_text("terminée")
    assert late.locator("form button.go").count() == 0


@pytest.mark.parametrize("kind", ["old", "forged", "of another session"])
def test_a_seat_that_is_not_valid_is_shown_to_the_door(world, kind):
    made, other = world.session(CHOICE), world.session(CHOICE)
    told = {
        "old": lambda: world.instance.make("old_seat", session=made.session, days=61),
        "forged": lambda: {"seats": [seat(made)[:-3] + "AAA"]},
        "of another session": lambda: {"seats": [seat(other)]},
    }

    def seat(where):
        return world.instance.make("seats", session=where.session, people=1)["seats"][0]

    (token,) = told[kind]()["seats"]
    page = world.page(PHONE)
    place = {"name": "seat", "value": token, "domain": "127.0.0.1", "path": made.join}
    page.context.add_cookies([place])
    page.goto(made.join)
    expect(page.locator("main form button.go")).to_be_visible()
    page.locator("main form button.go").tap()
    Phone(page).ready()
    world.instance.act(made, made.lead, {"do": "open", "step": "ville"})
    Phone(page).is_at("ville")


def test_a_token_that_the_hub_refuses(world):
    made = world.session(CHOICE)
    phone = world.phone(made)
    page = phone.page.context.new_page()
    page.add_init_script(FORGE)
    page.goto(made.join)
    expect(page.locator("#line")).to_contain_text("rechargez la page", timeout=PATIENCE)
    assert page.locator(".activity").count() == 0
    phone.page.reload()
    phone.ready()


def test_a_link_that_was_used(world):
    made = world.session(CHOICE)
    world.console(made)
    world.watch.allow("status of 403")
    page = world.page(LAPTOP)
    page.goto(made.enter)
    expect(page.locator("main")).to_contain_text("Le lien a peut-être déjà servi")


def test_a_page_of_somebody_else_is_refused(world):
    made = world.session(CHOICE)
    world.watch.allow("WebSocket connection to|status of 403")
    live = world.instance.address.replace("http", "ws") + f"/live/{made.code}"
    theirs, ours = world.page(), world.page()
    theirs.goto("about:blank")
    ours.goto(made.join)
    assert theirs.evaluate(HELLO, live) == "refused"
    assert ours.evaluate(HELLO, live) == "open"
    foreign = {"Origin": "http://elsewhere.example", "Accept-Language": "fr"}
    answer = ours.request.post(made.join, headers=foreign, form={"name": "Ana"})
    assert answer.status == 403
    assert "rien" in answer.text().lower()
    assert "<h1>" in answer.text()


def test_an_answer_to_what_is_closed(world):
    made = world.session(CHOICE)
    phone = world.phone(made)
    world.instance.act(made, made.lead, {"do": "open", "step": "ville"})
    phone.is_at("ville")
    phone.choose("choice", "1")
    seat = world.instance.make("seats", session=made.session, people=1)["seats"][0]
    world.instance.act(made, made.lead, {"do": "reveal", "run": "r3"})
    act = {"do": "answer", "run": "r3", "choice": [0]}
    (reply,) = world.instance.act(made, seat, act)
    assert reply["why"] == "closed"
    assert "trop tard" in reply["text"]
    phone.is_at("ville", "revealed")
    phone.sees("0 réponse")
