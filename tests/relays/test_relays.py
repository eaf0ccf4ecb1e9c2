"""Messages are composed: a mail anybody can read, an event that calendars take."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from fabrique.domain.announcement import Announcement
from fabrique.domain.language import Language
from fabrique.domain.registry import discover

PARIS = ZoneInfo("Europe/Paris")
TITLE = "Enquête ; 2026, \\ « BEGIN:VEVENT »\nEND:VCALENDAR " + "é" * 60
ABOUT = Announcement(
    code="ABC234",
    title=TITLE,
    address="https://fabrique.example/s/ABC234/",
    until=datetime(2026, 11, 24, 18, tzinfo=PARIS),
    now=datetime(2026, 11, 21, 9, tzinfo=PARIS),
    gone="https://fabrique.example/gone",
)
RELAYS = discover("fabrique.relays")


def composed(name, code="fr"):
    return RELAYS[name].compose(ABOUT, Language(code))


def read(text):
    """An independent, small reader of RFC 5545: unfold, then name and value."""
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    return [tuple(line.split(":", 1)) for line in lines]


def unescaped(value):
    return value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")


def test_a_calendar_takes_the_event():
    message = composed("ical")
    assert (message.media_type, message.name) == (
        "text/calendar; charset=utf-8",
        "fabrique-ABC234.ics",
    )
    assert all(len(line.encode()) <= 75 for line in message.body.split("\r\n"))
    found = read(message.body)
    assert [one for one in found if one[0] in ("BEGIN", "END")] == [
        ("BEGIN", "VCALENDAR"),
        ("BEGIN", "VEVENT"),
        ("BEGIN", "VALARM"),
        ("END", "VALARM"),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    ]
    values = dict(found)
    assert values["DTSTART"] == values["DTEND"] == "20261124T170000Z"
    assert values["TRIGGER"] == "-P1D"
    assert values["UID"].startswith("ABC234")
    assert "Ferme" in unescaped(values["SUMMARY"])
    assert "BEGIN:VEVENT" in unescaped(values["SUMMARY"])  # words, not a property


def test_a_mail_says_when_where_and_how_to_be_left_alone():
    mail = composed("email")
    assert "\n" not in mail.subject
    assert mail.subject.endswith("ferme dans 3 jours")
    for wanted in ("mardi 24 novembre à 18\u00a0h", ABOUT.address, ABOUT.gone):
        assert wanted in mail.body
    assert "Tuesday 24 November at 18:00" in composed("email", "en").body


@pytest.mark.parametrize("name", RELAYS)
def test_composing_needs_no_clock(name):
    assert composed(name) == composed(name)
    assert ABOUT.now.astimezone(UTC).hour == 8
