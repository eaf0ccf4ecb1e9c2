"""Recordings that are none, break off, or meet a full disk: through the house that people use.

Each is sent in pieces to a server, worked on by the real job in its own process, and looked for in
the page, in French.
"""

import html
import os
import re
import signal
import subprocess
import threading
import time
import zipfile

import pytest

pytest.importorskip("av", reason="the extra [minutes] is not installed")

import numpy as np
from django.conf import settings
from django.test import Client
from django.utils import timezone

from fabrique.actions.animate import create_session
from fabrique.actions.minutes import begin, working
from fabrique.actions.minutes import recording as verbs
from fabrique.domain.session import Plan
from fabrique.jobs import child, recordings
from fabrique.jobs.media import work
from fabrique.store.models import Recording
from tests.jobs.media.recordings import endless, film_only, speechlike, tone, written
from tests.store.instance import START
from tests.store.made import person
from tests.web.sending import serving
from tests.web.test_recordings import announced, ask, later, piece

PIECE = 1 << 20


@pytest.fixture(scope="module")
def port():
    with serving() as port:
        yield port


@pytest.fixture
def staff():
    return person("Zoé", roles=["staff"])


@pytest.fixture
def minutes(staff):
    for row in Recording.objects.filter(state__in=("waiting", "working")):
        verbs.give_up(row.minutes, staff)
    head = create_session(Plan("Café", "café", "fr", START))
    return begin.begin(head, staff, timezone.now())


@pytest.fixture
def page(staff, minutes):
    """What the page of the recording says, in French."""
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    client.force_login(staff)

    def read(**given):
        address = f"/minutes/{minutes.pk}/words/"
        answer = client.post(address, given, follow=True) if given else client.get(address)
        found = re.search(
            r'<section class="panel" id="recording".*?</section>', answer.text, re.DOTALL
        )
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found[0])).split())

    return read


def sent(port, staff, minutes, content, name="table.mp4"):
    """Send a recording as browsers do; give its row."""
    row = announced(minutes, staff, content, name=name)
    for at in range(0, len(content), PIECE):
        status, said = piece(port, staff, minutes, at, content[at : at + PIECE])
        assert status == 200, said
    assert said == {"received": len(content), "whole": True}
    return row


def made(row):
    """Have the real job work on it, in a process of its own."""
    assert recordings.once(threading.Event(), later)
    row.refresh_from_db()
    return row


def source(row):
    return verbs.folder_of(row.pk) / verbs.SOURCE


def test_a_webm_without_duration_is_counted_and_heard(port, staff, minutes, page, tmp_path):
    content = endless(tmp_path / "talk.webm", speechlike(12)).read_bytes()
    row = made(sent(port, staff, minutes, content, "talk.webm"))
    assert (row.state, abs(row.duration - 12_000) < 100, row.error) == ("ready", True, {})
    answer, _ = ask(port, staff, "GET", f"/minutes/{minutes.pk}/sound.mp3")
    assert answer.status == 200
    assert "talk.webm" in page()


