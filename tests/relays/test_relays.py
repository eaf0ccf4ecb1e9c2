"""Messages are composed: a mail anybody can read, an event that calendars take, a post, a feed."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from msgspec import structs

from fabrique.domain.announcement import Announcement, Change, GatheringNews, Happens
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.text import Text
from fabrique.domain.when import Span
from fabrique.relays.atom import Place, feed
from fabrique.relays.ical import calendar
from tests.laws.ink import HOSTILE

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
NEWS = GatheringNews(
    happens=Happens.PUBLISHED,
    uid="6f1c1f7e-0000-4000-8000-000000000001",
    sequence=3,
    title="Café des régies",
    question="Que peut-on éteindre ?",
    about="Une heure.\n\n**Venez.**",
    address="https://fabrique.example/g/cafe/",
    house="Le réseau",
    now=datetime(2026, 11, 21, 9, tzinfo=PARIS),
    when=Span(
        datetime(2026, 11, 24, 17, 30, tzinfo=UTC),
        datetime(2026, 11, 24, 19, tzinfo=UTC),
        "Europe/Paris",
    ),
    mode="hybrid",
    place="Rennes",
)
RELAYS = discover("fabrique.relays")
CLOSING = [name for name, one in RELAYS.items() if hasattr(one, "compose")]
FR, EN = Language("fr"), Language("en")


def composed(name, code="fr"):
    return RELAYS[name].compose(ABOUT, Language(code))


def told(name, words=FR, **changes):
    return RELAYS[name].tell(structs.replace(NEWS, **changes), words)


def read(text):
    """An independent, small reader of RFC 5545: unfold, then name and value."""
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    return [tuple(line.split(":", 1)) for line in lines]


def unescaped(value):
    return value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")


def event(text):
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    return found


def test_a_calendar_takes_the_closing():
    message = composed("ical")
    assert (message.media_type, message.name) == (
        "text/calendar; charset=utf-8",
        "fabrique-ABC234.ics",
    )
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


@pytest.mark.parametrize("name", CLOSING)
def test_composing_needs_no_clock(name):
    assert composed(name) == composed(name)
    assert ABOUT.now.astimezone(UTC).hour == 8


@pytest.mark.parametrize("name", RELAYS)
@pytest.mark.parametrize("happens", Happens)
def test_every_relay_tells_everything_in_both_languages_and_leads_to_the_page(name, happens):
    for words in (FR, EN):
        message = told(name, words, happens=happens, reason="Le col est fermé.")
        assert message == told(name, words, happens=happens, reason="Le col est fermé.")
        body = message.body if name != "ical" else message.body.replace("\r\n ", "")
        assert NEWS.address in body
        assert NEWS.title in message.subject
        assert "\n" not in message.subject


def test_why_and_what_changes_are_told():
    said = told("email", happens=Happens.POSTPONED, reason="Le col.", until_when="l’automne").body
    assert "Le col." in said
    assert "l’automne" in said
    assert "Quand" not in said
    change = Change(Text("Where"), "Rennes", "Brest")
    assert (
        "Où\u00a0: Rennes → Brest" in told("email", happens=Happens.UPDATED, changes=(change,)).body
    )


def test_an_event_has_its_hours_by_the_clocks_of_its_place_and_a_zone_that_all_can_count():
    text = told("ical").body
    values = dict(read(text))
    assert values["DTSTART;TZID=Europe/Paris"] == "20261124T183000"
    assert (values["METHOD"], values["STATUS"], values["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", "3")
    assert values["UID"] == f"{NEWS.uid}@fabrique"
    found = event(text)
    assert found["DTSTART"].dt == NEWS.when.starts_at
    assert found["DTEND"].dt == NEWS.when.ends_at
    years = [
        int(part[:4]) for key, dates in read(text) if key == "RDATE" for part in dates.split(",")
    ]
    assert min(years) >= 1970
    assert max(years) <= 2038


def test_whole_days_end_on_the_day_after():
    when = Span(
        datetime(2026, 3, 27, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 21, 59, tzinfo=UTC),
        "Europe/Paris",
        all_day=True,
    )  # the clocks change on the second of them
    found = event(told("ical", when=when).body)
    assert (f"{found['DTSTART'].dt}", f"{found['DTEND'].dt}") == ("2026-03-28", "2026-03-30")


@pytest.mark.parametrize("happens", [Happens.CANCELLED, Happens.POSTPONED])
def test_what_is_taken_back_keeps_its_name_and_says_so_in_both_places(happens):
    before, after = told("ical"), told("ical", happens=happens, sequence=4)
    assert "method=CANCEL" in after.media_type
    values = dict(read(after.body))
    assert (values["METHOD"], values["STATUS"], values["SEQUENCE"]) == ("CANCEL", "CANCELLED", "4")
    assert values["UID"] == dict(read(before.body))["UID"]


def test_a_calendar_of_many_stays_published_and_strikes_out_one():
    other = structs.replace(NEWS, uid="other", happens=Happens.CANCELLED)
    undated = structs.replace(NEWS, uid="undated", when=None)
    found = Calendar.from_ical(calendar([NEWS, other, undated], FR, name="Le réseau"))
    assert found["METHOD"] == "PUBLISH"
    assert [f"{one['STATUS']}" for one in found.walk("VEVENT")] == ["CONFIRMED", "CANCELLED"]
    assert len(found.walk("VTIMEZONE")) == 1


def test_a_post_calls_nobody_and_keeps_to_the_sizes():
    relay = RELAYS["discord"]
    message = told("discord", title="@everyone **x** [lien](https://x.example)", place="<@1>")
    assert "<@1>" not in message.body
    payload = relay.payload("t" * 900, "b" * 9000, NEWS.address)
    (embed,) = payload["embeds"]
    assert payload["allowed_mentions"] == {"parse": []}
    assert (len(embed["title"]), len(embed["description"])) == (256, 4096)
    assert embed["url"] == NEWS.address


def test_a_text_for_a_network_is_short_and_its_address_whole():
    said = told("network", title="t" * 200, question="q" * 300, place="p" * 200).body
    assert len(said) <= 500
    assert said.endswith(NEWS.address)


def test_a_feed_is_read_by_others_and_its_entries_keep_their_id():
    later = structs.replace(NEWS, uid="b", now=NEWS.now + timedelta(days=1))
    place = Place("https://f.example/agenda.atom", "https://f.example/", "Le réseau")
    text = feed([NEWS, later], FR, place)
    root, atom = ET.fromstring(text), "{http://www.w3.org/2005/Atom}"  # noqa: S314 - our own words
    assert root.findtext(f"{atom}updated") == "2026-11-22T08:00:00Z"
    assert [one.findtext(f"{atom}id") for one in root.iter(f"{atom}entry")] == [
        f"urn:uuid:{NEWS.uid}",
        "urn:uuid:b",
    ]
    moved = feed([structs.replace(NEWS, title="Autre")], FR, Place("x", "y", "z"))
    assert f"urn:uuid:{NEWS.uid}" in moved
    assert ET.fromstring(feed([], FR, Place("x", "y", "z"))).tag == f"{atom}feed"  # noqa: S314 - the same


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("name", RELAYS)
def test_hostile_words_stay_words(name, words):
    hostile = {"title": words, "question": words, "about": words, "place": words, "house": words}
    message = told(name, reason=words, happens=Happens.CANCELLED, **hostile)
    assert len(message.subject.splitlines()) == 1
    match name:
        case "ical":
            assert [one[0] for one in read(message.body)].count("BEGIN") == 4 + count_of_zone()
            assert len(Calendar.from_ical(message.body).walk("VEVENT")) == 1
        case "atom":
            tags = {one.tag for one in ET.fromstring(message.body).iter()}  # noqa: S314 - our own
            assert tags == {"entry", "id", "title", "updated", "link", "content"}
        case "discord":
            assert "](javascript" not in message.body
            assert " <https" not in message.body


def count_of_zone():
    return [one[0] for one in read(told("ical").body)].count("BEGIN") - 4
