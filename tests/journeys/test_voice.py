"""What a screen reader says in the moments that count: roles, names, states, and live regions."""

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE
from tests.journeys.plan import CHOICE, CLOUD, SCALE

# Counts what each live region of the page says, with when it was said.
LISTEN = """() => {
  window.heard = [];
  for (const region of document.querySelectorAll("[role=status], [role=alert], [aria-live]")) {
    const watch = new MutationObserver(() => {
      const text = region.textContent.trim();
      if (text) window.heard.push([region.id || region.className, performance.now(), text]);
    });
    watch.observe(region, { childList: true, characterData: true, subtree: true });
  }
}"""
APART = 5000 - 250  # milliseconds between two announcements of one region, less what a timer errs
BURST, WHILE = 24, 12  # answers, seconds


def says(screen, within="main"):
    """The part of the page as assistive technology reads it."""
    return screen(within).first.aria_snapshot()


def test_the_phone_says_what_is_asked_kept_refused_and_shown(world):
    made = world.session(SCALE, CHOICE)
    page = world.page()
    page.goto(made.join)
    assert '- textbox "Votre nom (facultatif)"' in page.locator("main").aria_snapshot()
    assert '- button "Rejoindre"' in page.locator("main").aria_snapshot()
    phone = world.phone(made, "Ana")
    expect(phone("#voice")).to_have_attribute("role", "status")
    world.instance.act(made, made.lead, {"do": "open", "step": "ville", "seconds": 600})
    phone.is_at("ville")
    for line in (
        '- heading "Quelle ville en mars ?" [level=1]',
        '- radio "Lille"',
        '- radio "Je préfère ne pas répondre"',
        '- button "Voter"',
    ):
        assert line in says(phone, ".activity").replace("\u202f", " "), line
    phone.choose("choice", "1")
    phone.send()
    phone.is_kept()
    assert '- radio "Nantes" [checked]' in says(phone, ".activity")
    expect(phone("#voice")).to_contain_text("Vote enregistré", timeout=PATIENCE)
    world.instance.act(made, made.lead, {"do": "reveal", "run": "r3"})
    phone.is_at("ville", "revealed")
    expect(phone("#voice")).to_contain_text("Quelle ville en mars", timeout=PATIENCE)
    assert "- listitem" in says(phone, ".activity")


def test_the_phone_says_what_is_missing_and_how_little_time_is_left(world):
    made = world.session(CLOUD)
    phone = world.phone(made, "Ana")
    world.instance.act(made, made.lead, {"do": "open", "step": CLOUD["id"], "seconds": 16})
    phone.is_at(CLOUD["id"])
    expect(phone("#voice")).to_have_text("Il reste 10 secondes.", timeout=PATIENCE)
    phone.send()
    missing = phone(".activity [role=alert]:visible")
    expect(missing).to_contain_text("Il manque quelque chose", timeout=PATIENCE)


def test_the_console_says_what_is_opened_and_shown(world):
    made = world.session(CHOICE)
    console = world.console(made)
    assert 'button "Commencer' in says(console, "#session-order")
    console.open("ville")
    now = says(console, "#now").replace("\u202f", " ")
    for line in (
        'heading "Quelle ville en mars ?" [level=2]',
        'button "Clore et montrer',
        'button "Clore',
    ):
        assert line in now, line
    console.reveal("ville")
    expect(console("#voice")).not_to_have_text("", timeout=PATIENCE)
    assert 'button "Cacher' in says(console, "#now")


def test_a_burst_of_answers_is_not_a_burst_of_words(world):
    made = world.session(CLOUD)
    seats = world.instance.make("seats", session=made.session, people=BURST)["seats"]
    console, phone, stage = world.console(made), world.phone(made), world.stage(made)
    console.open("word_cloud")
    phone.is_at("word_cloud")
    phone.page.wait_for_timeout(6000)  # what the opening says is said
    screens = (console, phone, stage)
    for screen in screens:
        screen.page.evaluate(LISTEN)
    for seat in seats:
        world.instance.act(made, seat, {"do": "answer", "run": "r3", "text": "élan"})
        phone.page.wait_for_timeout(1000 * WHILE / BURST)
    for screen in screens:
        assert too_soon(screen.page.evaluate("() => window.heard")) == []


def test_too_many_words_are_heard(world):
    page = world.page()
    page.goto("/")
    page.evaluate("""() => document.body.insertAdjacentHTML("beforeend", "<p id=v role=status>")""")
    page.evaluate(LISTEN)
    for text in ("un", "deux"):
        page.evaluate("(text) => { document.querySelector('#v').textContent = text; }", text)
        page.wait_for_timeout(100)
    assert [one[0] for one in too_soon(page.evaluate("() => window.heard"))] == ["v"]


def too_soon(heard):
    """Announcements that came too soon after the last of their region."""
    last, found = {}, []
    for region, at, text in heard:
        if at - last.get(region, -APART) < APART:
            found.append((region, text))
        last[region] = at
    return found
