"""What is owed, as its page shows it and as a form without a script settles it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fabrique.store.models import Documentation
from tests.store.made import gathering, person
from tests.web.drawers import browser

ADDRESS = "/minutes/owed/"


@pytest.fixture
def host():
    return person("Zoé")


def test_a_late_gathering_is_listed_with_its_group_and_where_to_begin(host):
    about = gathering("Café de mars", [host], days=-40, session="ABC234")
    bare = gathering("Visite du foyer", [host], days=-40)
    said = browser(host).get(ADDRESS).content.decode()
    assert said.count('class="debt is-late"') == 2
    assert "/minutes/of/ABC234/" in said
    assert f'id="g-{bare.slug}"' in said
    for who, listed in ((person(roles=["staff"]), True), (person(), False)):
        assert (about.title in browser(who).get(ADDRESS).content.decode()) is listed


def test_a_group_says_why_there_is_none_and_takes_it_back(host):
    about = gathering("Café d’avril", [host], days=-40)
    who, form = browser(host), {"gathering": about.slug, "do": "excuse"}
    refused = who.post(ADDRESS, {**form, "word": " "})
    assert refused.status_code == 400
    assert who.post(ADDRESS, {**form, "word": "Une visite."}).status_code == 302
    said = who.get(f"{ADDRESS}?state=done").content.decode()
    assert "Une visite." in said
    assert browser(person()).post(ADDRESS, {**form, "word": "Non."}).status_code == 404
    assert Documentation.objects.get(gathering=about).excuse == "Une visite."
    who.post(f"{ADDRESS}?state=done", {"gathering": about.slug, "do": "again"})
    assert "Une visite." not in who.get(ADDRESS).content.decode()


def test_another_day_is_chosen_by_the_form(host):
    about = gathering("Café de mai", [host], days=-40)
    later = timezone.localdate() + timedelta(days=9)
    form = {"gathering": about.slug, "do": "due", "due": later.isoformat()}
    assert browser(host).post(ADDRESS, form).status_code == 302
    assert Documentation.objects.get(gathering=about).due == later
    assert browser(host).post(ADDRESS, {**form, "due": "demain"}).status_code == 400
