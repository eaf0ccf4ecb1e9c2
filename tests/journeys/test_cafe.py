"""A café from the join link to the report: three phones, one console, one big screen, all kinds."""

import pytest
from playwright.sync_api import expect

from tests.journeys.cafe import OWN, SILENT, Cafe, read_report, repeats
from tests.journeys.people import PATIENCE
from tests.journeys.plan import TRAP
from tests.journeys.world import World

ARROWS = ("arrowright", "arrowleft")


@pytest.fixture(scope="module")
def cafe(browser, instance):
    """Played once, step by step, by the tests of this file in their order."""
    with World(browser, instance) as world:
        yield Cafe(world)


def test_all_are_counted_before_anything_is_open(cafe):
    cafe.console.counts(3, 3, 0)
    for phone in cafe.phones:
        phone.sees("Un café, une heure, un sujet.")
        phone.check_targets()
    cafe.stage.sees(f"{cafe.made.code[:3]} {cafe.made.code[3:]}", "body")


def test_challenge(cafe):
    cafe.open("challenge")
    for phone, text in zip(cafe.phones, ("15/09/2022", "26-9-22", "26/09/2023"), strict=True):
        phone.write(text)
        phone.send()
        expect(phone(".mine li:not(.pending)")).to_have_text([text], timeout=PATIENCE)
    cafe.console.counts(3, 3, 3)
    assert "2022" not in cafe.stage("main").inner_text()
    cafe.reveal("challenge")
    cafe.stage.sees("26/09/2022")
    for screen in (*cafe.phones, cafe.stage):
        screen.sees("Bo")
    expect(cafe.phones[1]("[data-if-mine=right]")).to_be_visible()
    expect(cafe.phones[0]("[data-if-mine=right]")).to_be_hidden()


def test_questionnaire(cafe):
    cafe.open("questionnaire")
    ana, bo, nobody = cafe.phones
    for phone, choice in ((ana, "2"), (bo, "1"), (nobody, "")):
        phone.question("stade")
        phone.choose("answer.choice", choice)
        phone.check_targets()
        phone.send()
    ana.question("essai")
    ana.write(TRAP, "answer.text")
    ana.send()
    for phone in (bo, nobody):
        expect(phone('.question[data-question="essai"]')).to_be_hidden()
    ana.question("frein")
    ana.choose("answer.choice", "0")
    ana.choose("answer.choice", "2")
    expect(ana(".question:visible input[value='0']")).not_to_be_checked()
    ana.choose("answer.choice", "1")
    expect(ana(".question:visible input[value='2']")).not_to_be_checked()
    ana.send()
    for phone in (bo, nobody):
        phone.question("frein")
        phone.choose("answer.choice", "0")
        phone.send()
    for phone, first in ((ana, 2), (bo, 2), (nobody, 0)):
        phone.question("suivi")
        phone.check_targets()
        phone.rank_first(first)
        phone.send()
    for phone, grade in ((ana, "5"), (bo, "4"), (nobody, "")):
        phone.question("note")
        phone.choose("answer.value", grade)
        phone.check_targets()
    ana.write("Plus clair qu’avant", "answer.comment")
    for phone in cafe.phones:
        phone.send()
        expect(phone("[data-end]")).to_be_visible(timeout=PATIENCE)
        phone.has_nothing_waiting()
    cafe.console.counts(3, 3, 3)
    cafe.console.close("questionnaire")
    for phone, said in zip(cafe.phones, OWN, strict=True):
        repeats(phone, said)
    ana.page.reload()
    repeats(ana.ready(), OWN[0])
    cafe.reveal("questionnaire")
    for phone in cafe.phones:
        expect(phone("[data-answer]")).to_have_count(0)
    for screen in cafe.phones:
        screen.sees(TRAP)
        screen.sees("Plus clair qu’avant")


def test_the_console_turns_the_questions_that_the_stage_shows(cafe):
    forth, back = (cafe.console(f"[data-do=show][data-key={key}]") for key in ARROWS)
    for place in range(1, 5):
        expect(cafe.stage(".stage-kicker")).to_contain_text(f"{place} / 5", timeout=PATIENCE)
        forth.click(timeout=PATIENCE)
    expect(cafe.stage(".stage-kicker")).to_contain_text("5 / 5", timeout=PATIENCE)
    expect(forth).to_have_attribute("aria-disabled", "true")
    back.click()
    expect(cafe.stage(".stage-kicker")).to_contain_text("4 / 5", timeout=PATIENCE)
    cafe.stage.page.reload()
    expect(cafe.stage(".stage-kicker")).to_contain_text("4 / 5", timeout=PATIENCE)
    cafe.console.page.keyboard.press("ArrowLeft")
    expect(cafe.stage(".stage-kicker")).to_contain_text("3 / 5", timeout=PATIENCE)


