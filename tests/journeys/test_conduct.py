"""The room is led: paused, told, timed; hands go up, notes are kept, people are let out and in."""

import re
import time
from itertools import pairwise

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE, PHONE, Console, Phone
from tests.journeys.plan import CHOICE, CLOUD, step

VOTE = {**CHOICE, "seconds": 300}
BREATH = step("pause", "On souffle", seconds=600)


def test_paused_nothing_typed_is_lost(world):
    made = world.session(CLOUD)
    console, ana, bo = world.console(made), world.phone(made, "Ana"), world.phone(made, "Bo")
    stage = world.stage(made)
    console.open("word_cloud")
    ana.is_at("word_cloud")
    ana.write("élan")
    console.page.keyboard.press("p")
    for screen in (ana, bo, stage):
        expect(screen("#session-paused")).to_contain_text("Pause", timeout=PATIENCE)
    ana.send()
    ana.sees("ce que vous avez écrit est gardé", ".activity [data-complaint]")
    expect(ana('.activity [name="text"]')).to_have_value("élan")
    console.page.keyboard.press("p")
    expect(ana("#session-paused")).to_be_hidden(timeout=PATIENCE)
    ana.send()
    ana.sees("élan", ".mine")
    console.counts(2, 2, 1)


def test_what_was_on_its_way_when_the_room_paused_leaves_when_it_goes_on(world):
    made = world.session(CLOUD)
    console, ana = world.console(made), world.phone(made, "Ana")
    world.watch.allow("ERR_INTERNET|WebSocket connection to")
    console.open("word_cloud")
    ana.is_at("word_cloud")
    ana.page.context.set_offline(True)
    ana.write("élan")
    ana.send()
    world.instance.act(made, made.lead, {"do": "freeze", "on": True})
    ana.page.context.set_offline(False)
    expect(ana("#session-paused")).to_contain_text("Pause", timeout=PATIENCE)
    ana.sees("élan", ".mine .pending")
    console.counts(1, 1, 0)
    world.instance.act(made, made.lead, {"do": "freeze", "on": False})
    console.counts(1, 1, 1)
    ana.has_nothing_waiting()


def test_a_hand_goes_up_survives_a_reload_and_gets_the_floor(world):
    made = world.session(CHOICE)
    console, ana, bo = world.console(made), world.phone(made, "Ana"), world.phone(made)
    ana.tap("[data-hand]")
    expect(console(".hands .asking li")).to_contain_text(["Ana"], timeout=PATIENCE)
    bo.tap("[data-hand]")
    expect(console(".hands .asking li")).to_contain_text(["Ana", "n° 2"], timeout=PATIENCE)
    ana.page.reload()
    ana.ready()
    expect(ana("[data-hand]")).to_have_text("Baisser la main", timeout=PATIENCE)
    console.page.keyboard.press("g")
    expect(ana("[data-floor]")).to_be_visible(timeout=PATIENCE)
    expect(ana("[data-hand]")).to_have_text("Lever la main")
    expect(console(".hands .floor")).to_contain_text("Ana", timeout=PATIENCE)
    bo.tap("[data-hand]")
    expect(console(".hands .asking li")).to_have_count(0, timeout=PATIENCE)
    console(".hands .floor button").click()
    expect(ana("[data-floor]")).to_be_hidden(timeout=PATIENCE)
    expect(console(".hands")).to_be_hidden(timeout=PATIENCE)


def test_a_note_is_one_key_away_and_keys_sleep_while_it_is_typed(world):
    made = world.session(CHOICE)
    console = world.console(made)
    keys = console.page.keyboard
    for key, words in (("d", "on garde Nantes pour mars"), ("o", "peu de temps")):
        keys.press(key)
        keys.type(words)  # n, p, r, c, e, d, a, k are in it
        keys.press("Enter")
        expect(console("#notes")).to_contain_text(words, timeout=PATIENCE)
    notes = console(".console-note")
    expect(notes).to_have_count(2)
    expect(notes.nth(0)).to_contain_text("peu de temps")
    expect(notes.nth(1)).to_contain_text("Décision")
    kept = [one["kind"] for one in world.instance.archive(made)["entries"]]
    assert kept == ["session.noted", "session.noted"]
    keys.press("Escape")
    console("body").click(position={"x": 2, "y": 2})
    keys.press("?")
    listed = console(".keys dt").all_text_contents()
    single = [one for one in listed if len(one.strip()) == 1]
    assert len(single) == len(set(single)) == 15
    on = console.page.evaluate(
        "() => [...document.querySelectorAll('[data-key]')].map((o) => o.dataset.key)"
    )
    assert set(on) <= {one.strip().lower() for one in single}


