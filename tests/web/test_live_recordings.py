"""A recording whose size nobody knows: sent while it is made, closed once, whatever breaks."""

import io
import json
import threading
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fabrique.actions.access import NoAccess
from fabrique.actions.minutes import links, live
from fabrique.actions.minutes import recording as verbs
from fabrique.actions.minutes.clock import timed
from fabrique.actions.minutes.sources import archive_of
from fabrique.domain.text import Invalid
from fabrique.jobs import recordings
from fabrique.store.models import Recording, RecordingLink
from fabrique.web.sending import SENDING
from tests.store.made import person
from tests.web.test_recordings import announced, ask, later, tone

av = pytest.importorskip("av", reason="the extra [minutes] is not installed")
NOW = timezone.now()


@pytest.fixture(scope="module")
def port():
    from tests.web.sending import serving  # noqa: PLC0415

    with serving() as port:
        yield port


@pytest.fixture
def staff():
    return person("Zoé", roles=["staff"])


@pytest.fixture
def minutes(staff):
    from fabrique.actions.animate import create_session  # noqa: PLC0415
    from fabrique.actions.minutes import begin  # noqa: PLC0415
    from fabrique.domain.session import Plan  # noqa: PLC0415
    from tests.store.instance import START  # noqa: PLC0415

    head = create_session(Plan("Café", "café", "fr", START))
    return begin.begin(head, staff, timezone.now())


def opus(seconds):
    """What a browser records: WebM and Opus that tell no duration."""
    file, out = io.BytesIO(tone(seconds, 48_000)), io.BytesIO()
    out.seekable = lambda: False
    with av.open(file) as source, av.open(out, "w", format="webm") as made:
        stream = made.add_stream("libopus", rate=48_000, layout="mono")
        for frame in source.decode(audio=0):
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    return out.getvalue()


def begun(minutes, by):
    return verbs.announce(minutes, verbs.Announced("micro", 0, "Dit.", live=True), by)


def post(port, who, minutes, query, content=b""):
    answer, body = ask(port, who, "POST", f"/minutes/{minutes.pk}/recording?{query}", content)
    return answer.status, json.loads(body)


def test_parts_come_in_pieces_and_are_heard_as_one_on_the_clock(port, staff, minutes):
    row = begun(minutes, staff)
    first, second = opus(4), opus(3)
    half = len(first) // 2
    assert post(port, staff, minutes, "at=0&ago=60000", first[:half])[0] == 200
    assert post(port, staff, minutes, "at=0&ago=60000", first[:half]) == (
        409,
        {"received": half, "whole": False},
    )
    post(port, staff, minutes, f"at={half}", first[half:])
    assert post(port, staff, minutes, f"end={half}")[0] == 409  # not all is there: nothing closes
    at = len(first)
    assert post(port, staff, minutes, f"at={at}&ago=40000", second)[1]["whole"] is False
    size = at + len(second)
    assert post(port, staff, minutes, f"end={size}") == (200, {"received": size, "whole": True})
    assert post(port, staff, minutes, f"end={size}")[0] == 403  # nothing more is awaited
    row.refresh_from_db()
    assert (row.state, row.live, row.size, row.aligned) == ("waiting", False, size, "live")
    assert [one for one, _ in row.parts] == [0, at]
    assert abs(row.parts[1][1] - 20_000) < 2000
    for other in Recording.objects.filter(state__in=("waiting", "working")).exclude(pk=row.pk):
        verbs.give_up(other.minutes, staff)
    assert recordings.once(threading.Event(), later)
    row.refresh_from_db()
    assert (row.state, abs(row.duration - 7000) < 200) == ("ready", True)
    clock = timed(minutes, archive_of(minutes)[1]).clock
    began = row.began_at
    places = [clock.place(began + timedelta(seconds=n)) for n in (2, 10, 21)]
    assert places[0] == 2000
    assert abs(places[1] - 4000) < 100  # the pause: where the second part begins
    assert abs(places[2] - 5000) < 2100
    assert abs((timezone.now() - began).total_seconds() - 60) < 60


def test_a_part_that_cannot_be_read_leaves_the_others(port, staff, minutes):
    row = begun(minutes, staff)
    first = opus(3)
    post(port, staff, minutes, "at=0&ago=9000", first)
    post(port, staff, minutes, f"at={len(first)}&ago=100", b"\x1aE\xdf\xa3torn")
    live.end_here(minutes, staff)
    for other in Recording.objects.filter(state__in=("waiting", "working")).exclude(pk=row.pk):
        verbs.give_up(other.minutes, staff)
    assert recordings.once(threading.Event(), later)
    row.refresh_from_db()
    assert (row.state, abs(row.duration - 3000) < 100) == ("ready", True)