def test_word_cloud(cafe):
    cafe.open("word_cloud")
    for phone, words in zip(cafe.phones, (("Élan", "café"), ("élan",), ("l'élan",)), strict=True):
        for word in words:
            phone.write(word)
            phone.send()
        expect(phone(".mine li:not(.pending)")).to_have_text(words, timeout=PATIENCE)
    cafe.reveal("word_cloud")
    for screen in (*cafe.phones, cafe.stage):
        screen.sees("4 mots envoyés")
        screen.sees("3 personnes")


def test_ideas(cafe):
    cafe.open("ideas")
    ana, bo, nobody = cafe.phones
    for phone, text in ((ana, "médiation"), (bo, TRAP)):
        phone.write(text)
        phone.send()
    for phone in cafe.phones:
        expect(phone(".idea")).to_have_count(2, timeout=PATIENCE)
        phone.check_targets()
    for phone in (bo, nobody):
        phone('.idea:has-text("médiation") .like').tap()
    nobody(f'.idea:has-text("{TRAP}") .like').tap()
    nobody(f'.idea:has-text("{TRAP}") .like[aria-pressed=true]').wait_for()
    nobody.page.wait_for_timeout(800)  # beyond what counts as one double tap
    nobody(f'.idea:has-text("{TRAP}") .like').tap()
    expect(ana('.idea:has-text("médiation") .like')).to_have_text("2", timeout=PATIENCE)
    expect(ana('.idea:has-text("médiation") .like')).to_be_disabled()
    expect(ana(f'.idea:has-text("{TRAP}") .like')).to_have_text("0", timeout=PATIENCE)
    cafe.reveal("ideas")
    cafe.stage.sees("2 idées")
    cafe.stage.sees(TRAP)


def test_board(cafe):
    cafe.open("board")
    ana, bo, nobody = cafe.phones
    for phone, text, column in ((ana, "Une liste des aides", 0), (bo, TRAP, 1)):
        phone.write(text)
        phone.choose("column", str(column))
        phone.send()
    for phone in cafe.phones:
        expect(phone(".note")).to_have_count(2, timeout=PATIENCE)
        phone.check_targets()
    nobody('.note:has-text("Une liste")').tap()
    nobody.check_targets()
    nobody.tap('.sheet [data-sheet-do=move][data-column="1"]')
    for screen in (*cafe.phones, cafe.stage, cafe.console):
        expect(screen('[data-column="1"] .note')).to_have_count(2, timeout=PATIENCE)
    bo('.note:has-text("Une liste")').tap()
    bo.tap(".sheet [data-sheet-do=like]")
    expect(ana('.note:has-text("Une liste")')).to_have_attribute(
        "data-likes", "1", timeout=PATIENCE
    )
    cafe.reveal("board")


def test_pause(cafe):
    cafe.console.open("pause")
    for screen in (*cafe.phones, cafe.stage):
        screen.is_at("pause")
        screen.sees("trois récits")
    cafe.console.close("pause")


def test_votes_with_an_abstention(cafe):
    for step, name, values, said in (
        ("avis", "value", ("5", "4", ""), ("5 / 5", "4 / 5", "Sans avis")),
        ("ville", "choice", ("2", "2", ""), ("Sète", "Sète", SILENT)),
    ):
        cafe.open(step)
        for phone, value in zip(cafe.phones, values, strict=True):
            phone.choose(name, value)
            phone.send()
            phone.is_kept()
        cafe.console.counts(3, 3, 3)
        cafe.console.close(step)
        for phone, one in zip(cafe.phones, said, strict=True):
            expect(phone("[data-answer] li:visible")).to_have_text([one], timeout=PATIENCE)
        assert "sur 5" not in cafe.stage("main").inner_text()
        cafe.reveal(step)
        for screen in (*cafe.phones, cafe.stage):
            screen.sees("3 réponses")
    cafe.stage.sees("Sète")
    cafe.stage.sees("100")


def test_slides_and_chat(cafe):
    cafe.console(".slides button[data-turn='1']").click()
    cafe.stage.sees("Page 1 sur 3")
    cafe.console(".slides button[data-turn='1']").click()
    cafe.stage.sees("Page 2 sur 3")
    cafe.stage.page.reload()
    cafe.stage.sees("Page 2 sur 3")
    expect(cafe.stage('[data-step="ville"]')).to_be_hidden()
    cafe.console("button[data-do=stage]").click()
    cafe.stage.is_at("ville", "revealed")
    expect(cafe.console("button[data-do=stage]")).to_have_count(0, timeout=PATIENCE)
    ana = cafe.phones[0]
    ana.tap(".chat summary")
    ana.check_targets()
    ana(".chat textarea").fill(TRAP)
    ana.tap(".chat form button")
    expect(cafe.console(".chat li")).to_contain_text([TRAP], timeout=PATIENCE)
    expect(cafe.console(".chat li")).to_contain_text(["Ana"])


def test_the_end_and_the_report(cafe):
    cafe.console.end()
    for phone in cafe.phones:
        phone.sees("Lire le compte-rendu")
    expect(cafe.stage("body")).to_have_attribute("data-stage", "ended", timeout=PATIENCE)
    for page in (cafe.console.page, cafe.phones[0].page):
        read_report(page)
