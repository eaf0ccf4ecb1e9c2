"""A published text with what stands around it: who was there, what comes next, its terms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fabrique.actions import seats
from fabrique.actions.minutes import around, redact
from fabrique.actions.registration_letters import token_of
from fabrique.domain.redaction import Redaction
from fabrique.domain.tier import Tier
from fabrique.store.models import Edition, Minutes, Registration, Series
from tests.store.made import gathering, person
from tests.web.drawers import browser, words
from tests.web.test_editions import edition

NOW = timezone.now()
FORMS = ("pdf", "docx", "md", "html", "json")


@pytest.fixture
def series():
    return Series.objects.create(slug=f"serie-{timezone.now().timestamp():.6f}".replace(".", "-"))


def text(about, audience=Tier.GUEST, title="Texte", **fields):
    row = Minutes.objects.create(
        slug=f"autour-{about.slug}", gathering=about, session=about.slug[-12:], title=title
    )
    made = edition(row, 1, ["Un mot."], audience)
    made.content |= {"title": title, **fields}
    made.save()
    return row


def came(about, name, state="attended", **fields):
    pool = about.pools.first() or seats.open_pool(about, "remote", "Salle", 9, person())
    email = f"{name.lower()}@example.org"
    return Registration.objects.create(
        gathering=about, pool=pool, name=name, email=email, state=state, **fields
    )


def told(minutes, who=None):
    client = browser(who)
    page = client.get(f"/library/{minutes.slug}/").content.decode()
    return [page, *(words(client.get(f"/library/{minutes.slug}.{one}")) for one in FORMS)]


def test_nobody_is_named_as_present_before_they_say_so():
    about = gathering("Café", days=-2)
    minutes, row = text(about), came(about, "Zqlea")
    came(about, "Zqabsent", "no_show", named=True)
    assert not [one for one in told(minutes) if "Zqlea" in one]
    client, page = browser(None), f"/r/{token_of(row.pk)}/"
    assert "peut dire que j’y étais" in client.get(page).content.decode()
    client.post(page, {"do": "named", "named": "1"})
    assert all("Zqlea" in one for one in told(minutes))
    assert not [one for one in told(minutes) if "Zqabsent" in one]
    client.post(page, {"do": "named"})
    assert not [one for one in told(minutes) if "Zqlea" in one]


def test_a_name_that_is_taken_out_is_named_no_more():
    about = gathering("Café", days=-2)
    minutes = text(about)
    came(about, "Zqlea", named=True)
    assert around.present(minutes) == ("Zqlea",)
    redact.redact(minutes, Redaction(words=("Zqlea",)), person(), NOW)
    assert around.present(minutes) == ()


def test_the_next_date_and_the_other_texts_are_those_of_its_reader(series):
    host = person()
    minutes = text(gathering("Un", [host], days=-9, series=series))
    text(gathering("Deux", days=-20, series=series), title="Zqtexte-public")
    text(gathering("Trois", days=-30, series=series), Tier.ADHERENT, title="Zqtexte-adherent")
    gathering("Zqprepare", days=3, series=series, state="prepared")
    gathering("Zqreserve", days=5, series=series, audience=Tier.ADHERENT.value)
    gathering("Zqouvert", days=8, series=series)
    for who, reads, not_theirs in (
        (None, ("Zqtexte-public", "Zqouvert"), ("Zqtexte-adherent", "Zqreserve", "Zqprepare")),
        (
            person(tier=Tier.ADHERENT),
            ("Zqtexte-public", "Zqtexte-adherent", "Zqreserve"),
            ("Zqprepare", "Zqouvert"),
        ),
    ):
        page = told(minutes, who)[0]
        assert [one for one in reads if one not in page] == []
        assert [one for one in not_theirs if one in page] == []


def test_its_terms_and_its_tools_are_said_in_every_form():
    about = gathering("Café", days=-2)
    minutes = text(about, licence="CC-BY-SA-4.0", drafters=["extraits"])
    made = told(minutes)
    assert all("CC BY-SA 4.0" in one for one in made[:5])
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in made[5]
    assert all("extraits" in one for one in made)
    assert Edition.objects.get(minutes=minutes).at <= NOW + timedelta(days=1)
