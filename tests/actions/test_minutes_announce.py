"""What is told of a text: drafts until a person releases them, never a sentence of it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from fabrique.actions import messages, seats
from fabrique.actions.history import name_of
from fabrique.actions.minutes import announce, publish
from fabrique.actions.news import gone_address, hear_no_more
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Dispatch, Minutes, Registration
from tests.store.made import gathering, person
from tests.web.test_editions import edition

NOW = timezone.now()


@pytest.fixture(autouse=True)
def lines(monkeypatch):
    monkeypatch.setattr(settings, "MAIL_LIST", "liste@example.org")
    monkeypatch.setattr(settings, "MAIL_LIST_LEAVE", "")
    monkeypatch.setattr(settings, "DISCORD", {"general": "https://discord.example/x"})


@pytest.fixture
def host():
    return person("Zoé")


def text(host, audience):
    about = gathering("Café", [host], days=-3)
    minutes = Minutes.objects.create(
        slug=f"dit-{about.slug}",
        gathering=about,
        session=about.slug[-12:],
        title="Café @everyone",
        stage="published",
    )
    edition(minutes, 1, ["Zqsecret est dit."], audience)
    pool = seats.open_pool(about, "remote", "Salle", 9, host)
    came = [(person(tier=Tier.ADHERENT), "attended"), (person(), "attended")]
    for who, state in (*came, (person(), "cancelled")):
        Registration.objects.create(
            gathering=about, pool=pool, person=who, email=who.email, name=who.name, state=state
        )
    return minutes


def drafted(minutes):
    return Dispatch.objects.filter(about=name_of(minutes), state="draft")


def test_drafts_wait_for_a_person_and_hold_no_sentence_of_the_text(host):
    minutes = text(host, Tier.ADHERENT)
    assert announce.queue(minutes, host, NOW) == 3  # who came and may read it, the list, Discord
    rows = drafted(minutes)
    assert {one.relay for one in rows} == {"email", "discord"}
    assert not [one for one in rows if "Zqsecret" in one.body + one.subject]
    assert all(f"/library/{minutes.slug}/" in one.body for one in rows)
    assert all("adhér" in one.body for one in rows)  # whom it is for is said before one clicks
    assert not [one for one in rows if "Que partager" in one.body]  # nor what is not theirs yet
    batch = messages.about(name_of(minutes))[0]
    messages.release(batch.key, name_of(minutes), host, NOW)
    assert Dispatch.objects.get(batch=batch.key).released_by == host


def test_everybody_who_came_is_told_of_what_everybody_reads_but_who_asked_not_to(host):
    minutes = text(host, Tier.GUEST)
    edition_ = announce.out(minutes)
    came = announce.readers(edition_, NOW)
    assert len(came) == 2
    hear_no_more(gone_address(came[0], name_of(minutes.gathering)).rsplit("/", 1)[-1], NOW)
    assert announce.readers(edition_, NOW) == came[1:]


def test_written_anew_it_takes_the_place_of_what_has_not_left(host):
    minutes = text(host, Tier.GUEST)
    announce.queue(minutes, host, NOW)
    announce.queue(minutes, host, NOW + timedelta(minutes=1))
    assert drafted(minutes).count() == 4
    assert Dispatch.objects.filter(about=name_of(minutes), state="dropped").count() == 4


def test_what_is_taken_back_is_not_told_of(host):
    minutes = text(host, Tier.GUEST)
    announce.queue(minutes, host, NOW)
    publish.withdraw(minutes, "Une erreur.", host, NOW)
    assert not drafted(minutes).exists()
    with pytest.raises(Invalid):
        announce.queue(minutes, host, NOW)
