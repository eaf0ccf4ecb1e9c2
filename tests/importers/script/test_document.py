from datetime import UTC, datetime, timedelta

import pytest

from fabrique.domain.text import Invalid
from fabrique.importers.script.document import check_ids, read_start, read_timezone
from tests.importers.scripts import WHOLE, play, script, step


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-09T14:00:00+01:00",
        "2026-03-09T13:00:00Z",
        "2026-03-09T14:00+01:00",
        "2026-03-09T13:00:00.000000+00:00",
        "20260309T140000+0100",
        "2026-03-09T14:00:30+01:00:30",
    ],
)
def test_read_start_reads_iso_8601_with_its_offset(text):
    assert read_start(text) == datetime(2026, 3, 9, 13, tzinfo=UTC)


def test_read_start_keeps_whole_minutes_of_offset_only():
    assert read_start("2026-03-09T14:00:00+01:00").utcoffset() == timedelta(hours=1)
    assert read_start("2026-03-09T14:00:30+01:00:30").utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-03-09",
        "2026-03-09T14:00:00",
        "2026-02-30T14:00:00Z",
        "09/03/2026 14:00",
        "1773061200",
        "0001-01-01T00:00:00+02:00",
        "9999-12-31T23:59:59Z",
        "1000-01-01T00:00:00+01:00",
        "now",
    ],
)
def test_read_start_refuses_what_is_no_moment(text):
    with pytest.raises(Invalid) as no:
        read_start(text)
    assert no.value.where == ".starts_at"


@pytest.mark.parametrize("name", ["Europe/Paris", "UTC", "America/Guadeloupe"])
def test_read_timezone_knows_the_world(name):
    assert read_timezone(name) == name


@pytest.mark.parametrize("name", ["", "Europe", "Paris", "../etc/passwd", "/etc/passwd", "x" * 999])
def test_read_timezone_refuses_what_is_none(name):
    with pytest.raises(Invalid) as no:
        read_timezone(name)
    assert no.value.where == ".timezone"


@pytest.mark.parametrize(("ids", "where"), [(["a", "a"], ".x[1]"), (["a", ""], ".x[1]")])
def test_check_ids_refuses_twice_or_empty(ids, where):
    with pytest.raises(Invalid) as no:
        check_ids(ids, ".x")
    assert no.value.where == where


REQUIRED = (
    "format title kind starts_at language facilitator introduction participants steps messages"
)


@pytest.mark.parametrize("key", REQUIRED.split())
def test_script_names_its_missing_key(key):
    with pytest.raises(Invalid, match=f"“{key}” is missing"):
        play({name: value for name, value in WHOLE.items() if name != key})


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"format": "fabrique.script/2"}, ".format"),
        ({"title": 5}, ".title"),
        ({"title": "x" * 2001}, ".title"),
        ({"kind": "\r"}, ".kind"),
        ({"language": "\ud800"}, ".language"),
        ({"introduction": "\x00"}, ".introduction"),
        ({"facilitator": "\x85"}, ".facilitator"),
        ({"starts_at": 5}, ".starts_at"),
        ({"timezone": "Mars/Olympus"}, ".timezone"),
        ({"timezone": None}, ""),
        ({"slides": None}, ""),
        ({"participants": {}}, ".participants"),
        ({"participants": [{"id": "ana"}]}, ".participants[0]"),
        ({"participants": [{"id": "", "name": "A"}]}, ".participants[0]"),
        ({"participants": [{"id": "a", "name": "A", "heads": 0}]}, ".participants[0].heads"),
        ({"participants": [{"id": "a", "name": "A", "heads": 2.0}]}, ".participants[0].heads"),
        ({"participants": [{"id": "a", "name": "A", "heads": True}]}, ".participants[0].heads"),
        ({"participants": [{"id": "a", "name": "A", "heads": 10**30}]}, ".participants[0].heads"),
        ({"participants": [{"id": "a", "name": "A", "group": "g"}]}, ".participants[0]"),
        ({"participants": [{"id": 1, "name": "A"}]}, ".participants[0].id"),
        ({"participants": [{"id": "a", "name": "A"}] * 2}, ".participants[1]"),
        ({"steps": [5]}, ".steps[0]"),
        ({"steps": {}}, ".steps"),
        ({"x": 1}, ""),
    ],
)
def test_script_says_where_it_cannot_be(change, where):
    with pytest.raises(Invalid) as no:
        play(script(**{"people": "ana", **change}))
    assert no.value.where == where


@pytest.mark.parametrize("expected", [None, [], {"x": float("1e300")}, "\x00", {"by": None}])
def test_script_passes_over_what_is_expected(expected):
    assert play(script(expected=expected))["steps"] == []


@pytest.mark.parametrize("content", [b"[]", b"5", b"null", b'"x"', b"{}"])
def test_script_that_is_no_script_is_invalid(content):
    with pytest.raises(Invalid):
        play(content)


def test_script_without_anybody_or_anything_is_valid():
    assert play(script(people="")) == {
        "format": "fabrique.results/1",
        "title": "Café",
        "participants": 0,
        "refused": 0,
        "messages": 0,
        "slides": 0,
        "steps": [],
    }


def test_script_takes_a_text_of_2000_characters_of_any_kind():
    title = "💜\u202e\t\n" * 500
    assert play(script(step("word_cloud", title=title)))["steps"][0]["title"] == title
