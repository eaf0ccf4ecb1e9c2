"""A corrected cue: only what it may touch is checked again, and soon, in an hour and a half."""

import time

import pytest
from django.utils import timezone

from fabrique.actions.animate import create_session
from fabrique.actions.minutes import begin, transcript
from fabrique.actions.minutes.check import check_all
from fabrique.domain.session import Plan
from fabrique.store.models import Cue, MinutesSentence
from tests.store.instance import START
from tests.store.made import person

CUES, SENTENCES = 900, 200
SOON = 1.0  # seconds: five times what is wanted
WORDS = "le théâtre prête son matériel à la compagnie numéro {n} pendant tout le mois de mars"


@pytest.fixture
def zoe():
    return person("Zoé")


@pytest.fixture
def minutes(zoe):
    row = begin.begin(create_session(Plan("Café", "café", "fr", START)), zoe, timezone.now())
    Cue.objects.bulk_create(
        Cue(
            minutes=row,
            number=n,
            start=n * 6000,
            end=n * 6000 + 5900,
            speaker=("Nina Roux", "Ali Ben")[n // 3 % 2],
            text=f"Nous disons que {WORDS.format(n=n)}.",
        )
        for n in range(1, CUES + 1)
    )
    MinutesSentence.objects.bulk_create(
        MinutesSentence(
            minutes=row,
            rank=n,
            kind="statement",
            text=f"{WORDS.format(n=4 * n).capitalize()}.",
            cites=[{"ref": f"t:{4 * n}", "quote": WORDS.format(n=4 * n)}],
        )
        for n in range(1, SENTENCES + 1)
    )
    assert check_all(row) == 0
    return row


def blocked(minutes):
    rows = minutes.sentences.order_by("rank")
    return [int(one.rank) for one in rows if any(found["blocks"] for found in one.found)]


def test_a_corrected_cue_is_checked_again_within_a_glance(minutes, zoe):
    started = time.perf_counter()
    transcript.correct(minutes, 400, "Nina Roux", "Rien de tout cela.", zoe)
    took = time.perf_counter() - started
    assert blocked(minutes) == [100]
    assert took < SOON


@pytest.mark.parametrize("number", [397, 400, 403])
def test_what_is_checked_is_all_that_a_whole_check_would_find(minutes, zoe, number):
    """The same findings as after a check of everything: none forgotten, none left standing."""
    transcript.correct(minutes, number, "Sam Petit", f"Non, {WORDS.format(n=12)}, ou pas.", zoe)
    before = dict(minutes.sentences.values_list("pk", "found"))
    check_all(minutes)
    assert dict(minutes.sentences.values_list("pk", "found")) == before


def test_a_name_that_a_voice_gets_is_looked_for_in_every_sentence(minutes, zoe):
    row = minutes.sentences.get(rank=7)
    row.text = "Pour Sam Petit, " + row.text.lower()
    row.save()
    check_all(minutes)
    rules = [one["rule"] for one in minutes.sentences.get(rank=7).found]
    assert "speaker" not in rules
    transcript.correct(minutes, 800, "Sam Petit", "Bonjour à vous.", zoe)
    rules = [one["rule"] for one in minutes.sentences.get(rank=7).found]
    assert "speaker" in rules


def test_a_replacement_everywhere_is_checked_where_it_was_made(minutes, zoe):
    assert transcript.replace(minutes, "numéro 40 ", "numéro quarante ", zoe) == 1
    assert blocked(minutes) == [10]
    assert transcript.replace(minutes, "matériel", "camion", zoe) == CUES
    assert len(blocked(minutes)) == SENTENCES
