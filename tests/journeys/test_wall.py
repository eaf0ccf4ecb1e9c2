"""A second big screen keeps the learning wall, from the first note to the end."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import PATIENCE
from tests.journeys.plan import BOARD, CHOICE, SLIDES
from tests.journeys.test_stage import look

# Where every note stands, by its words.
PLACES = """() => Object.fromEntries([...document.querySelectorAll(".note")].map((note) =>
  [note.textContent.trim(), Math.round(note.getBoundingClientRect().top)]))"""
SIZE = "() => parseFloat(getComputedStyle(document.querySelector('.board')).fontSize)"


def put_up(world, made, seat, run, text):
    note = {"do": "answer", "run": run, "text": text, "column": 0}
    [said] = world.instance.act(made, seat, note)
    assert "ack" in said, said


def test_a_wall_is_chosen_on_its_screen_and_stays(world):
    made = world.session(BOARD, CHOICE, beside=[SLIDES])
    [seat] = world.instance.make("seats", session=made.session, people=1)["seats"]
    stage, wall = world.stage(made), world.stage(made)
    wall.page.keyboard.press("t")
    wall("a", has_text=f"Le mur « {BOARD['title']} »").click()
    wall.page.wait_for_url("**/stage?wall=board")
    wall.sees("Rien n’y est encore")
    world.instance.act(made, made.lead, {"do": "open", "step": "board"})
    wall.is_at("board")
    put_up(world, made, seat, "r2", "première")
    wall.sees("première", ".note")
    world.instance.act(made, made.lead, {"do": "open", "step": "ville"})
    stage.is_at("ville")
    assert stage("[data-step=board]").count() == 0, "one step at a time has the big screen"
    world.instance.act(made, made.lead, {"do": "show", "run": "r1", "page": 1})
    put_up(world, made, seat, "r2", "deuxième")
    wall.sees("deuxième", ".board")
    wall.is_at("board")
    expect(wall("[data-step=ville]")).to_have_count(0)
    wall.page.reload()
    wall.is_at("board")
    world.instance.act(made, made.lead, {"do": "end"})
    expect(stage("body")).to_have_attribute("data-stage", "ended", timeout=PATIENCE)
    wall.sees("deuxième", ".board")


def test_a_wall_fills_without_a_jump(world):
    made = world.session(BOARD, beside=[])
    [seat] = world.instance.make("seats", session=made.session, people=1)["seats"]
    page = world.page({"viewport": {"width": 1280, "height": 720}})
    page.goto(f"{made.stage}&wall=board")
    world.instance.act(made, made.lead, {"do": "open", "step": "board"})
    expect(page.locator('[data-step="board"]')).to_be_visible(timeout=PATIENCE)
    sizes, before = [], {}
    for n in range(1, 31):
        put_up(world, made, seat, "r1", f"note {n} du mur")
        expect(page.locator(".note")).to_have_count(n, timeout=PATIENCE)
        sizes.append(page.evaluate(SIZE))
        places = page.evaluate(PLACES)
        if len(sizes) > 1 and sizes[-1] == sizes[-2] and not page.locator(".deep").count():
            assert {one: places[one] for one in before} == before
        before = places
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] >= 720 / 40
    assert sizes[0] > sizes[-1]
    expect(page.locator(".note").last).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_a_wall_is_readable_from_the_back_in_every_look(world, theme):
    made = world.session(BOARD, beside=[])
    [seat] = world.instance.make("seats", session=made.session, people=1)["seats"]
    page = world.page({"viewport": {"width": 1920, "height": 1080}})
    page.goto(f"{made.stage}&wall=board&theme={theme}")
    expect(page.locator("body")).to_have_attribute("data-theme", theme, timeout=PATIENCE)
    expect(page.locator("#session-wall")).to_be_visible(timeout=PATIENCE)
    faults = look(page, "bare")
    world.instance.act(made, made.lead, {"do": "open", "step": "board"})
    for n in range(1, 13):
        put_up(world, made, seat, "r1", f"note {n} du mur")
    expect(page.locator(".note")).to_have_count(12, timeout=PATIENCE)
    faults += look(page, "full")
    page.keyboard.press("t")
    faults += look(page, "menu")
    assert not faults, "\n".join(faults)
