"""The search for a venue, from leads to the place of the gathering."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fabrique.actions import venues
from fabrique.store.models import Happening, VenueSearch
from tests.web.days import days


def html(answer):
    return answer.content.decode()


def at(about, rest=""):
    return f"/g/{about.slug}/venues/{rest}"


@pytest.fixture
def searching(client):
    about, host = days(target=100)
    client.force_login(host)
    client.post(at(about))
    return about, host, VenueSearch.objects.get(gathering=about)


def lead(client, about, name="Le Hangar", **fields):
    answer = client.post(at(about, "new/"), {"name": name, "state": "idea", **fields})
    assert answer.status_code == 302, html(answer)


def test_a_search_begins_once_with_the_usual_criteria(searching):
    about, host, search = searching
    venues.begin(about, host)
    assert search.criteria.count() == 7
    assert search.criteria.get(title="Places").wanted == 100


def test_leads_are_compared_best_first_and_what_is_short_is_said(client, searching):
    about, _, search = searching
    seats, access = (search.criteria.get(title=name) for name in ("Places", "Accessibilité"))
    lead(client, about, "Petit", **{f"figure-{seats.pk}": "50", f"words-{seats.pk}": "gradins"})
    lead(client, about, "Grand", **{f"figure-{seats.pk}": "200", f"figure-{access.pk}": "3"})
    lead(client, about, "Perdu", state="gone", **{f"figure-{seats.pk}": "300"})
    shown = html(client.get(at(about)))
    assert shown.index("Grand") < shown.index("Petit") < shown.index("Perdu")
    assert shown.count("moins que voulu") == 1
    assert "1 sur 7 connus" in shown


@pytest.mark.parametrize("typed", ["beaucoup", "-3", "1e99", "NaN", "Infinity", "1" * 40])
def test_what_is_no_figure_breaks_nothing(client, searching, typed):
    about, _, search = searching
    seats = search.criteria.get(title="Places")
    lead(client, about, **{f"figure-{seats.pk}": typed})
    assert client.get(at(about)).status_code == 200


def test_a_decision_has_a_reason_and_becomes_the_place(client, searching):
    about, *_ = searching
    lead(client, about, place="1 rue du Quai")
    search = VenueSearch.objects.get(gathering=about)
    page = at(about, f"{search.leads.get().pk}/")
    refused = client.post(page, {"do": "choose", "reason": " ", "directions": ""})
    assert refused.status_code == 400
    assert "Dis pourquoi celui-ci" in html(refused)
    before = about.sequence
    asked = {"do": "choose", "reason": "Accessible", "directions": "1 rue du Quai, code 12"}
    client.post(page, asked)
    about.refresh_from_db()
    assert (about.place, about.directions) == ("Le Hangar", "1 rue du Quai, code 12")
    assert about.sequence == before + 1
    assert Happening.objects.filter(about=f"gathering:{about.pk}", verb="venues.chosen").exists()
    assert "Accessible" in html(client.get(at(about)))
    lead(client, about, "Autre")
    client.post(at(about, f"{search.leads.get(name='Autre').pk}/"), asked)
    assert [one.name for one in search.leads.filter(state="chosen")] == ["Autre"]


def test_a_form_cannot_choose(client, searching):
    about, *_ = searching
    answer = client.post(at(about, "new/"), {"name": "x", "state": "chosen"})
    assert answer.status_code == 400


def test_past_the_day_to_decide_it_proposes_to_postpone(client, searching):
    about, host, search = searching
    today = timezone.localdate()
    client.post(at(about), {"needs": "Un plateau", "decide_by": today.isoformat()})
    assert "/publish/" not in html(client.get(at(about)))
    search.refresh_from_db()
    venues.aim(search, "", today - timedelta(days=1), host)
    assert f"/g/{about.slug}/publish/" in html(client.get(at(about)))


def test_a_name_is_taken_once(client, searching):
    about, *_ = searching
    lead(client, about)
    assert client.post(at(about, "new/"), {"name": "Le Hangar", "state": "idea"}).status_code == 400
    new = {"name": "Places", "measure": "grade", "weight": "1"}
    assert client.post(at(about, "criteria/new/"), new).status_code == 400
    assert client.post(at(about, "criteria/new/"), {**new, "name": "Bar"}).status_code == 302


def test_the_comparison_costs_as_many_queries_for_one_lead_as_for_three(client, searching):
    about, _, search = searching
    seats = search.criteria.get(title="Places")

    def counted():
        with CaptureQueriesContext(connection) as found:
            client.get(at(about))
        return len(found)

    lead(client, about, "Un", **{f"figure-{seats.pk}": "10"})
    once = counted()
    for name in ("Deux", "Trois"):
        lead(client, about, name, **{f"figure-{seats.pk}": "10"})
    assert counted() == once
