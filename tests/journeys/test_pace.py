"""A survey open until a date: three people at their own pace, one too late, and a report."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.keys import Keys
from tests.journeys.people import LAPTOP, PATIENCE, Phone
from tests.journeys.plan import CHAT, CHOICE, IDEAS, PAUSE, SINGLE, step
from tests.journeys.words import foreign

WORD = {"id": "mot", "kind": "open", "title": "Un mot de plus ?"}
SURVEY = step("questionnaire", "Et chez vous ?", questions=[SINGLE, WORD])
STEPS = (SURVEY, IDEAS, PAUSE, CHOICE)
NARROW = {"viewport": {"width": 320, "height": 640}}
SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"
OTHERS = 10  # people who answer without a browser
WHY = "Vous envoyer le compte-rendu"
THEIRS = {WHY, "Fil de discussion", "Vote", "Questionnaire"}


def local(at):
    """A moment as the clocks of the house say it, for a form or an act."""
    return at.astimezone(ZoneInfo("Europe/Paris")).replace(tzinfo=None).isoformat()


def lead(world, made, do, **body):
    (reply,) = world.instance.act(made, made.lead, {"do": do, **body})
    assert "ack" in reply, reply


def go(phone, title):
    phone("[data-pace-go]", has_text=title).tap(timeout=PATIENCE)
    expect(phone("#now > .activity:visible h1")).to_be_focused(timeout=PATIENCE)


def back(phone):
    phone("[data-pace-back]:visible").first.tap(timeout=PATIENCE)
    expect(phone("[data-pace-go]").first).to_be_visible(timeout=PATIENCE)


def done(phone, *said):
    expect(phone(".pace-done")).to_have_text(list(said), timeout=PATIENCE)


def test_a_survey_open_until_a_date(world):
    made = world.session(*STEPS, beside=(CHAT,))
    console = world.console(made)
    prepare(world, made, console)
    ana, again = in_two_sittings(world, made)
    bo = changes_his_mind(world, made)
    cy = by_keyboard(world, made)
    others(world, made)
    answered = console("#session-figures dd").nth(2)
    expect(answered).to_have_text(str(3 + OTHERS), timeout=PATIENCE)  # of any step, each once
    passes(world, made, console, bo, (again, cy))
    leaves_an_address(world, made, ana)
    reads_of_some(made, console)


def prepare(world, made, console):
    """The date is given in the editor, the door opened from the console."""
    editor = console.page.context.new_page()
    editor.goto(f"/s/{made.code}/prepare")
    editor.locator("summary", has_text="Ouvrir jusqu’à une date").click()
    until = datetime.now(UTC) + timedelta(days=3)
    editor.locator("input[name=until]").fill(local(until)[:16])
    editor.get_by_role("button", name="Enregistrer la date").click()
    expect(editor.locator("#session-pace .closes")).to_contain_text(
        "dans 3 jours", timeout=PATIENCE
    )
    editor.close()
    door = world.page(NARROW)
    door.goto(made.join)
    expect(door.locator("main")).to_contain_text("dans 3 jours")
    expect(door.locator("main")).to_contain_text("compté·e deux fois")
    early = Phone.join(world.page(NARROW, has_touch=True), made.join)
    early.sees("Ce n’est pas encore ouvert")
    console("[data-do='pace.open']").click(timeout=PATIENCE)
    expect(early("[data-pace-go]")).to_have_count(3, timeout=PATIENCE)  # the pause is for the room
    early.page.close()


def in_two_sittings(world, made):
    ana = world.phone(made, "Ana")
    done(ana, "À faire", "À faire", "À faire")
    assert ana.page.evaluate(SIDEWAYS) <= 0
    go(ana, "Et chez vous ?")
    ana.check_targets()
    ana.choose("answer.choice", 2)
    ana.send()
    ana.question("mot")
    ana.write("à moitié", "answer.text")
    back(ana)
    done(ana, "Brouillon gardé sur cet appareil", "À faire", "À faire")
    ana.page.wait_for_function(
        "() => Object.keys(localStorage).some((key) => key.includes('draft.'))", timeout=PATIENCE
    )
    context = ana.page.context
    ana.page.close()
    page = context.new_page()  # days later, by the same link
    page.goto(made.join)
    again = Phone(page).ready()
    done(again, "Brouillon gardé sur cet appareil", "À faire", "À faire")
    go(again, "Et chez vous ?")
    again.question("mot")
    expect(again('[name="answer.text"]:visible')).to_have_value("à moitié")
    again.write("tout entier", "answer.text")
    again.send()
    expect(again("[data-end]")).to_be_visible(timeout=PATIENCE)
    again.tap("[data-pace-next]")
    expect(again("#now > .activity:visible h1")).to_have_text(IDEAS["title"], timeout=PATIENCE)
    again.write("médiation")
    again.send()
    again.tap("[data-pace-next]")
    again.choose("choice", 1)
    again.send()
    again.is_kept()
    back(again)
    done(again, "Fini", "Fini", "Fini")
    again.sees("Tout est fait", "[data-pace-all]")
    go(again, IDEAS["title"])
    again.write("jamais envoyé")
    back(again)
    done(again, "Fini", "Brouillon gardé sur cet appareil", "Fini")
    return context, again


def changes_his_mind(world, made):
    bo = world.phone(made, "Bo")
    go(bo, CHOICE["title"])
    bo.choose("choice", 0)
    bo.send()
    bo.is_kept()
    bo.page.reload()
    bo.ready()
    done(bo, "À faire", "À faire", "Fini")
    go(bo, CHOICE["title"])
    bo.choose("choice", 2)
    bo.send()
    bo.is_kept("compté 1 fois")
    back(bo)
    return bo


def by_keyboard(world, made):
    page = world.page(NARROW)
    keys = Keys(page)
    page.goto(made.join)
    keys.act("main form button.go")
    cy = Phone(page).ready()
    keys.walk()
    keys.act("[data-pace-go]")
    keys.is_on("#now > .activity:not([hidden]) h1")
    keys.pick(".question:not([hidden])", 0)
    keys.act(".question:not([hidden]) button.go")
    cy.question("mot")
    keys.write(".question:not([hidden]) textarea", "au clavier")
    keys.act(".question:not([hidden]) button.go")
    expect(cy("[data-end]")).to_be_visible(timeout=PATIENCE)
    keys.act("[data-pace-back]")
    keys.is_on("[data-pace-go]")
    done(cy, "Fini", "À faire", "À faire")
    assert page.evaluate(SIDEWAYS) <= 0
    return cy


def others(world, made):
    seats = world.instance.make("seats", session=made.session, people=OTHERS)["seats"]
    for n, seat in enumerate(seats):
        answer = {"question": "stade", "answer": {"choice": [2 * (n % 2)]}}
        said = (
            {"do": "answer", "run": "r2", **answer},
            {"do": "answer", "run": "r4", "choice": [0]},
        )
        assert all("ack" in one for one in world.instance.act(made, seat, *said))


def passes(world, made, console, bo, phones):
    """The date is moved to come at once; Bo, in a tunnel, sends an idea that comes too late."""
    world.watch.allow("ERR_INTERNET|WebSocket connection to")
    go(bo, IDEAS["title"])
    bo.page.context.set_offline(True)
    bo.write("trop tard, dit le train")
    bo.send()
    lead(world, made, "pace.until", until=local(datetime.now(UTC) + timedelta(seconds=1)))
    for screen in phones:
        screen.sees("C’est clos, merci", ".pace")
    done(phones[0], "Envoyé", "Un brouillon n’a pas été envoyé", "Envoyé")
    expect(console("#session-pace")).to_contain_text("C’est fermé", timeout=PATIENCE)
    bo.page.context.set_offline(False)
    bo.sees("Ce que vous aviez envoyé avant est gardé", "#kept")
    bo.sees("trop tard, dit le train", "#kept")
    expect(bo("#kept button").first).to_be_visible()
    shut = [one for one in world.instance.archive(made)["entries"] if one["kind"] == "session.shut"]
    assert [sorted(one["body"]) for one in shut] == [["until"]]  # the date did it


def leaves_an_address(world, made, context):
    lead(world, made, "pace.address", why=WHY)
    page = context.pages[-1]
    page.locator(".pace-after a", has_text="Laisser une adresse").tap(timeout=PATIENCE)
    page.locator("input[name=email]").fill("ana@example.org")
    page.locator("label", has_text=WHY).tap()
    page.locator("main form button.go").tap()
    expect(page.locator("h1")).to_have_text("Merci, elle est gardée.")
    kept = world.instance.archive(made)
    assert "ana@example.org" not in str(kept)


def reads_of_some(made, console):
    page = console.page
    page.goto(f"/s/{made.code}/addresses")
    expect(page.locator(".address-list")).to_contain_text("ana@example.org")
    page.goto(made.report)
    page.locator("select[name=only]").select_option(label="on essaie")
    page.locator("form.filter button").click()
    expect(page.locator("#filter")).to_contain_text("« on essaie »")
    expect(page.locator("#filter .facts")).to_contain_text("6")  # Ana and the five others
    expect(page.locator("main")).to_contain_text("tout entier")
    expect(page.locator("main")).not_to_contain_text("au clavier")
    assert violations(page) == []
    page.locator("select[name=only]").select_option(label="on y réfléchit")
    page.locator("form.filter button").click()
    expect(page.locator("form.filter")).to_contain_text("Moins de 5 personnes")


def test_every_screen_of_it_in_both_languages(world):
    faults = []
    for language in ("fr", "en"):
        made = world.session(*STEPS, beside=(CHAT,))
        context = world.context(LAPTOP)
        cookie = {"name": "language", "value": language, "url": world.instance.address}
        context.add_cookies([cookie])
        seen = Seen(language, faults)
        later = local(datetime.now(UTC) + timedelta(hours=20))
        lead(world, made, "pace.until", until=later)
        lead(world, made, "pace.address", why=WHY)
        lead(
            world,
            made,
            "pace.sort",
            name="Stade",
            lines="on essaie: 12",
            question="questionnaire/stade",
        )
        stranger, phone, team = (context.new_page() for _ in range(3))
        for name, path in (("join", made.join), ("address", f"{made.join}address")):
            stranger.goto(path)
            seen(name, stranger)
        phone.goto(made.join)
        phone.locator("main form button.go").click()
        expect(phone.locator("[data-pace=soon]")).to_be_visible(timeout=PATIENCE)
        seen("soon", phone)
        lead(world, made, "pace.open")
        expect(phone.locator("[data-pace=open]")).to_be_visible(timeout=PATIENCE)
        seen("list", phone)
        phone.locator("[data-pace-go]").first.click()
        seen("step", phone)
        phone.locator("[data-pace-back]:visible").first.click()
        made_link = world.instance.make("links", session=made.session)["link"]
        team.goto(f"/enter/{made_link}")
        team.locator("main form button.go").click()
        expect(team.locator("#session-pace[data-open]")).to_be_visible(timeout=PATIENCE)
        for summary in team.locator("#session-pace summary").all():
            summary.click()
        seen("console", team)
        team.goto(made.stage)
        expect(team.locator(".pace-stage")).to_be_visible(timeout=PATIENCE)
        seen("stage", team)
        team.goto(f"/s/{made.code}/addresses")
        seen("addresses", team)
        team.goto(f"/s/{made.code}/prepare")
        team.locator("#session-pace summary").first.click(timeout=PATIENCE)
        expect(team.locator("#session-pace .closes")).to_be_visible(timeout=PATIENCE)
        seen("editor", team)
        lead(world, made, "pace.close")
        expect(phone.locator("[data-pace=closed]")).to_be_visible(timeout=PATIENCE)
        seen("closed", phone)
        context.close()
    assert not faults, "\n".join(faults)


class Seen:
    """Looks at a page as `tests/journeys/test_screens.py` does, narrow and dark, wide and light."""

    def __init__(self, language, faults):
        self.language, self.faults = language, faults

    def __call__(self, name, page):
        size = page.viewport_size
        for scheme, width in (("dark", 320), ("light", 1366)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            found = violations(page)
            if width == 320 and page.evaluate(SIDEWAYS) > 0:
                found.append("scrolls sideways")
            self.faults += [f"{self.language} {name} {scheme} {width}: {one}" for one in found]
        page.set_viewport_size(size)
        words = foreign(page, self.language, THEIRS)
        self.faults += [f"{self.language} {name} says: {text}" for text in words]
