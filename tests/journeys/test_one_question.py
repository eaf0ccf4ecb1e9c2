"""A question that is alone has no place among others: nothing says where one is."""

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE
from tests.journeys.plan import SINGLE, step


def test_a_question_alone_is_asked_answered_and_changed(world):
    made = world.session(step("questionnaire", "Et chez vous ?", questions=[SINGLE]))
    console, stage, phone = world.console(made), world.stage(made), world.phone(made)
    console.open("questionnaire")
    phone.question("stade")
    for part in (".progress", ".steps-nav button"):
        expect(phone(part).filter(visible=True)).to_have_count(0)
    phone.choose("answer.choice", "1")
    phone.send()
    phone.sees("C’était la dernière question")
    phone.tap(".steps-nav button:visible")
    phone.question("stade")
    console.reveal("questionnaire")
    stage.is_at("questionnaire", "revealed")
    expect(stage(".stage-kicker")).to_have_text("Et chez vous ?", timeout=PATIENCE)
    expect(console("#now button[data-do=show]")).to_have_count(0)
