"""The editions of a text: who knows of which, and who reads what went."""

from datetime import timedelta

import msgspec
import pytest
from django.utils import timezone

from fabrique.domain.article import Article, Part, Passage
from fabrique.domain.tier import Tier
from fabrique.store.models import Edition, Minutes
from tests.store.made import gathering, person
from tests.web.drawers import browser

NOW = timezone.now().replace(microsecond=0)
BEFORE = ("Nous partons zqlundi matin.", "Quelqu’un a dit zqsecret.", "Il reste trente lieux.")
AFTER = ("Nous partons mardi matin.", "Il reste trente lieux.", "Un inventaire au printemps.")


def edition(minutes, number, sentences, audience=Tier.ADHERENT, **fields):
    passages = tuple(Passage(one, "written") for one in sentences)
    content = Article(
        title="Texte",
        language="fr",
        starts_at=NOW,
        ends_at=NOW,
        timezone="Europe/Paris",
        validated_by="",
        validated_at=NOW,
        number=number,
        drafters=(),
        fingerprint="0",
        parts=(Part("Suite", passages),),
        question="Que partager ?",
    )
    return Edition.objects.create(
        minutes=minutes,
        number=number,
        audience=audience.value,
        content=msgspec.to_builtins(content),
        at=NOW + timedelta(hours=number),
        **fields,
    )


@pytest.fixture
def host():
    return person("Zoé")


@pytest.fixture
def minutes(host):
    about = gathering("Café", [host])
    return Minutes.objects.create(
        slug=f"texte-{about.slug}", gathering=about, session=about.slug[-12:], title="Texte"
    )


def seen(who, minutes, path="editions/2/"):
    answer = browser(who).get(f"/library/{minutes.slug}/{path}")
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_who_writes_reads_what_went_and_a_reader_what_came(minutes, host):
    edition(minutes, 1, BEFORE)
    edition(minutes, 2, AFTER, note="Une date corrigée")
    whole, told = (seen(who, minutes) for who in (host, person(tier=Tier.ADHERENT)))
    assert "<del>zqlundi</del>" in whole
    assert "zqsecret" in whole
    for page in (whole, told):
        assert "<ins>mardi</ins>" in page
        assert "<ins>Un inventaire au printemps.</ins>" in page
        assert "Une date corrigée" in page
        assert "1 retirée" in page
    assert not [one for one in ("<del>", "zqlundi", "zqsecret") if one in told]
    assert "ne sont pas montrés de nouveau" in told


def test_what_is_not_theirs_is_not_there(minutes, host):
    edition(minutes, 1, BEFORE)
    edition(minutes, 2, AFTER)
    assert seen(person(tier=Tier.MEMBER), minutes) == 404
    assert seen(None, minutes, "editions/") == 404
    for number in (1, 3):
        assert seen(host, minutes, f"editions/{number}/") == 404


def test_a_reader_compares_only_the_edition_that_they_read(minutes, host):
    for number in (1, 2, 3):
        edition(minutes, number, AFTER[:number])
    ana = person(tier=Tier.ADHERENT)
    assert [isinstance(seen(ana, minutes, f"editions/{n}/"), str) for n in (2, 3)] == [False, True]
    assert all(isinstance(seen(host, minutes, f"editions/{n}/"), str) for n in (2, 3))


@pytest.mark.parametrize(
    "first", [{"withdrawn_at": NOW}, {"audience": Tier.ADHERENT}], ids=["withdrawn", "narrower"]
)
def test_of_an_edition_that_is_not_theirs_only_the_number_is_known(minutes, host, first):
    edition(minutes, 1, BEFORE, note="zqnote", **first)
    edition(minutes, 2, AFTER, Tier.MEMBER)
    ana = person(tier=Tier.MEMBER)
    page = seen(ana, minutes, "editions/")
    assert "édition 1" in page
    assert "zqnote" not in page
    assert seen(ana, minutes) == 404
    assert "zqsecret" in seen(host, minutes)
