"""From no account to a page of one's own, by keyboard alone; who sees what; no barrier."""

import re

from playwright.sync_api import expect

from bench.axe import violations
from tests.journeys.keys import Keys
from tests.journeys.looks import show
from tests.journeys.people import LAPTOP, PATIENCE, PHONE, SMALL, TOUCH
from tests.journeys.signing import code_for, member, sign_in
from tests.journeys.words import foreign

NEW = "lea.journey@example.org"
OTHER = "paul.journey@example.org"
SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"
LOOKS = (("light", 320), ("dark", 320), ("contrast", 768), ("light", 1280))
PEOPLE = {"Léa Parcours", "Paul Parcours", "Médiatrice", "Régie", "Bretagne"}


def fit(page, language="fr"):
    """Nothing in the way, nothing out of the page, in each look."""
    faults = []
    for look, width in LOOKS:
        show(page, look, width)
        faults += [f"{look} {width}: {one}" for one in violations(page)]
        if (over := page.evaluate(SIDEWAYS)) > 0:
            faults.append(f"{look} {width}: sideways by {over}")
    show(page, "light", 320)
    faults += [f"small: {one}" for one in page.evaluate(SMALL, TOUCH)]
    faults += [f"says: {one}" for one in foreign(page, language, PEOPLE)]
    assert not faults, "\n".join([page.url, *faults])
    show(page, "light", 1280)


def test_an_account_a_profile_a_directory_by_keyboard(world):
    world.watch.allow("status of 40")
    page = world.page(LAPTOP)
    keys = Keys(page)
    page.goto("/")
    page.goto("/people/")
    keys.walk()
    fit(page)
    keys.act('.site-nav a[href="/account/enter/"]')
    page.wait_for_url(re.compile("/account/enter/$"))
    fit(page)
    keys.act('main a[href^="/account/new/"]')
    page.wait_for_url(re.compile("/account/new/$"))
    fit(page)
    keys.write("input[name=name]", "Léa Parcours")
    keys.write("input[name=email]", NEW)
    keys.press("Enter")
    page.wait_for_url(re.compile("/account/new/code/"))
    fit(page)
    keys.write("input[name=code]", code_for(world, NEW))
    keys.press("Enter")
    page.wait_for_url(re.compile("/me/$"))
    fit(page)
    keys.walk()
    keys.write("input[name=structure]", "Théâtre du Parcours")
    keys.write("input[name=trade]", "Médiatrice")
    keys.write("textarea[name=brings]", "Des ateliers de médiation")
    for field, letter in (("name", "t"), ("structure", "t"), ("trade", "l")):
        keys.go(f"select[name=for-{field}]")
        page.keyboard.press(letter)  # « tout le monde », « les membres »
    page.locator("select[name=for-trade]").select_option("member")
    keys.act(".profile-form button.main")
    expect(page.locator(".receipt")).to_be_visible(timeout=PATIENCE)
    fit(page)
    keys.act('.receipt a[href^="/people/"]')
    page.wait_for_url(re.compile("/people/[0-9a-f-]+/$"))
    expect(page.locator("h1")).to_have_text("Léa Parcours")
    fit(page)
    mine = page.url
    nobody_sees(world, mine)
    a_member_sees(world)


def nobody_sees(world, mine):
    page = world.page(PHONE)
    page.goto("/people/?q=parcours")
    expect(page.locator(".person-card")).to_have_count(1)
    expect(page.locator("main")).not_to_contain_text("Médiatrice")
    page.goto(mine)
    expect(page.locator("h1")).to_have_text("Léa Parcours")
    expect(page.locator("main")).not_to_contain_text("Médiatrice")
    expect(page.locator("main")).not_to_contain_text("ateliers")
    fit(page)


def a_member_sees(world):
    member(world, OTHER, "Paul Parcours")
    page = sign_in(world.page(PHONE), world, OTHER)
    page.goto("/people/")
    page.locator("input[name=q]").fill("mediatrice")
    page.locator(".filters button.main").click()
    expect(page.locator(".person-card")).to_have_count(1)
    page.locator(".person-card a").click()
    expect(page.locator("main")).to_contain_text("Médiatrice")
    expect(page.locator("main")).not_to_contain_text("ateliers")  # hidden: never chosen
    fit(page)


def test_pages_of_the_team_have_no_barrier(world):
    link = member(world, "equipe.journey@example.org", "Équipe Parcours", "staff")
    page = world.page(LAPTOP)
    page.goto(link)
    fit(page)
    page.locator("main form button.go").click()
    page.wait_for_url("**/me/")
    page.goto("/team/people/")
    page.locator("main form[method=post] input[name=email]").fill("ajout.journey@example.org")
    page.locator("main form[method=post] input[name=name]").fill("Ajout Parcours")
    page.locator("main form[method=post] button").click()
    page.wait_for_url("**/team/people/*-*/")
    page.locator("input[name=starts_on]").fill("2026-01-01")
    page.locator("button[name=add]").click()
    expect(page.locator(".lines li").first).to_be_visible()
    fit_team(page)
    for path in ("people", "memberships", "structures", "requests", "groups", "import"):
        page.goto(f"/team/{path}/")
        fit_team(page)
    file = "email;nom;début\nfichier.journey@example.org;Fichier Parcours;01/01/2026\nmauvais;X;\n"
    given = {"name": "m.csv", "mimeType": "text/csv", "buffer": file.encode()}
    page.locator("input[type=file]").set_input_files(given)
    page.locator("button[name=read]").click()
    expect(page.locator(".look")).to_be_visible()
    fit_team(page)
    page.locator("button[name=keep]").click()
    page.wait_for_url(re.compile(r"/team/import/\d+/"))
    fit_team(page)
    for path in ("groups/", "join/", "me/data/"):
        page.goto(f"/{path}")
        fit_team(page)
    page.get_by_role("button", name="In English").click()
    team = [f"team/{one}/" for one in ("people", "memberships", "structures", "import")]
    for path in ("me/", "me/data/", "people/", "groups/", "join/", "account/leave/", *team):
        page.goto(f"/{path}")
        assert foreign(page, "en", PEOPLE) == [], path


def fit_team(page):
    PEOPLE.update({"Équipe Parcours", "Ajout Parcours", "Fichier Parcours", "m.csv", "X"})
    fit(page)


def test_on_a_phone_the_menu_is_one_button_without_a_script(world):
    page = world.page({**PHONE, "java_script_enabled": False})
    page.goto("/people/")
    expect(page.get_by_role("link", name="Bibliothèque")).to_be_hidden()
    assert page.locator(".top").bounding_box()["height"] < 2 * TOUCH
    Keys(page).act(".site-nav summary")
    page.get_by_role("link", name="Bibliothèque").click()
    page.wait_for_url("**/library/")
