"""A question's picture: seen on every screen, kept after."""

import base64
import io
import re

import PIL.Image
import pypdf
from playwright.sync_api import expect

from bench.axe import violations
from tests.data.dot import DOT
from tests.journeys.keys import Keys
from tests.journeys.people import PATIENCE, SMALL, TOUCH, Screen
from tests.journeys.plan import CHOICE, SINGLE, step
from tests.journeys.test_prepare import FORM, Studio
from tests.journeys.test_screens import SIDEWAYS

WORDS = "Un point rouge"
IMAGE = {"src": f"data:image/png;base64,{base64.b64encode(DOT).decode()}", "alt": WORDS}
LOADED = "(image, least) => image.complete && image.naturalWidth >= least"
SITUATION = step("questionnaire", "Et chez vous ?", questions=[{**SINGLE, "image": IMAGE}])


def shows(screen, alt=WORDS, least=1):
    picture = screen(f'img[alt="{alt}"]').first
    picture.scroll_into_view_if_needed(timeout=PATIENCE)
    expect(picture).to_be_visible(timeout=PATIENCE)
    screen.page.wait_for_function(
        f"([one, least]) => ({LOADED})(one, least)", arg=[picture.element_handle(), least]
    )


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


def photograph(colour):
    """A picture as cameras make them, larger than any screen of ours shows it."""
    made = io.BytesIO()
    PIL.Image.new("RGB", (2400, 1600), colour).save(made, "JPEG")
    return {"name": "affiche.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def test_pictures_are_chosen_and_described_in_the_editor(world):
    made = world.session({**SITUATION, "questions": [SINGLE]})
    studio = Studio.enter(world, made, viewport={"width": 320, "height": 700})
    studio(".panes [data-pane=form]").click()
    question = studio(f'{FORM} [data-item="{SINGLE["id"]}"] [data-picture]')
    question.locator("input[type=file]").set_input_files(photograph("crimson"))
    question.get_by_role("button", name="Montrer cette image").click()
    wrong = question.locator(".wrong:visible")
    expect(wrong).to_have_text("Il faut quelque chose ici.")
    words = question.get_by_label("Ce que montre l’image")
    expect(words).to_be_focused()
    expect(words).to_have_accessible_description("Il faut quelque chose ici.")
    assert studio.page.evaluate(SIDEWAYS) <= 0
    assert studio.page.evaluate(SMALL, TOUCH) == []
    assert not violations(studio.page)
    words.fill("Une affiche rouge")
    question.get_by_role("button", name="Montrer cette image").click()
    expect(question.locator("img")).to_be_visible(timeout=PATIENCE)
    expect(question.locator("input[type=file]")).to_be_focused()
    assert not violations(studio.page)
    more = studio(f"{FORM} > details.more")
    more.locator("summary").first.click()
    step = more.locator("[data-picture]")
    step.locator("input[type=file]").set_input_files(photograph("navy"))
    step.get_by_label("Ce que montre l’image").fill("Un rideau bleu")
    step.get_by_role("button", name="Montrer cette image").click()
    expect(step.locator("img")).to_be_visible(timeout=PATIENCE)
    console, stage, phone = world.console(made), world.stage(made), world.phone(made)
    console.open("questionnaire")
    phone.is_at("questionnaire")
    for alt in ("Une affiche rouge", "Un rideau bleu"):
        shows(phone, alt, 600)
    shows(stage, "Un rideau bleu", 600)
    assert phone.page.evaluate(SIDEWAYS) <= 0
    console.reveal("questionnaire")
    shows(stage, "Une affiche rouge", 600)
    report = Screen(console.page.context.new_page())
    report.page.goto(made.report)
    for alt in ("Une affiche rouge", "Un rideau bleu"):
        shows(report, alt, 600)
    pages = pypdf.PdfReader(io.BytesIO(report.page.request.get(f"{made.report}.pdf").body())).pages
    assert sum(len(one.images) for one in pages) == 2


def test_a_picture_is_changed_refused_and_taken_out_by_keyboard_alone(world):
    world.watch.allow("400")
    made = world.session({**CHOICE, "image": IMAGE})
    studio = Studio.enter(world, made)
    keys = Keys(studio.page)
    keys.act(f"{FORM} > details.more > summary")
    choose = f"{FORM} [data-picture] input[type=file]"
    told = studio(f"{FORM} [data-told]:visible")
    keys.choose(choose, {**photograph("navy"), "buffer": b"not a picture"})
    expect(told).to_have_text(re.compile("image"), timeout=PATIENCE)
    keys.is_on(f"{FORM} [data-picture-leave]")
    keys.press("Enter")
    expect(told).to_have_count(0)
    keys.choose(choose, photograph("navy"))
    keys.is_on(f"{FORM} [data-picture-form] textarea")
    expect(studio(f"{FORM} [data-picture-form] textarea")).to_have_value(WORDS)
    studio.page.keyboard.type(", de nuit")
    keys.act(f"{FORM} [data-picture-put]")
    alt = studio(f"""{FORM} [data-path='["image","alt"]']""")
    expect(alt).to_have_value(f"{WORDS}, de nuit", timeout=PATIENCE)
    image = studio(f"{FORM} [data-picture] img")
    expect(image).to_have_attribute("src", re.compile(r"picture/"), timeout=PATIENCE)
    keys.is_on(choose)
    keys.act(f"{FORM} [data-clear]")
    expect(image).to_have_count(0, timeout=PATIENCE)
    studio("[data-undo]").press("Enter")
    expect(image).to_be_visible(timeout=PATIENCE)


def test_the_photo_of_a_wall_is_kept_with_the_notes(world):
    made = world.session(CHOICE)
    console = world.console(made, viewport={"width": 320, "height": 700})
    console('.panes [data-pane="notes"]').click()
    wall = console(".notes-panel [data-picture]")
    wall.locator("input[type=file]").set_input_files(photograph("olive"))
    wall.get_by_label("Ce que montre l’image").fill("Douze notes sur le mur")
    assert console.page.evaluate(SIDEWAYS) <= 0
    assert not violations(console.page)
    wall.get_by_role("button", name="Garder cette image").click()
    shows(console, "Douze notes sur le mur", 300)
    console.page.reload()
    console('.panes [data-pane="notes"]').click()
    shows(console, "Douze notes sur le mur", 300)
    report = Screen(console.page.context.new_page())
    report.page.goto(made.report)
    shows(report, "Douze notes sur le mur", 600)
