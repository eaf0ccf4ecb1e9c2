"""The pages of a composition: who may, what a form refuses, what a move costs."""

import re

import pytest
from django.test import Client

from fabrique.actions.compose import versions
from fabrique.actions.registration_letters import token_of
from fabrique.domain.tier import Tier
from fabrique.store.models import Composition
from tests.actions.composed import begun, computed, crowd, planned
from tests.store.made import person

PAPERS = ("cards.pdf", "routes.pdf", "posters.pdf")


def browser(who=None):
    made = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    if who is not None:
        made.force_login(who)
    return made


@pytest.fixture
def held():
    host, made, rows = crowd(24)
    composition = planned(made, host, [str(row.pk) for row in rows], again=False, mix={"trade": 3})
    return host, made, rows, composition


def address(composition, more=""):
    return f"/g/{composition.gathering.slug}/groups/{composition.pk}/{more}"


@pytest.mark.parametrize("who", [None, Tier.MEMBER, Tier.ADHERENT])
@pytest.mark.parametrize("more", ["", "state", "call", "met", *PAPERS])
def test_a_plan_is_for_those_who_organise(held, who, more):
    *_, composition = held
    somebody = person("Autre", who) if who else None
    assert browser(somebody).get(address(composition, more)).status_code in (302, 403, 404)


def test_somebody_else_changes_nothing(held):
    *_, composition = held
    browser(person("Autre")).post(address(composition, "act"), {"do": "hide"})
    composition.refresh_from_db()
    assert composition.shown


def test_a_plan_of_one_gathering_is_not_found_under_another(held):
    host, _made, _rows, composition = held
    _host, other, _ = crowd(4, host)
    found = browser(host).get(f"/g/{other.slug}/groups/{composition.pk}/")
    assert found.status_code == 404


@pytest.mark.parametrize(
    ("field", "typed"),
    [("size", "0"), ("size", "beaucoup"), ("rounds", "99"), ("tables", "13"), ("title", "  ")],
)
def test_what_cannot_be_is_said_beside_what_was_typed_and_nothing_is_begun(field, typed):
    host, made, _rows = crowd()
    form = {"title": "Tables", "size": "4", "tables": "0", "rounds": "3", field: typed}
    answer = browser(host).post(f"/g/{made.slug}/groups/", form)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not Composition.objects.filter(gathering=made).exists()


def test_the_form_begins_a_composition_with_what_was_asked():
    host, made, _rows = crowd()
    form = {"title": "Tables", "size": "4", "tables": "0", "rounds": "2", "mix:trade": "5"}
    answer = browser(host).post(f"/g/{made.slug}/groups/", form)
    composition = Composition.objects.get(gathering=made)
    assert answer.url == address(composition)
    asked = composition.versions.get().wanted
    assert (asked["size"], asked["rounds"], asked["mix"]) == (4, 2, {"trade": 5})
    assert "en cours de calcul" in browser(host).get(answer.url).content.decode()
    assert browser(host).get(address(composition, "state")).json()["busy"]


def test_the_page_says_no_value_of_anybody(held):
    host, _made, rows, composition = held
    said = browser(host).get(address(composition)).content.decode()
    assert "Métier" in said
    assert not any(row.person.trade in said for row in rows)


def test_each_place_says_what_it_costs_and_a_press_makes_the_move(held):
    host, _made, _rows, composition = held
    number = 2
    who = versions.rounds_of(composition.current)[1][0][0]
    page = browser(host).get(address(composition, f"?round={number}&who={who}")).content.decode()
    assert page.count('class="price') == 24 - 6 + 3
    onto = re.search(r'name="onto" value="([^"]+)"', page)[1]
    form = {"do": "move", "round": number, "base": 1, "who": who, "table": 2, "onto": onto}
    answer = browser(host).post(address(composition, "act"), form)
    assert answer.url == address(composition, f"?round={number}")
    composition.refresh_from_db()
    assert composition.current.number == 2
    stale = browser(host).post(address(composition, "act"), form)
    assert stale.status_code == 409
    assert "entre-temps" in stale.content.decode()


@pytest.mark.parametrize("do", ["", "nothing", "move", "take", "call", "repair"])
def test_a_press_that_makes_no_sense_changes_nothing_and_says_so(held, do):
    host, _made, _rows, composition = held
    given = {"do": do, "number": "77", "version": "99", "round": "x"}
    answer = browser(host).post(address(composition, "act"), given)
    assert answer.status_code == 409
    composition.refresh_from_db()
    assert (composition.current.number, composition.played) == (1, 1)


def test_a_pair_is_kept_apart_by_a_form_and_let_go_by_another():
    host, made, rows = crowd()
    composition = begun(made, host)
    computed(composition)
    one, other = sorted(str(row.pk) for row in rows[:2])
    form = {"do": "pair", "kind": "apart", "one": one, "other": other}
    browser(host).post(address(composition, "act"), form)
    version = computed(composition)
    assert version.wanted["apart"] == [[one, other]]
    page = browser(host).get(address(composition)).content.decode()
    assert "jamais à la même table" in page
    browser(host).post(address(composition, "act"), {**form, "drop": "1"})
    assert computed(composition).wanted["apart"] == []


def test_ones_own_page_shows_ones_own_tables_alone(held):
    _host, _made, rows, composition = held
    row = rows[0]
    page = browser().get(f"/r/{token_of(row.pk)}/").content.decode()
    places = [
        next(n for n, table in enumerate(one, 1) if str(row.pk) in table)
        for one in versions.rounds_of(composition.current)
    ]
    found = re.findall(r"<b>(\d+)</b>", page.partition("my-tables")[2].partition("</ol>")[0])
    assert [int(one) for one in found] == places
    assert not any(other.name in page for other in rows[1:])
    stamp = re.search(r'data-stamp="(\w+)"', page)[1]
    assert browser().get(f"/r/{token_of(row.pk)}/tables").json() == {"stamp": stamp}
    versions.call(composition, 2, _host)
    assert browser().get(f"/r/{token_of(row.pk)}/tables").json() != {"stamp": stamp}
