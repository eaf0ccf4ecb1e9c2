"""What a room writes is read, hidden, piled, ordered and taken over from paper; nothing is lost."""

import re

from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.people import PATIENCE
from tests.journeys.plan import CLOUD, QUESTIONNAIRE, step

IDEAS = step("ideas", "Par quoi commencer ?", settings={"likes": True, "dots": 3})
READ = step("ideas", "Vos idées", settings={"review": True})
BOARD = step("board", "Le mur", columns=["À garder", "À changer"], settings={"likes": True})
NOTES = step("notes", "Écrire ensemble")
SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"


def write(phone, text):
    phone.write(text)
    phone.send()


def is_fit(page):
    for scheme, width in (("light", 320), ("dark", 768), ("light", 1366)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SIDEWAYS) <= 0, width
        assert violations(page) == []


def test_what_waits_is_read_released_hidden_and_erased(world):
    made = world.session(READ)
    console, ana, bo = world.console(made), world.phone(made, "Ana"), world.phone(made, "Bo")
    stage = world.stage(made)
    console.open("ideas")
    ana.is_at("ideas")
    bo.is_at("ideas")
    write(ana, "une idée à relire")
    ana.sees("en attente de relecture", ".mine")
    console.sees("une idée à relire", ".queue")
    console.sees("1 attend votre relecture", ".queue")
    assert "relire" not in stage("main").text_content() + bo("main").text_content()
    console(".queue .led-words").focus()
    console.page.keyboard.press("Enter")
    console("#now [data-led=release]").click()
    for screen in (bo, stage):
        screen.sees("une idée à relire", ".ideas")
    expect(ana(".mine small")).to_have_count(0, timeout=PATIENCE)
    console(".ideas .led-words").click()
    is_fit(console.page)
    console("#now [data-led=hide]").click()
    for screen in (ana, bo, stage):
        expect(screen(".ideas li")).to_have_count(0, timeout=PATIENCE)
    ana.sees("masqué par l’animation", ".mine")
    console.sees("masqué", ".ideas .led")
    console(".ideas .led-words").click()
    console("#now [data-led=restore]").click()
    bo.sees("une idée à relire", ".ideas")
    expect(ana(".mine small")).to_have_count(0, timeout=PATIENCE)
    console(".ideas .led-words").click()
    console("#now [data-led=erase]").click()
    expect(console("#now [data-led=erase]")).to_contain_text("Appuyez encore")
    bo.sees("une idée à relire", ".ideas")
    console("#now [data-led=erase]").click()
    expect(bo(".ideas li")).to_have_count(0, timeout=PATIENCE)
    expect(console(".led")).to_have_count(0, timeout=PATIENCE)
    assert "relire" not in str(world.instance.archive(made))


def test_ideas_are_found_near_piled_named_and_dotted(world):
    made = world.session(IDEAS)
    console, ana, bo = world.console(made), world.phone(made, "Ana"), world.phone(made, "Bo")
    console.open("ideas")
    for phone in (ana, bo):
        phone.is_at("ideas")
    write(ana, "Former les équipes à la billetterie")
    bo.sees("billetterie", ".ideas")
    bo.write("Former les équipes de billetterie")
    bo.sees("Former les équipes à la billetterie", ".near")
    bo.send()
    expect(bo(".near")).to_be_hidden()
    expect(console(".led")).to_have_count(2, timeout=PATIENCE)
    console.sees("1 proche", ".led")
    ana.tap('[data-dots="i2"] [data-dot="1"]')
    ana.sees("Il vous reste 2 points", "[data-dots-left]")
    ana.has_nothing_waiting()
    ana.page.reload()
    ana.ready()
    ana.sees("Il vous reste 2 points", "[data-dots-left]")
    expect(ana('[data-dots="i2"] b')).to_have_text("1")
    console('[data-item="i2"] .led-words').click()
    console("[data-near-list] button").click()
    expect(bo(".ideas > li")).to_have_count(1, timeout=PATIENCE)
    bo.sees("2 soutiens distincts", ".ideas")
    console('[data-item="i1"] .led-words').click()
    console("[data-topic-form] input[type=text]").fill("Métiers")
    console.page.keyboard.press("Enter")
    bo.sees("Métiers", ".ideas .theme")
    console('[data-item="i2"] .led-words').click()
    console.sees("Rangé sous", "[data-past]")
    is_fit(console.page)
    console("#now [data-led=unstack]").click()
    expect(bo(".ideas > li")).to_have_count(2, timeout=PATIENCE)
    bo.check_targets()
    is_fit(bo.page)


