"""Five phones at three tables: parallel ideas, one record a table, then all of it in plenary."""

from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.people import PATIENCE
from tests.journeys.plan import step

IDEAS = step("ideas", "Que garder de cette année ?", settings={"likes": True})
RECORD = step("ideas", "La trace de votre table", id="record", scribe=True)
VOTE = step("vote", "On continue ?", settings={"scale": 5})
NAMES = ("Ana", "Bo", "Cy", "Di", "Ed")


def split(console, tables):
    panel = console("#session-groups")
    panel.locator("input[name=count]").fill(str(tables))
    panel.locator("form.split button").click()
    expect(panel.locator(".group-list > li")).to_have_count(tables, timeout=PATIENCE)


def at_the_tables(console, step_id):
    console(f"""button[data-do=open][data-body*='"{step_id}"'][data-body*='*']""").click()


def table_of(phone):
    number = phone("#session-group .table-number b")
    expect(number).to_be_visible(timeout=PATIENCE)
    return int(number.inner_text())


def test_three_tables_write_and_come_back_together(world):
    made = world.session(IDEAS, RECORD, VOTE)
    console, stage = world.console(made), world.stage(made)
    phones = [world.phone(made, name) for name in NAMES]
    split(console, 3)
    tables = [table_of(phone) for phone in phones]
    assert sorted(map(tables.count, (1, 2, 3))) == [1, 2, 2]
    expect(stage(".seats .table-number b")).to_have_text(["1", "2", "3"], timeout=PATIENCE)

    at_the_tables(console, "ideas")
    for name, phone in zip(NAMES, phones, strict=True):
        phone.is_at("ideas")
        phone.write(f"L’idée de {name}")
        phone.send()
    for one, phone in enumerate(phones):
        mine = [name for name, where in zip(NAMES, tables, strict=True) if where == tables[one]]
        expect(phone(".idea")).to_have_count(len(mine), timeout=PATIENCE)
        for name in mine:
            phone.sees(f"L’idée de {name}")
    expect(stage(".table .idea")).to_have_count(5, timeout=PATIENCE)
    expect(console("#now details.table")).to_have_count(3)

    console("button[data-do='group.gather']").click()
    for phone in phones:
        expect(phone(".idea .origin")).to_have_count(5, timeout=PATIENCE)
    first = phones[0](".idea", has_text="L’idée de Ana")
    expect(first.locator(".origin")).to_have_text(f"Table {tables[0]}")
    expect(stage(".idea .origin")).to_have_count(5, timeout=PATIENCE)

    console("#session-groups button[data-do='group.merge']").click()
    console("#session-groups button[data-do='group.merge']").click()
    for phone in phones:
        expect(phone("#session-group")).to_have_count(0, timeout=PATIENCE)
    console.end()
    report = phones[0].page
    report.goto(made.report)
    for one, name in enumerate(NAMES):
        row = report.locator("tr", has_text=f"L’idée de {name}").last
        expect(row).to_contain_text(f"Table {tables[one]}")


def test_only_who_takes_the_notes_writes_for_the_table(world):
    made = world.session(RECORD)
    console = world.console(made)
    ana, bo = (world.phone(made, name) for name in NAMES[:2])
    split(console, 1)
    at_the_tables(console, "record")
    for phone in (ana, bo):
        phone.is_at("record")
        expect(phone(".activity form")).to_be_hidden()
    ana.tap("#session-group .pen-other button")
    ana.write("Décidé : on continue")
    ana.send()
    expect(bo("#session-group")).to_contain_text("Ana", timeout=PATIENCE)
    bo.sees("Décidé : on continue")
    expect(bo(".activity form")).to_be_hidden()
    ana.page.reload()
    expect(ana.ready()(".activity form")).to_be_visible(timeout=PATIENCE)


def test_a_stage_shows_the_table_of_its_room(world):
    made = world.session(VOTE)
    console = world.console(made)
    phones = [world.phone(made, name) for name in NAMES[:2]]
    page = world.page()
    page.goto(f"{made.stage}&group=2")
    split(console, 2)
    at_the_tables(console, "vote")
    for phone in phones:
        phone.is_at("vote")
    expect(page.locator("#now .table-number b")).to_have_text(["2"], timeout=PATIENCE)
    expect(page.locator("#now .activity")).to_have_count(1)


def test_a_plan_file_is_shown_before_it_seats_anybody(world, tmp_path):
    made = world.session(VOTE)
    console = world.console(made)
    phones = [world.phone(made, name) for name in NAMES]
    file = tmp_path / "tables.csv"
    file.write_text("Nom;Table\nAna;2\nBo;1\nCy;1\nDi;2\nZoé;1\n", encoding="utf-8-sig")
    console("#session-groups a[href=groups]").click()
    page = console.page
    page.locator("input[type=file]").set_input_files(file)
    page.locator("form[enctype] button").click()
    expect(page.locator("main")).to_contain_text("4 personnes ont été trouvées")
    expect(page.locator(".warning")).to_contain_text("Zoé")
    expect(page.locator(".by-hand input")).to_have_count(5)
    assert found(page, "seating") == []
    expect(phones[0]("#session-group")).to_have_count(0)  # nothing is done yet
    page.locator("#seats button").click()
    page.wait_for_url("**/console")
    assert [table_of(phone) for phone in phones[:4]] == [2, 1, 1, 2]
    assert table_of(phones[4]) in (1, 2), "whom the file forgets is seated too"


def test_the_screens_of_groups_are_for_everybody(world):
    made = world.session(IDEAS, VOTE)
    console, stage = world.console(made), world.stage(made)
    phones = [world.phone(made, name) for name in NAMES]
    phone = phones[0]
    split(console, 2)
    table_of(phone)
    expect(stage(".seats")).to_be_visible(timeout=PATIENCE)
    for step_id in ("", "ideas", "vote"):
        if step_id:
            at_the_tables(console, step_id)
            expect(stage(".table .activity").first).to_be_visible(timeout=PATIENCE)
            phone.is_at(step_id)
            console("#now details.table summary").first.click()
        for name, screen in (("phone", phone), ("stage", stage), ("console", console)):
            assert found(screen.page, f"{name} {step_id}") == []
    phone.check_targets()


def found(page, name):
    """What axe-core has to say of a page, wide and narrow, light and dark."""
    size, said = page.viewport_size, []
    for scheme in ("light", "dark"):
        for width in (320, size["width"]):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": size["height"]})
            said += [f"{name} {scheme} {width}: {one}" for one in violations(page)]
            wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
            said += [f"{name} {width}: scrolls sideways"] * wide
    page.set_viewport_size(size)
    return said
