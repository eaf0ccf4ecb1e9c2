"""A question's picture: seen on every screen, kept after."""

import base64
import io

import pypdf
from playwright.sync_api import expect

from tests.data.dot import DOT
from tests.journeys.people import PATIENCE, Screen
from tests.journeys.plan import SINGLE, step

WORDS = "Un point rouge"
IMAGE = {"src": f"data:image/png;base64,{base64.b64encode(DOT).decode()}", "alt": WORDS}
LOADED = "(image) => image.complete && image.naturalWidth === 1"
SITUATION = step("questionnaire", "Et chez vous ?", questions=[{**SINGLE, "image": IMAGE}])


def shows(screen):
    picture = screen(f'img[alt="{WORDS}"]:visible').first
    expect(picture).to_be_visible(timeout=PATIENCE)
    assert picture.evaluate(LOADED)


def test_the_picture_of_a_question(world):
    made = world.session(SITUATION)
    console, stage, phone = world.console(made), world.stage(made), world.phone(made)
    console.open("questionnaire")
    phone.is_at("questionnaire")
    shows(phone)
    console.reveal("questionnaire")
    for screen in (phone, stage):
        screen.is_at("questionnaire", "revealed")
        shows(screen)
    bars = stage("[data-card]:visible .bars").bounding_box()
    assert bars["height"] > 300
    report = Screen(console.page.context.new_page())
    report.page.goto(made.report)
    shows(report)
    made = report.page.request.get(f"{made.report}.pdf").body()
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    assert sum(len(one.images) for one in pages) == 1
