"""What pages tell of a moment: by the clocks of the house, or of the place whose moment it is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from django.utils import translation

from fabrique.web.filters import day, moment

STORED = datetime(2026, 11, 30, 23, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _paris():
    with override_settings(TIME_ZONE="Europe/Paris"), translation.override("fr"):
        yield


def test_what_comes_from_a_table_is_told_by_the_clocks_of_the_house():
    assert moment(STORED).replace("\xa0", " ") == "mardi 1er décembre à 0 h 31"
    assert day(STORED) == "mardi 1er décembre 2026"


def test_a_zone_that_was_given_stays():
    there = STORED.astimezone(ZoneInfo("America/Cayenne"))
    assert moment(there).replace("\xa0", " ") == "lundi 30 novembre à 20 h 31"
    assert day(there.date()) == "lundi 30 novembre 2026"
