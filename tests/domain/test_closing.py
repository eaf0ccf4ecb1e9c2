from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from fabrique.domain.closing import left
from fabrique.domain.language import Language

PARIS = ZoneInfo("Europe/Paris")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-21T09:00", "dans 3 jours"),
        ("2026-11-22T23:59", "dans 2 jours"),
        ("2026-11-23T18:30", "demain"),
        ("2026-11-24T00:00", "aujourd’hui"),
        ("2026-11-24T18:00", ""),
        ("2026-12-01T09:00", ""),
    ],
)
def test_days_are_those_on_the_wall(now, said):
    assert Language("fr").say(left(at("2026-11-24T18:00"), at(now))) == said


@pytest.mark.parametrize(
    ("code", "hour", "said"),
    [
        ("fr", "18:00", "mardi 24 novembre à 18\u00a0h"),
        ("fr", "09:05", "mardi 24 novembre à 9\u00a0h\u00a005"),
        ("en", "09:05", "Tuesday 24 November at 09:05"),
    ],
)
def test_a_moment_to_come_is_said_without_its_year(code, hour, said):
    assert Language(code).moment(at(f"2026-11-24T{hour}")) == said
