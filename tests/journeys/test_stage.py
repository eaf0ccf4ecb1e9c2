"""The big screen: its look is its own, its smallest letter is read from the back."""

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.people import PATIENCE
from tests.journeys.plan import BOARD, CHOICE, CLOUD, PAUSE, SCALE, step

# Every text that shows, with the height of its letters against that of the screen.
SMALL = """() => {
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim();
    const parent = texts.currentNode.parentElement;
    if (!text || parent.closest(".said, .stage-menu, script, [hidden]")) continue;
    if (!parent.checkVisibility({ visibilityProperty: true })) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size < innerHeight / 40) found.add(`${text.slice(0, 40)}: ${size}`);
  }
  return [...found];
}"""
CROWD = step("vote", "Laquelle ?", id="foule", options=[f"Salle {n}" for n in range(1, 11)])
LONG = "D’abord beaucoup, sans juger. Puis soutenez celles que vous aideriez à faire."
CUT = (
    "() => ((list) => list.scrollHeight > list.clientHeight + 1)(document.querySelector('.ideas'))"
)
SIZES = ((1920, 1080), (1280, 720), (1024, 768))


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_a_stage_is_readable_from_the_back_in_every_look(world, theme):
    made = world.session(CLOUD, BOARD, CHOICE, SCALE, CROWD, PAUSE)
    seats = world.instance.make("seats", session=made.session, people=2)["seats"]
    stage = world.stage(made)
    stage.page.keyboard.press("t")
    stage(f"[data-theme-choice={theme}]").click()
    stage.page.keyboard.press("Escape")
    assert f"theme={theme}" in stage.page.url
    answers = {
        "word_cloud": {"text": "élan"},
        "board": {"text": "Une liste", "column": 0},
        "ville": {"choice": [1]},
        "avis": {"value": 4},
        "foule": {"choice": [9]},
    }
    faults = []
    world.instance.act(made, made.lead, {"do": "tell", "text": "On vote"})
    world.instance.act(made, made.lead, {"do": "record", "on": True})
    for number, (name, body) in enumerate(answers.items(), 3):
        run = f"r{number}"
        world.instance.act(made, made.lead, {"do": "open", "step": name, "seconds": 600})
        for seat in seats:
            world.instance.act(made, seat, {"do": "answer", "run": run, **body})
        stage.is_at(name)
        faults += look(stage.page, f"{name} open")
        world.instance.act(made, made.lead, {"do": "reveal", "run": run})
        stage.is_at(name, "revealed")
        faults += look(stage.page, f"{name} shown")
    assert not faults, "\n".join(faults)
    stage.page.reload()
    expect(stage("body")).to_have_attribute("data-theme", theme)


def look(page, state):
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{state} {width}: {one}" for one in page.evaluate(SMALL)]
    found += [f"{state}: {one}" for one in violations(page)]
    return found


def test_a_look_that_is_not_ours_changes_nothing(world):
    made = world.session(CHOICE)
    stage = world.stage(made)
    stage.page.goto(f"{stage.page.url}?theme=%22%3E%3Cb%3E")
    expect(stage("main#screen:not([aria-busy])")).to_be_attached(timeout=PATIENCE)
    assert stage("body").get_attribute("data-theme") is None


def test_ideas_all_show_and_are_readable_from_the_back(world):
    ideas = step("ideas", "Par quoi commencer ?", instruction=LONG, settings={"likes": True})
    made = world.session(ideas)
    seats = world.instance.make("seats", session=made.session, people=9)["seats"]
    stage = world.stage(made)
    page = stage.page
    world.instance.act(made, made.lead, {"do": "open", "step": "ideas"})
    stage.is_at("ideas")
    for number, seat in enumerate(seats, 1):
        text = f"Un café des équipes, chaque mois, dans la maison n° {number}"
        world.instance.act(made, seat, {"do": "answer", "run": "r3", "text": text})
    expect(stage(".idea")).to_have_count(len(seats), timeout=PATIENCE)
    world.instance.act(made, made.lead, {"do": "stack", "run": "r3", "items": ["i2"], "onto": "i1"})
    expect(stage(".idea .under")).to_be_visible(timeout=PATIENCE)
    assert look(page, "ideas") == []
    for width, height in SIZES[:2]:
        page.set_viewport_size({"width": width, "height": height})
        expect(stage(".idea").last).to_be_in_viewport(ratio=1, timeout=PATIENCE)
        assert page.evaluate(CUT) is False, (width, height)