def test_half_an_mp4_whose_index_comes_last_is_said(port, staff, minutes, page, tmp_path):
    whole = written(tmp_path / "talk.mp4", tone(20)).read_bytes()
    row = made(sent(port, staff, minutes, whole[: len(whole) // 2]))
    assert row.state == "failed"
    assert "Cet enregistrement s’interrompt avant sa fin" in page()
    assert source(row).exists()


def test_half_an_mp4_whose_index_comes_first_is_heard_and_said_to_be_half(
    port, staff, minutes, page, tmp_path
):
    whole = written(tmp_path / "talk.mp4", speechlike(40), movflags="faststart").read_bytes()
    row = made(sent(port, staff, minutes, whole[: len(whole) // 2]))
    assert row.state == "ready"
    assert 15_000 < row.duration < 25_000
    assert "s’arrête à 0:" in page()
    assert "alors qu’il annonce 0:40" in page()


def test_a_film_without_sound_is_said(port, staff, minutes, page, tmp_path):
    row = made(sent(port, staff, minutes, film_only(tmp_path / "film.mp4").read_bytes()))
    assert row.state == "failed"
    assert "Cette vidéo n’a pas de son" in page()


def test_zeros_are_no_recording(port, staff, minutes, page):
    row = made(sent(port, staff, minutes, bytes(3 * PIECE + 7)))
    assert row.state == "failed"
    assert "Ce n’est pas un enregistrement" in page()


def test_two_gigabytes_of_zeros_take_no_time_and_no_room(staff, minutes, page):
    size = 2 << 30
    new = verbs.Announced(name="vide.mp4", size=size, told="Dit au début.")
    row = verbs.announce(minutes, new, staff)
    with source(row).open("wb") as file:
        file.truncate(size)
    assert verbs.whole(row)
    before = time.monotonic()
    assert made(row).state == "failed"
    assert time.monotonic() - before < 30
    assert "Ce n’est pas un enregistrement" in page()
    page(do="give-up")
    assert not source(row).exists()


def polyglots(folder):
    sound = written(folder / "talk.m4a", tone(3))
    with zipfile.ZipFile(sound, "a") as both:
        both.writestr("page.html", "<script>alert(1)</script>")
    yield "zip", sound.read_bytes()
    mp3 = written(folder / "talk.mp3", tone(3)).read_bytes()
    yield "page", mp3 + b"<html><script>alert(1)</script>" * 200
    wave = written(folder / "talk.wav", tone(3)).read_bytes()
    yield "PDF", wave + b"%PDF-1.4\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF"


@pytest.mark.parametrize("number", range(3))
def test_of_a_file_that_is_two_things_only_sound_leaves_the_house(
    port, staff, minutes, tmp_path, number
):
    _what, content = list(polyglots(tmp_path))[number]
    row = made(sent(port, staff, minutes, content))
    assert row.state == "ready"
    answer, sound = ask(port, staff, "GET", f"/minutes/{minutes.pk}/sound.mp3")
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for part in (b"script", b"PK\x01\x02", b"%PDF", b"JavaScript"):
        assert part not in sound
    for path in ("recording", "source", "recording/source"):
        assert ask(port, staff, "GET", f"/minutes/{minutes.pk}/{path}")[0].status in (404, 405)


@pytest.fixture
def small_disk():
    """A disk of its own for recordings, of six megabytes."""
    place = settings.DATA / "recordings"
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    if os.getuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_fills_while_it_arrives_loses_nothing(
    port, staff, minutes, page, tmp_path, small_disk
):
    content = written(tmp_path / "talk.wav", speechlike(18)).read_bytes()
    row = announced(minutes, staff, content, name="talk.wav")
    filling = small_disk / "filling"
    filling.write_bytes(bytes(4 << 20))
    at = 0
    while True:
        status, said = piece(port, staff, minutes, at, content[at : at + PIECE])
        if status != 200:
            break
        at = said["received"]
    assert status == 507
    assert "not enough room" in said["error"]
    at = verbs.received(row)
    assert at > PIECE
    assert source(row).read_bytes() == content[:at]
    assert "n’est pas arrivé en entier" in page()
    filling.unlink()
    while at < len(content):
        status, said = piece(port, staff, minutes, at, content[at : at + PIECE])
        at = said["received"]
    assert said["whole"]
    assert source(row).read_bytes() == content


def test_a_disk_that_fills_while_the_sound_is_made_is_said_and_the_work_goes_on(
    port, staff, minutes, page, tmp_path, small_disk
):
    content = written(tmp_path / "talk.mp3", speechlike(60)).read_bytes()
    row = sent(port, staff, minutes, content, "talk.mp3")
    filling = small_disk / "filling"
    free = os.statvfs(small_disk)
    filling.write_bytes(bytes(free.f_bavail * free.f_bsize - 60_000))
    assert made(row).state == "failed"
    assert "Le disque est plein" in page()
    filling.unlink()
    page(do="go-on")
    assert made(row).state == "ready"
    assert abs(row.duration - 60_000) < 100


def killed(monkeypatch, when):
    """Kill the process that works, as a machine short of memory does, once `when(folder)`."""
    seen = []

    def start(*given, **more):
        process = child.start(*given, **more)
        seen.append(process)
        if len(seen) == 1:
            threading.Thread(target=kill, args=[process, more["folder"]], daemon=True).start()
        return process

    def kill(process, folder):
        while not when(folder) and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)

    monkeypatch.setattr(work, "start", start)
    return seen


def test_a_killed_work_is_taken_up_again_by_itself_and_said(
    port, staff, minutes, page, tmp_path, monkeypatch
):
    sound = np.concatenate([speechlike(60)] * 5)
    content = written(tmp_path / "talk.mp3", sound).read_bytes()
    row = sent(port, staff, minutes, content, "talk.mp3")
    seen = killed(monkeypatch, lambda folder: any(folder.glob("at*/*")))
    made(row)
    assert seen[0].returncode == -signal.SIGKILL
    assert row.state == "waiting"
    assert "Le travail a été interrompu" in page()
    assert any(verbs.folder_of(row.pk).glob("at*/*"))
    assert made(row).state == "ready"
    assert abs(row.duration - 300_000) < 200
    assert "interrompu" not in page()


def test_a_recording_that_always_ends_the_work_is_not_tried_for_ever(
    port, staff, minutes, page, tmp_path, monkeypatch
):
    content = written(tmp_path / "talk.mp3", tone(5)).read_bytes()
    row = sent(port, staff, minutes, content, "talk.mp3")

    def start(*given, **more):
        process = child.start(*given, **more)
        os.killpg(process.pid, signal.SIGKILL)
        return process

    with monkeypatch.context() as patch:
        patch.setattr(work, "start", start)
        states = [made(row).state for _ in range(working.TRIES)]
        assert states == ["waiting"] * (working.TRIES - 1) + ["failed"]
    assert "relancez-le" in page()
    page(do="go-on")
    assert made(row).state == "ready"