def test_a_wall_of_paper_is_typed_with_the_keyboard_alone(world):
    made = world.session(BOARD)
    console, ana, stage = world.console(made), world.phone(made, "Ana"), world.stage(made)
    console.open("board")
    ana.is_at("board")
    ana.choose("column", "0")
    write(ana, "un mot d’écran")
    console(".paper summary").focus()
    keys = console.page.keyboard
    keys.press("Enter")
    keys.press("Tab")
    keys.type("première note du mur")
    keys.press("Shift+Enter")
    keys.type("deuxième note du mur")
    keys.press("Enter")
    expect(stage(".note")).to_have_count(3, timeout=PATIENCE)
    expect(console(".paper textarea")).to_be_focused()
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Shift+Tab")
    keys.type("autre colonne")
    keys.press("Enter")
    ana.sees("autre colonne", '[data-column="1"]')
    console.counts(1, 1, 1)
    console.page.goto(made.report)
    expect(console("main")).to_contain_text("3 notes reprises du mur", timeout=PATIENCE)


def test_a_text_is_written_together_and_is_the_report(world):
    made = world.session(NOTES)
    console, ana, bo = world.console(made), world.phone(made, "Ana"), world.phone(made, "Bo")
    stage = world.stage(made)
    console.open("notes")
    for phone, text in ((ana, "Nous essayons en mars."), (bo, "Sète accueille.")):
        phone.is_at("notes")
        write(phone, text)
    for screen in (ana, stage):
        expect(screen(".paragraph")).to_have_count(2, timeout=PATIENCE)
    ana('.paragraph.own [role="button"]').tap()
    ana("form.sheet textarea").fill("Nous essayons en mai.")
    ana.check_targets()
    is_fit(ana.page)
    ana("form.sheet button.main").tap()
    expect(bo(".paragraph").first).to_contain_text("en mai", timeout=PATIENCE)
    assert bo(".paragraph [role=button]").count() == 1
    console(".led-words").nth(1).focus()
    console.page.keyboard.press("Alt+ArrowUp")
    expect(stage(".paragraph").first).to_contain_text("Sète", timeout=PATIENCE)
    console(".led-words").first.click()
    is_fit(console.page)
    console("[data-led-sheet] textarea").fill("Sète accueille le premier essai.")
    console("[data-led-sheet] form button").click()
    expect(bo(".paragraph").first).to_contain_text("premier essai", timeout=PATIENCE)
    console.end()
    ana.page.goto(made.report)
    told = ana("main").text_content()
    assert re.search("premier essai.*en mai", told, re.DOTALL)
    assert "Ana" not in told


def test_answers_become_cards_in_one_gesture(world):
    opened = {**QUESTIONNAIRE["questions"][1]}
    opened.pop("show_if")
    made = world.session({**QUESTIONNAIRE, "questions": [opened]}, BOARD)
    console, ana, stage = world.console(made), world.phone(made, "Ana"), world.stage(made)
    console.open("questionnaire")
    ana.is_at("questionnaire")
    ana.write("un atelier raté", "answer.text")
    ana.send()
    console.counts(1, 1, 1)
    console.next()
    console.is_at("board")
    console(".bring select[name=column]").select_option("1")
    console(".bring button").click()
    stage.sees("un atelier raté", '.board [data-column="1"]')
    console.sees("Et chez vous", ".led .origin")
    expect(console(".bring")).to_have_count(0, timeout=PATIENCE)
    is_fit(console.page)


def test_a_board_signs_with_pseudonyms_and_shows_what_is_under_a_note(world):
    made = world.session({**BOARD, "publication": "pseudonyms"})
    console, ana, stage = world.console(made), world.phone(made, "Zébulon"), world.stage(made)
    console.open("board")
    ana.is_at("board")
    ana.sees("sous un pseudonyme", ".promise")
    ana.choose("column", "0")
    for text in ("garder le café", "garder les cafés"):
        write(ana, text)
        stage.sees(text, ".board")
    signed = stage(".note .by").all_text_contents()
    assert len(set(signed)) == 1
    assert "Zébulon" not in str(signed)
    console('[data-item="i2"] .led-words').click()
    console("#now [data-near-list] button").click()
    expect(stage(".note")).to_have_count(1, timeout=PATIENCE)
    stage.sees("garder les cafés", ".note .under")