def test_what_never_came_cannot_be_ended(staff, minutes):
    begun(minutes, staff)
    with pytest.raises(Invalid):
        live.end_here(minutes, staff)
    assert Recording.objects.get(minutes=minutes).live


def test_a_recording_of_known_size_has_neither_parts_nor_end(port, staff, minutes):
    content = tone(1)
    row = announced(minutes, staff, content)
    post(port, staff, minutes, "at=0&ago=5", content[:100])
    assert post(port, staff, minutes, "end=100")[0] == 409
    row.refresh_from_db()
    assert (row.state, row.parts, row.began_at) == ("coming", [], None)


def test_a_full_disk_is_said_and_nothing_is_lost(port, staff, minutes, monkeypatch):
    begun(minutes, staff)
    monkeypatch.setattr(live, "SPARED", 1 << 62)
    assert post(port, staff, minutes, "at=0&ago=5", b"x" * 100)[0] == 507
    monkeypatch.undo()
    assert post(port, staff, minutes, "at=0&ago=5", b"x" * 100)[1]["received"] == 100


# --- links ---


def sent(own=None):
    client = Client(SERVER_NAME="localhost")
    if own:
        client.cookies[SENDING] = own
    return client


def opened(secret):
    client = sent()
    client.post(f"/send/{secret}/", {"do": "open"})
    return client


def test_a_link_opens_once_in_one_browser(minutes, staff):
    secret = links.make(minutes, "Table 3", 2, staff, NOW)
    row = RecordingLink.objects.get(minutes=minutes)
    assert secret not in (row.digest, row.holder, row.label)
    looked = sent().get(f"/send/{secret}/")  # a mail program that opens links
    assert (looked.status_code, b"Table 3" in looked.content) == (200, True)
    first = opened(secret)
    page = first.get(f"/send/{secret}/")
    assert page.status_code == 200
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert b"data-announce" in page.content
    second = opened(secret)
    assert second.get(f"/send/{secret}/").status_code == 410
    assert sent().get(f"/send/{secret}/recording.json").status_code == 404


def test_of_two_who_open_at_once_one_does(minutes, staff):
    secret = links.make(minutes, "Table 3", 2, staff, NOW)
    links.open_once(secret, NOW)
    with pytest.raises(NoAccess):
        links.open_once(secret, NOW)


def test_a_link_that_is_over_or_withdrawn_lets_nobody_send(port, minutes, staff):
    secret = links.make(minutes, "Table 3", 2, staff, NOW)
    own = links.open_once(secret, NOW)
    verbs.announce(
        minutes,
        verbs.Announced("micro", 0, "Dit.", live=True),
        None,
        links.held(secret, own, NOW),
    )
    path = f"/send/{secret}/recording?at=0&ago=5"

    def send(cookie):
        return ask(port, None, "POST", path, b"x" * 10, Cookie=f"{SENDING}={cookie}")[0].status

    assert [send("autre"), send(own)] == [403, 200]
    assert (
        ask(port, None, "POST", path, b"x", Cookie=f"{SENDING}={own}", Origin="https://x.y")[
            0
        ].status
        == 403
    )
    with pytest.raises(NoAccess):
        links.held(secret, own, NOW + timedelta(days=2))
    links.withdraw(minutes, RecordingLink.objects.get(minutes=minutes).pk, staff, NOW)
    assert send(own) == 403
    assert Recording.objects.filter(minutes=minutes).exists()  # what came by it stays


def test_a_link_sends_its_own_recording_alone(port, minutes, staff):
    begun(minutes, staff)
    secret = links.make(minutes, "Table 3", 2, staff, NOW)
    own = links.open_once(secret, NOW)
    client = sent(own)
    page = client.get(f"/send/{secret}/")
    assert b"data-announce" not in page.content
    client.post(f"/send/{secret}/", {"do": "record", "told": "Dit."})
    assert Recording.objects.get(minutes=minutes).link is None
    status = ask(
        port, None, "POST", f"/send/{secret}/recording?at=0", b"x", Cookie=f"{SENDING}={own}"
    )[0].status
    assert status == 403


@pytest.mark.parametrize(("label", "days"), [("", 3), ("Table", 0), ("Table", 31)])
def test_what_a_link_needs_is_said(minutes, staff, label, days):
    with pytest.raises(Invalid):
        links.make(minutes, label, days, staff, NOW)
    assert not RecordingLink.objects.filter(minutes=minutes).exists()
