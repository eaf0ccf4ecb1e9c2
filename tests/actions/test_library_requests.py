"""What readers ask of a text that no session made: the team answers, with or without an account."""

import itertools

import pytest
from django.utils import timezone

from fabrique.actions.access import NoAccess
from fabrique.actions.history import name_of, past_of
from fabrique.actions.library import judge, shelf
from fabrique.actions.requests import answer, ask, link
from fabrique.actions.requests.ask import Asked
from fabrique.domain.text import Invalid
from fabrique.store.models import Dispatch, ReaderRequest, Resource
from tests.store.made import person
from tests.web.drawers import browser, words

NOW = timezone.now()
_numbers = itertools.count(1)
GIVEN = {"kind": "removal", "body": "zqmots à retirer", "name": "Nina", "email": "n@example.org"}


@pytest.fixture
def team():
    return person("Iris", roles=["staff"])


@pytest.fixture
def author():
    return person("Odile")


@pytest.fixture
def resource(author):
    made = Resource.objects.create(
        slug=f"demande-{next(_numbers)}",
        title="Kit de tri",
        body="Zqnina l’a dit.",
        state="published",
        audience="guest",
        published_on=NOW.date(),
        submitter=author,
    )
    shelf.put(made)
    return made


def page_of(resource):
    return f"/library/r/{resource.slug}/"


def test_a_reader_asks_from_under_the_text_and_the_team_answers_by_mail(resource, team, author):
    guest, staff = browser(None), browser(team)
    assert f"{page_of(resource)}ask/" in words(guest.get(page_of(resource)))
    done = guest.post(f"{page_of(resource)}ask/", GIVEN)
    assert done.headers["location"].endswith("?done=1")
    row = ReaderRequest.objects.get(resource=resource)
    letter = Dispatch.objects.get(key=f"request:{row.pk}:{team.pk}")
    assert "/team/resources/#asked" in letter.body
    assert "zqmots" not in letter.body
    assert not Dispatch.objects.filter(key=f"request:{row.pk}:{author.pk}").exists()
    assert "zqmots" in words(staff.get("/team/resources/"))
    sent = {"request": str(row.pk), "do": "done", "words": "Votre nom n’y est plus."}
    assert staff.post("/team/resources/", sent).headers["location"].endswith("?done=answered")
    told = Dispatch.objects.get(key=f"request:{row.pk}:answer")
    assert told.to == "n@example.org"
    assert "Votre nom n’y est plus." in told.body
    shown = words(staff.get("/team/resources/"))
    assert "zqmots" not in shown
    assert "Votre nom n’y est plus." in shown
    verbs = [one.verb for one in past_of(resource)]
    assert verbs == ["resource.requested", "resource.answered"]
    assert staff.post("/team/resources/", sent).status_code == 400


def test_with_an_account_neither_name_nor_address_is_asked(resource, team):
    nina = person("Nina")
    client = browser(nina)
    assert 'name="email"' not in words(client.get(f"{page_of(resource)}ask/"))
    client.post(f"{page_of(resource)}ask/", {"kind": "correction", "body": "Le lien est mort."})
    row = ReaderRequest.objects.get(resource=resource)
    assert (row.person, row.email) == (nina, nina.email)
    assert "Le lien est mort." in words(browser(team).get("/team/resources/"))


def test_a_link_opens_the_form_and_nothing_of_the_text(resource):
    Resource.objects.filter(pk=resource.pk).update(audience="adherent")
    guest = browser(None)
    assert guest.get(f"{page_of(resource)}ask/").status_code == 404
    here = f"/resources/ask/{link.token_of(resource)}/"
    found = guest.get(here)
    assert (found.status_code, found.headers["referrer-policy"]) == (200, "no-referrer")
    assert "Zqnina" not in words(found)
    guest.post(here, GIVEN)
    assert ReaderRequest.objects.filter(resource=resource, state="open").exists()


def test_a_link_of_one_text_opens_no_other(resource):
    token = link.token_of(resource)
    with pytest.raises(NoAccess):
        link.edition_of(token)
    with pytest.raises(NoAccess):
        link.resource_of(f"{token}x")


def test_what_is_withdrawn_takes_no_request_and_its_answer_leads_to_the_library(resource, team):
    row = ask.ask(resource, Asked(**GIVEN), None, NOW)
    judge.withdraw(resource, "Sur demande.", team, NOW)
    answer.answer(row, "done", "Le texte est retiré.", team, NOW)
    told = Dispatch.objects.get(key=f"request:{row.pk}:answer")
    assert resource.slug not in told.body
    assert browser(team).get(f"{page_of(resource)}ask/").status_code == 404
    with pytest.raises(NoAccess):
        link.resource_of(link.token_of(resource))


@pytest.mark.parametrize("wrong", [{"kind": "x"}, {"body": " "}, {"name": ""}, {"email": "nobody"}])
def test_what_is_no_request_is_not_kept(resource, wrong):
    assert browser(None).post(f"{page_of(resource)}ask/", GIVEN | wrong).status_code == 422
    assert not ReaderRequest.objects.filter(resource=resource).exists()
    assert not Dispatch.objects.filter(about=name_of(resource)).exists()


def test_nobody_but_the_team_answers(resource, author):
    row = ask.ask(resource, Asked(**GIVEN), None, NOW)
    sent = {"request": str(row.pk), "do": "declined", "words": "Non."}
    assert browser(author).post("/team/resources/", sent).status_code in (403, 404)
    row.refresh_from_db()
    assert row.state == "open"


def test_an_answer_without_a_sentence_is_refused_and_what_was_typed_stays(resource, team):
    row = ask.ask(resource, Asked(**GIVEN), None, NOW)
    with pytest.raises(Invalid):
        answer.answer(row, "done", " ", team, NOW)
    sent = {"request": str(row.pk), "do": "x", "words": "Zqphrase"}
    found = browser(team).post("/team/resources/", sent)
    assert found.status_code == 400
    assert "Zqphrase" in words(found)