def test_words_are_put_together_and_hidden_by_hand(world):
    made = world.session(CLOUD)
    console, ana, bo = world.console(made), world.phone(made, "Ana"), world.phone(made, "Bo")
    stage = world.stage(made)
    console.open("word_cloud")
    for phone, text in ((ana, "affiche"), (bo, "affiches"), (ana, "zut")):
        phone.is_at("word_cloud")
        write(phone, text)
    console("#now .near button").click()
    console(".cloud-led summary").click()
    console.sees("affiche, affiches", ".word-list")
    console(".word-list li", has_text="zut").locator("button[data-do=hide]").click()
    expect(console(".word-list s")).to_have_text("zut", timeout=PATIENCE)
    is_fit(console.page)
    console.page.set_viewport_size({"width": 1366, "height": 900})
    console.reveal("word_cloud")
    expect(stage(".cloud > li")).to_have_count(1, timeout=PATIENCE)
    console("button[data-do=split]").click()
    expect(stage(".cloud > li")).to_have_count(2, timeout=PATIENCE)


def test_whoever_leads_sorts_a_board_by_keys_and_by_drag(world):
    made = world.session(step("board", "Le mur", columns=["Ici", "Là"], settings={"move": "own"}))
    console, ana = world.console(made), world.phone(made, "Ana")
    console.open("board")
    ana.is_at("board")
    for text in ("une lampe", "un banc"):
        ana.write(text)
        ana.choose("column", "0")
        ana.send()
        console.sees(text, "section[data-column='0']")
    ana.has_nothing_waiting()
    console("section[data-column='0'] .led-words").first.focus()
    console.page.keyboard.press("Enter")
    sheet = console("#now [data-led-sheet]")
    expect(sheet.locator("[data-led=sort]:visible")).to_have_text(["Déplacer vers : Là"])
    is_fit(console.page)
    sheet.locator("[data-led=sort]:visible").focus()
    console.page.keyboard.press("Enter")
    console.sees("une lampe", "section[data-column='1']")
    ana.sees("une lampe", "section[data-column='1']")
    console("section[data-column='0'] .note").first.drag_to(console("section[data-column='1']"))
    ana.sees("un banc", "section[data-column='1']")
    expect(ana("section[data-column='0'] .note")).to_have_count(0, timeout=PATIENCE)


def test_answers_to_a_questionnaire_are_read_hidden_and_erased(world):
    form = [{"kind": "open", "id": "mot", "title": "Un mot de la fin ?"}]
    made = world.session(step("questionnaire", "Bilan", questions=form, settings={"review": True}))
    console, stage = world.console(made), world.stage(made)
    console.open("questionnaire")
    for name, text in (("Ana", "une réponse à relire"), ("Bo", "une autre")):
        phone = world.phone(made, name)
        phone.is_at("questionnaire")
        phone.write(text, "answer.text")
        phone.send()
        phone.sees("C’était la dernière question")
        phone.has_nothing_waiting()
        told = phone("[data-receipt]", has_text="Réponse")
        expect(told).to_contain_text("En attente de relecture.", timeout=PATIENCE)
    console.sees("2 attendent votre relecture", ".queue")
    console.reveal("questionnaire")
    stage.is_at("questionnaire", "revealed")
    assert "relire" not in stage("main").text_content()
    console(".written > summary").click()
    console(".written .led-words", has_text="relire").focus()
    console.page.keyboard.press("Enter")
    is_fit(console.page)
    console("#now [data-led=release]").click()
    stage.sees("une réponse à relire", ".quotes")
    assert "une autre" not in stage("main").text_content()
    console(".written .led-words", has_text="relire").click()
    console("#now [data-led=hide]").click()
    expect(stage(".quotes")).to_have_count(0, timeout=PATIENCE)
    console(".written .led-words", has_text="relire").click()
    console("#now [data-led=erase]").click()
    console("#now [data-led=erase]").click()
    expect(console(".written .led")).to_have_count(1, timeout=PATIENCE)
    assert "relire" not in str(world.instance.archive(made))
