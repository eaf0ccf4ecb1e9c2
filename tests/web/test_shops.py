"""Workshops by choice on the pages: opened, ranked, computed, moved, shown, taken away."""

import csv
import io
import re
import threading

import pytest
from django.test import Client
from django.utils import timezone

from fabrique.actions.compose import choices
from fabrique.actions.compose.shop_plan import given_of, held_of
from fabrique.actions.registration_letters import token_of
from fabrique.jobs import plans
from fabrique.store.models import Composition, CompositionVersion
from tests.actions.composed import crowd
from tests.actions.shopped import chosen, offering, shopped, workshop
from tests.store.made import person


def browser(who=None):
    made = Client(SERVER_NAME="localhost", headers={"accept-language": "en"})
    if who is not None:
        made.force_login(who)
    return made


def address(composition, more=""):
    return f"/g/{composition.gathering.slug}/groups/{composition.pk}/{more}"


def own(row):
    return f"/r/{token_of(row.pk)}/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_choice_is_opened_ranked_computed_and_shown():
    host, made, rows = crowd(5)
    items = [workshop(made, title) for title in ("Bois", "Son")]
    lead = browser(host)
    form = lead.get(f"/g/{made.slug}/groups/")
    assert form.content.decode().count('name="offer"') == 2
    sent = {
        "kind": "workshops",
        "title": "Ateliers",
        "offer": [str(one.pk) for one in items],
        f"places-{items[0].pk}": "2",
        f"places-{items[1].pk}": "2",
        "ranks": "2",
        "until": "",
    }
    answer = lead.post(f"/g/{made.slug}/groups/", sent)
    composition = Composition.objects.get(gathering=made)
    assert answer["Location"] == address(composition)
    for row in rows[:4]:
        guest = browser()
        assert "Keep my choices" in text(guest.get(own(row)))
        ranked = {"choice-1": str(items[0].pk), "choice-2": str(items[1].pk)}
        kept = guest.post(own(row), {"do": "choose", "composition": str(composition.pk), **ranked})
        assert "Your choices are kept." in text(kept)
        assert kept.content.decode().count(" selected") == 2
    assert "4 of 5 people who have a seat have chosen." in text(lead.get(address(composition)))
    CompositionVersion.objects.filter(state="waiting").update(state="stopped")  # of other tests
    lead.post(address(composition, "act"), {"do": "compute"})
    assert plans.once(threading.Event())
    page = text(lead.get(address(composition)))
    assert "2 of the 4 people who chose have their first choice (50 %)." in page
    assert "Everybody who chose has one of their choices." in page
    assert "First come, first served would have given 2 and 0." in page
    assert "2 people wait" in page
    assert "no workshop" not in text(browser().get(own(rows[4])))
    lead.post(address(composition, "act"), {"do": "show"})
    assert "no workshop" in text(browser().get(own(rows[4])))
    told = [text(browser().get(own(row))) for row in rows[:4]]
    assert sum("You are number" in one for one in told) == 2


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("offer", [], "Two workshops at least"),
        ("ranks", "7", "ask for 3 at most"),
        ("title", " ", "What are these groups called?"),
        ("until", "2001-01-01T10:00", "This date is past"),
    ],
)
def test_what_cannot_be_offered_is_said_and_nothing_is_opened(field, typed, said):
    host, made, _rows = crowd(2)
    items = [workshop(made, title) for title in ("Bois", "Son", "Pain")]
    sent = {"kind": "workshops", "title": "A", "offer": [str(one.pk) for one in items], "ranks": 2}
    answer = browser(host).post(f"/g/{made.slug}/groups/", {**sent, field: typed})
    assert answer.status_code == 400
    assert said in text(answer)
    assert not made.compositions.exists()