def test_what_we_do_now_is_on_every_screen(world):
    made = world.session(CHOICE)
    console, phone, stage = world.console(made), world.phone(made), world.stage(made)
    console.page.keyboard.press("m")
    console.page.keyboard.type("On lit chacun·e pour soi")
    console.page.keyboard.press("Enter")
    for screen in (phone, stage, console):
        expect(screen("#session-told")).to_contain_text("On lit", timeout=PATIENCE)
    expect(phone("#voice")).to_have_text("On lit chacun·e pour soi", timeout=PATIENCE)
    console("button[data-do=tell]").click()
    for screen in (phone, stage, console):
        expect(screen("#session-told")).to_be_hidden(timeout=PATIENCE)
    console.page.locator("#session-switches [data-do=record]").click()
    for screen in (phone, stage):
        expect(screen("#session-recording")).to_contain_text(
            "Enregistrement en cours", timeout=PATIENCE
        )
    expect(phone("#session-recording")).to_contain_text("compte-rendu")


def test_whoever_is_taken_out_reads_it_and_comes_back_by_themselves(world):
    made = world.session(CHOICE)
    console, ana = world.console(made), world.phone(made, "Ana")
    console.open("ville")
    ana.is_at("ville")
    ana.choose("choice", "1")
    ana.send()
    ana.is_kept()
    console("summary", has_text="Personnes").click()
    for _ in range(2):
        console(".person button[data-do=expel]").click()
    ana.sees("Vous n’êtes plus dans cette session", "[data-away=expelled]")
    expect(ana("#now")).to_be_hidden()
    expect(console(".person")).to_contain_text("ce qu’elle a envoyé reste", timeout=PATIENCE)
    expect(console(".bars .figure").nth(1)).to_contain_text("100", timeout=PATIENCE)
    console("button[data-do=readmit]").click()
    expect(console("button[data-do=expel]")).to_be_visible(timeout=PATIENCE)
    ana.page.evaluate("() => dispatchEvent(new Event('online'))")  # what hurries a phone
    expect(ana("[data-away=expelled]")).to_be_hidden(timeout=PATIENCE)
    ana.is_kept()


def test_a_question_on_a_button_outlives_what_happens_meanwhile(world):
    made = world.session(CHOICE)
    console, ana = world.console(made), world.phone(made, "Ana")
    console.open("ville")
    ana.is_at("ville")
    console("summary", has_text="Personnes").click()
    console(".person button[data-do=expel]").click()
    ana.choose("choice", "1")
    ana.send()
    ana.is_kept()
    expect(console(".person")).to_contain_text("a répondu", timeout=PATIENCE)  # drawn anew
    console(".person button[data-do=expel]").click()
    ana.sees("Vous n’êtes plus dans cette session", "[data-away=expelled]")


def test_a_closed_door_is_kind_and_opens_by_itself(world):
    made = world.session(CHOICE)
    console = world.console(made)
    console.page.keyboard.press("l")
    expect(console("[data-do=lock][aria-pressed=true]")).to_be_visible(timeout=PATIENCE)
    page = world.page()
    knocks = []
    page.on("websocket", lambda _: knocks.append(time.monotonic()))
    page.goto(made.join)
    page.locator("main form button.go").click()
    expect(page.locator("[data-away=locked]")).to_contain_text(
        "La porte est fermée", timeout=PATIENCE
    )
    page.wait_for_timeout(3000)
    assert all(after - one > 5 for one, after in pairwise(knocks))  # it does not knock at once
    console.page.keyboard.press("l")
    expect(console("[data-do=lock][aria-pressed=false]")).to_be_visible(timeout=PATIENCE)
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.locator("main#screen:not([aria-busy])")).to_be_attached(timeout=PATIENCE)
    console.counts(1, 1, 0)


def test_one_screen_answers_for_twelve(world):
    made = world.session(CHOICE)
    console, room, bo = world.console(made), world.phone(made, "Antenne"), world.phone(made, "Bo")
    stage = world.stage(made)
    room.tap(".several summary")
    room(".several input").fill("12")
    room.tap(".several button")
    room.sees("Vous répondez pour 12 personnes", "[data-behind]")
    console.counts(13, 13, 0)
    console.open("ville")
    for phone, choice in ((room, "1"), (bo, "0")):
        phone.is_at("ville")
        phone.choose("choice", choice)
        phone.send()
    room.is_kept("Pour 12 personnes")
    console.counts(13, 13, 13)
    expect(room(".several")).to_be_hidden()
    expect(console(".bars .figure")).to_contain_text(["8", "92", "0"], timeout=PATIENCE)
    expect(stage("#session-foot")).to_have_text(re.compile("13 réponses · 13"), timeout=PATIENCE)
    console.reveal("ville")
    room.sees("13 réponses")


