"""People come late, open two tabs, press twice, reload, and fall asleep."""

import json
import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect
from websockets.sync.client import connect

from tests.journeys.people import PATIENCE, Phone
from tests.journeys.plan import CHOICE, CLOUD, IDEAS, PAUSE, QUESTIONNAIRE, SCALE


def answers(world, made, kind):
    entries = world.instance.archive(made)["entries"]
    return [one["body"] for one in entries if one["kind"] == f"{kind}.answer"]


def test_who_comes_late_comes_to_what_is_open(world):
    made = world.session(CHOICE, IDEAS)
    console = world.console(made)
    console.open("ville")
    console.close("ville")
    console.open("ideas")
    late = world.phone(made, "Tard")
    late.is_at("ideas")
    late.write("arrivée en retard")
    late.send()
    expect(console(".idea")).to_have_text([re.compile("arrivée en retard")], timeout=PATIENCE)
    console.counts(1, 1, 1)


def test_two_tabs_are_one_person(world):
    made = world.session(CHOICE)
    console = world.console(made)
    one = world.phone(made, "Ana")
    two = Phone(one.page.context.new_page())
    two.page.goto(made.join)
    two.ready()
    console.open("ville")
    one.is_at("ville")
    one.choose("choice", "1")
    one.send()
    one.is_kept()
    two.is_kept()
    expect(two('input[type=radio][value="1"]')).to_be_checked(timeout=PATIENCE)
    two.choose("choice", "2")
    two.send()
    two.is_kept("Modifié 1 fois")
    one.is_kept("Modifié 1 fois")
    expect(one('input[value="2"]')).to_be_checked(timeout=PATIENCE)
    console.counts(1, 1, 1)
    one.page.close()
    two.page.wait_for_timeout(500)
    console.counts(1, 1, 1)


def test_a_tab_too_many_says_so_and_opens_when_another_closes(world):
    made = world.session(CHOICE)
    first = world.phone(made, "Ana")
    token = first(":root [data-token]").get_attribute("data-token")
    with ExitStack() as others:
        tabs = [tab(others, world.instance.address, made, token) for _ in range(7)]
        ninth = Phone(first.page.context.new_page())
        ninth.page.goto(made.join)
        expect(ninth("#line")).to_contain_text("trop d’onglets", timeout=PATIENCE)
        ninth.page.wait_for_timeout(4000)  # longer than it takes to give up on sockets
        expect(ninth("#line")).to_contain_text("trop d’onglets")
        expect(ninth("main#screen[aria-busy]")).to_be_attached()
        tabs[0].close()
        ninth.ready()
        expect(ninth("#line p")).to_be_hidden(timeout=PATIENCE)


def tab(others, address, made, token):
    """One more screen of somebody, without a browser around it."""
    place = f"{address.replace('http', 'ws', 1)}/live/{made.code}"
    socket = others.enter_context(connect(place, origin=address))
    socket.send(json.dumps({"hello": 1, "token": token, "screen": "phone"}))
    assert "welcome" in json.loads(socket.recv(timeout=PATIENCE / 1000))
    return socket


def test_pressed_twice_is_sent_once(world):
    made = world.session(CLOUD)
    console = world.console(made)
    phone = world.phone(made)
    console.open("word_cloud")
    phone.write("élan")
    phone(".activity form button.go").dblclick(timeout=PATIENCE)
    expect(phone(".mine li:not(.pending)")).to_have_text(["élan"], timeout=PATIENCE)
    phone.page.wait_for_timeout(1000)  # what counts as one press is over
    phone.write("élan")
    phone.send()
    expect(phone(".mine li:not(.pending)")).to_have_text(["élan", "élan"], timeout=PATIENCE)
    assert len(answers(world, made, "word_cloud")) == 2


def test_a_reload_keeps_drafts_and_answers(world):
    made = world.session(QUESTIONNAIRE)
    console = world.console(made)
    phone = world.phone(made)
    console.open("questionnaire")
    phone.question("stade")
    phone.choose("answer.choice", "2")
    phone.send()
    phone.question("essai")
    phone.write("une phrase inachev", "answer.text")
    phone.page.wait_for_timeout(600)  # a draft is kept a moment after the last key
    phone.page.reload()
    phone.ready()
    phone.question("essai")
    expect(phone('[name="answer.text"]')).to_have_value("une phrase inachev", timeout=PATIENCE)
    phone.send()
    phone.question("frein")
    phone.tap("button[data-step='-1']")
    phone.tap("button[data-step='-1']")
    phone.question("stade")
    phone.is_kept()
    expect(phone('.question:visible input[value="2"]')).to_be_checked()
    assert [one["question"] for one in answers(world, made, "questionnaire")] == ["stade", "essai"]


# The longest that nothing ran; ten minutes go by on the clock while it sleeps.
NAP = """() => {
  const { now } = Date;
  let skew = 0;
  Date.now = () => now() + skew;
  window.slept = 0;
  let before = performance.now();
  setInterval(() => {
    const gap = performance.now() - before;
    before = performance.now();
    if (gap < 1500) return;
    window.slept = gap;
    skew = 600_000;
  }, 50);
}"""


@pytest.mark.parametrize("cut", [True, False])
def test_a_tab_that_slept_comes_back_to_the_right_step(world, line, cut):
    made = world.session(SCALE, PAUSE, CHOICE)
    console = world.console(made)
    sleeper = world.phone(made, "Dort", proxy=line)
    console.open("avis")
    sleeper.choose("value", "4")
    sleeper.send()
    sleeper.is_kept()
    sleeper.page.evaluate(NAP)
    tab = sleeper.page.context.new_cdp_session(sleeper.page)
    tab.send("Debugger.enable")
    tab.send("Debugger.pause")
    console.open("ville")
    console.page.wait_for_timeout(2500)
    if cut:
        line.cut()
    tab.send("Debugger.disable")
    sleeper.is_at("ville")
    assert sleeper.page.evaluate("() => window.slept") > 1500, "it did not sleep"
    sleeper.is_at("avis")
    expect(sleeper('[data-step="avis"] input[value="4"]')).to_be_checked(timeout=PATIENCE)
    expect(sleeper('[data-step="avis"] [data-receipt]')).to_be_visible(timeout=PATIENCE)
    console.counts(1, 1, 0)
    assert len(answers(world, made, "vote")) == 1