def test_a_refused_choice_is_shown_again_as_it_was_typed():
    _host, rows, items, composition = offering()
    twice = {"choice-1": str(items[1].pk), "choice-2": str(items[1].pk)}
    sent = {"do": "choose", "composition": str(composition.pk), **twice}
    answer = browser().post(own(rows[0]), sent)
    assert answer.status_code == 409
    assert "You chose “Lumière” twice" in text(answer)
    assert answer.content.decode().count(f'value="{items[1].pk}" selected') == 2
    assert not composition.choices.exists()


def test_once_closed_one_reads_what_one_chose_and_changes_nothing():
    host, rows, items, composition = offering()
    chosen(composition, rows[0], items[:2])
    browser(host).post(address(composition, "act"), {"do": "close"})
    page = text(browser().get(own(rows[0])))
    assert "The choice is closed. Bois Lumière" in page
    assert "Keep my choices" not in page
    sent = {"do": "choose", "composition": str(composition.pk), "choice-1": str(items[2].pk)}
    assert browser().post(own(rows[0]), sent).status_code == 409
    assert composition.choices.get().ranked == [str(one.pk) for one in items[:2]]


def test_a_move_says_which_choice_it_is_and_is_made_by_a_button():
    host, made, rows = crowd(7)
    composition = shopped(made, host, rows)
    lead, who = browser(host), str(rows[0].pk)
    (slot,) = given_of(composition.current)[who]
    page = lead.get(address(composition), {"who": who, "slot": slot})
    assert "not among their choices" in text(page)
    assert "choice 2" in text(page)
    workshop_ = next(one.workshop for one in held_of(composition.current) if one.title == "Son")
    wish = {"do": "place", "base": 1, "who": who, "slot": slot, "workshop": workshop_}
    assert lead.post(address(composition, "act"), wish).status_code in (302, 303)
    composition.refresh_from_db()
    assert given_of(composition.current)[who] == {slot: workshop_}
    again = lead.post(address(composition, "act"), wish)
    assert again.status_code == 409
    assert "a move by hand" in text(again)


def test_who_chose_anew_is_counted_until_it_is_computed_again():
    host, made, rows = crowd(7)
    composition = shopped(made, host, rows)
    assert "chosen anew" not in text(browser(host).get(address(composition)))
    ranked = composition.choices.get(registration=rows[0]).ranked[::-1]
    later = timezone.now() + timezone.timedelta(hours=1)
    choices.choose(rows[0], str(composition.pk), ranked, later)
    page = text(browser(host).get(address(composition)))
    assert "1 person has chosen anew since this plan was computed." in page


def test_the_lists_are_a_table_without_formulas():
    host, made, rows = crowd(7)
    rows[0].name = "=1+1"
    rows[0].save()
    composition = shopped(made, host, rows)
    answer = browser(host).get(address(composition, "lists.csv"))
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert lines[0][1:5] == ["Atelier", "Salle", "Nom", "Choix"]
    inside = [line for line in lines[1:] if line[1] and not line[5]]
    assert sorted(line[3] for line in [*inside, *[one for one in lines[1:] if not one[1]]]) == (
        sorted(["'=1+1", *[row.name for row in rows[1:]]])
    )
    assert {line[2] for line in inside if line[1] == "Bois"} == {"Atelier bois"}


@pytest.mark.parametrize("more", ["", "lists.csv", "state"])
def test_the_lists_are_for_those_who_organise(more):
    host, made, rows = crowd(4)
    composition = shopped(made, host, rows)
    for who in (None, person("Autre"), rows[0].person):
        assert browser(who).get(address(composition, more)).status_code in (302, 303, 403, 404)
    assert browser(host).get(address(composition, more)).status_code == 200


@pytest.mark.parametrize("more", ["call", "met", "cards.pdf"])
def test_workshops_have_no_rounds_to_call_or_print(more):
    host, made, rows = crowd(4)
    composition = shopped(made, host, rows)
    assert browser(host).get(address(composition, more)).status_code == 404
    answer = browser(host).post(address(composition, "act"), {"do": "call", "number": 1})
    assert answer.status_code == 409