def test_more_time_for_those_who_need_it(world):
    made = world.session(CHOICE)
    console, ana, bo = world.console(made), world.phone(made, "Ana"), world.phone(made, "Bo")
    stage = world.stage(made)
    ana.tap(".longer-mine summary")
    ana('label:has(input[name=allowance][value="100"])').tap()
    console.page.wait_for_timeout(300)
    lead = {"do": "open", "step": "ville", "seconds": 6}
    world.instance.act(made, made.lead, lead)
    for phone in (ana, bo):
        phone.is_at("ville")
    more, less = (phone("time[role=timer]").text_content() for phone in (ana, bo))
    assert int(more.split(":")[1]) - int(less.split(":")[1]) in (5, 6, 7)
    expect(bo("[data-when-up]")).to_be_visible(timeout=PATIENCE)
    expect(ana("[data-when-up]")).to_be_hidden()
    expect(stage("[data-when-up]")).to_contain_text("1 personne a encore du temps")
    bo.choose("choice", "0")
    bo.send()
    bo.sees("Le temps est écoulé", ".activity [data-complaint]")
    ana.choose("choice", "1")
    ana.send()
    ana.is_kept()
    console.counts(2, 2, 1)
    console.is_at("ville", "closed")  # by itself, when nobody has time any more
    console.counts(2, 2, 1)


def test_one_more_minute_and_results_hidden_again(world):
    made = world.session(VOTE, BREATH)
    console, phone, stage = world.console(made), world.phone(made), world.stage(made)
    console.open("ville")
    phone.is_at("ville")
    first = phone("time[role=timer]").get_attribute("data-until")
    console.page.keyboard.press("+")
    expect(phone(f'time[data-until="{int(first) + 60_000}"]')).to_be_visible(timeout=PATIENCE)
    console.page.keyboard.press("r")
    console.is_at("ville", "revealed")
    phone.is_at("ville", "revealed")
    console.page.keyboard.press("h")
    for screen in (console, phone, stage):
        screen.is_at("ville", "closed")
    console.page.keyboard.press("r")
    phone.is_at("ville", "revealed")
    console.page.keyboard.press("n")
    phone.is_at("pause")
    expect(phone(".kind-pause time[role=timer]")).to_have_text(re.compile("^(10:00|9:5)"))
    expect(stage(".kind-pause time[role=timer]")).to_have_text(re.compile("^(10:00|9:5)"))


def test_a_phone_is_paired_as_a_remote_and_both_lead(world):
    made = world.session(CHOICE)
    console = world.console(made)
    console(".invite summary").click()
    console(".invite button[value=remote]").click()
    expect(console(".invitation .qr")).to_be_visible(timeout=PATIENCE)
    address = console(".invitation input").input_value()
    page = world.page(PHONE)
    page.goto(address)
    page.locator("main form button.go").tap()
    remote = Console(page)
    remote.sees("Associé : cet appareil mène aussi la session", ".paired")
    console.sees("Un autre appareil mène avec celui-ci", "[data-invitation]")
    remote("button[data-next]").tap()
    console.is_at("ville")
    console.close("ville")
    remote.is_at("ville", "closed")
    assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
    Phone(page).check_targets()


def test_what_i_sent_and_what_the_report_says_of_notes(world):
    made = world.session(CHOICE)
    console, ana = world.console(made), world.phone(made, "Ana")
    console.open("ville")
    ana.is_at("ville")
    for choice in ("1", "2"):
        ana.choose("choice", choice)
        ana.send()
        ana.is_kept()
    notes = [
        {"do": "note", "text": "on réserve à Sète", "mark": "decision"},
        {"do": "note", "text": "deux indécis"},
    ]
    world.instance.act(made, made.lead, *notes)
    ana.tap(".mine-link a")
    ana.sees("Sète")
    ana.sees("Modifiée 1 fois, comptée 1 fois")
    ana.sees("du journal")
    assert "Nantes" not in ana("main").text_content()
    ana.tap("main a.act")
    ana.ready()
    world.instance.act(made, made.lead, {"do": "end"})
    for page, sees in ((ana.page, False), (console.page, True)):
        page.goto(made.report)
        expect(page.locator("main")).to_contain_text("on réserve à Sète", timeout=PATIENCE)
        assert ("deux indécis" in page.locator("main").text_content()) == sees
