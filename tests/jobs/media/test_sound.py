"""Recordings of every form become one MP3; what cannot is refused in a sentence."""

import os
import signal
import subprocess
import threading
import zipfile

import pytest

np = pytest.importorskip("numpy", reason="the extra [minutes] is not installed")
pytest.importorskip("av", reason="the extra [minutes] is not installed")

from fabrique.jobs.media import mp3, sound, work  # noqa: E402
from fabrique.jobs.media.decode import Reading  # noqa: E402
from fabrique.jobs.media.look import look  # noqa: E402
from fabrique.jobs.media.loudness import Ear, decibels, loudness, true_peak  # noqa: E402
from fabrique.jobs.media.order import Order  # noqa: E402
from fabrique.jobs.media.work import make_mp3  # noqa: E402
from fabrique.jobs.refusals import Unfit  # noqa: E402
from tests.jobs.media.recordings import (  # noqa: E402
    FORMS,
    chapters,
    endless,
    film_only,
    read,
    speechlike,
    tone,
    written,
)

RATE = mp3.RATE


def measured(path):
    heard = read(path, RATE)
    ear = Ear(RATE)
    for at in range(0, len(heard), RATE):
        ear.hear(heard[at : at + RATE])
    return loudness(ear.energies), decibels(true_peak(heard))


def refused(source, tmp_path, order=Order()):  # noqa: B008 - frozen
    with pytest.raises(Unfit) as no:
        make_mp3(source, tmp_path / "work", order)
    assert not (tmp_path / "work" / sound.NAME).exists()
    return no.value.why


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_its_loudness_and_its_length(form, tmp_path):
    source = written(tmp_path / f"talk.{form}", speechlike(12), video=form == "mp4")
    made = make_mp3(source, tmp_path / "work", Order())
    assert abs(made.duration - 12_000) < 100
    loud, peak = measured(tmp_path / "work" / sound.NAME)
    assert abs(loud + 16) < 1
    assert peak <= -1.5
    assert abs(loud - made.loudness) < 0.5
    assert abs(len(read(tmp_path / "work" / sound.NAME, RATE)) / RATE - 12) < 0.1


def test_a_webm_that_tells_no_duration_is_counted(tmp_path):
    source = endless(tmp_path / "talk.webm", speechlike(12))
    assert look(source).declared == 0
    made = make_mp3(source, tmp_path / "work", Order())
    assert abs(made.duration - 12_000) < 100
    assert not made.broke_off


def test_the_name_of_a_file_says_nothing(tmp_path):
    source = written(tmp_path / "talk.mp4", tone(3), form="webm")
    assert abs(make_mp3(source, tmp_path / "work", Order()).duration - 3000) < 100


def test_what_is_cut_out_is_gone_before_anything_is_measured(tmp_path):
    loud, quiet = tone(5, -3, 3000), tone(5, -40, 440)
    source = written(tmp_path / "talk.wav", np.concatenate([loud, quiet, loud, quiet]))
    order = Order(removed=((10_000, 15_000), (-5, 5000)), chapters=((5000, "a"), (16_000, "b")))
    made = make_mp3(source, tmp_path / "work", order)
    assert (made.duration, made.heard) == (10_000, 20_000)
    path = tmp_path / "work" / sound.NAME
    heard = read(path, RATE)[RATE // 2 : -RATE // 2]
    spectrum = np.abs(np.fft.rfft(heard))
    at = np.fft.rfftfreq(len(heard), 1 / RATE)
    assert spectrum[np.abs(at - 3000) < 50].max() < spectrum.max() / 1000
    assert abs(measured(path)[0] + 16) < 1
    assert chapters(path) == [(0, "a"), (6000, "b")]


def test_chapters_and_title_are_those_of_the_session(tmp_path):
    source = written(tmp_path / "talk.wav", tone(6))
    said = (
        (0, "Accueil"),
        (2500, "Vote : l’été, « oui »"),
        (2500, "le même moment"),
        (9000, "après"),
    )
    make_mp3(source, tmp_path / "work", Order(chapters=said, title="Café 🎭"))
    path = tmp_path / "work" / sound.NAME
    assert chapters(path) == [(0, "Accueil"), (2500, "le même moment")]
    with work_open(path) as container:
        assert container.metadata["title"] == "Café 🎭"


def work_open(path):
    import av  # noqa: PLC0415

    return av.open(str(path))


def test_the_encoder_makes_nothing_louder_or_softer():
    given = tone(4, -12, 1000, RATE)
    heard = mp3.decode(mp3.encode(given, 0, 150))
    middle = slice(RATE // 2, 3 * RATE)
    assert abs(decibels(np.std(heard[middle])) - decibels(np.std(given[middle]))) < 0.02


def test_parts_play_as_one_sound(tmp_path, monkeypatch):
    whole = written(tmp_path / "talk.wav", tone(9, -20, 1000))
    monkeypatch.setattr(mp3, "PART", 100)  # 2.6 s
    (tmp_path / "work").mkdir()
    sound.make_sound(whole, tmp_path / "work", Order(), lambda _share: None)
    heard = read(tmp_path / "work" / sound.NAME, RATE)[RATE // 2 : RATE * 8]
    at = np.arange(len(heard)) / RATE
    waves = np.stack([np.sin(2 * np.pi * 1000 * at), np.cos(2 * np.pi * 1000 * at)], axis=1)
    fitted = waves @ np.linalg.lstsq(waves, heard, rcond=None)[0]
    # One tone from end to end: a gap, a repeat or a click would stand out.
    assert np.abs(heard - fitted).max() < 0.02 * np.abs(fitted).max()


def test_a_moment_of_the_recording_is_the_same_moment_of_the_mp3(tmp_path):
    silence = np.zeros(48_000 * 5, np.float32)
    source = written(tmp_path / "talk.wav", np.concatenate([silence, tone(1), silence]))
    make_mp3(source, tmp_path / "work", Order())
    heard = np.abs(read(tmp_path / "work" / sound.NAME, RATE))
    assert abs(int(np.argmax(heard > heard.max() / 2)) / RATE - 5) < 0.003


def test_a_killed_work_goes_on_and_gives_the_same(tmp_path, monkeypatch):
    source = written(tmp_path / "talk.wav", speechlike(60, rate=48_000))
    once, again = tmp_path / "once", tmp_path / "again"
    once.mkdir()
    again.mkdir()
    monkeypatch.setattr(mp3, "PART", 400)

    class Killed(Exception):  # noqa: N818
        pass

    def until_half(share):
        if share > 0.6:
            raise Killed

    sound.make_sound(source, once, Order(), lambda _share: None)
    with pytest.raises(Killed):
        sound.make_sound(source, again, Order(), until_half)
    made = sorted(again.glob("at*/*.mp3"))
    assert len(made) >= 2
    assert not (again / sound.NAME).exists()
    stamps = {one: one.stat().st_mtime_ns for one in made}
    encoded = []
    monkeypatch.setattr(mp3, "encode", counting(mp3.encode, encoded))
    monkeypatch.setattr(sound, "_hear", None)  # nothing is measured a second time
    sound.make_sound(source, again, Order(), lambda _share: None)
    assert len(encoded) == 6 - len(stamps)
    assert (again / sound.NAME).read_bytes() == (once / sound.NAME).read_bytes()


def counting(function, calls):
    def counted(*arguments):
        calls.append(arguments)
        return function(*arguments)

    return counted


def test_another_recording_in_the_same_folder_is_made_anew(tmp_path):
    folder = tmp_path / "work"
    for seconds in (3, 5):
        source = written(tmp_path / "talk.wav", tone(seconds))
        assert make_mp3(source, folder, Order()).duration == seconds * 1000
    assert make_mp3(source, folder, Order(removed=((0, 1000),))).duration == 4000


def test_a_killed_child_is_said_and_started_again(tmp_path, monkeypatch):
    source = written(tmp_path / "talk.wav", tone(200))
    begun, seen = threading.Event(), []
    real = work.start

    def start(*arguments, **more):
        seen.append(real(*arguments, **more))
        begun.set()
        return seen[-1]

    def kill():
        begun.wait()
        os.killpg(seen[0].pid, signal.SIGKILL)

    monkeypatch.setattr(work, "start", start)
    threading.Thread(target=kill).start()
    assert refused(source, tmp_path) == "sound_stopped"
    assert seen[0].returncode == -signal.SIGKILL
    assert make_mp3(source, tmp_path / "work", Order()).duration == 200_000


def test_an_mp4_that_was_cut_off_is_said_to_be(tmp_path):
    whole = written(tmp_path / "whole.mp4", tone(20)).read_bytes()
    source = tmp_path / "talk.mp4"
    source.write_bytes(whole[: len(whole) // 2])  # what tells where things are lies at the end
    assert refused(source, tmp_path) == "sound_cut"


def test_what_can_be_read_of_a_cut_off_recording_is_kept_and_said(tmp_path):
    whole = written(tmp_path / "whole.mp4", speechlike(20), movflags="faststart").read_bytes()
    source = tmp_path / "talk.mp4"
    source.write_bytes(whole[: len(whole) // 2])
    made = make_mp3(source, tmp_path / "work", Order())
    assert 8_000 < made.duration < 12_000
    assert abs(made.declared - 20_000) < 100
    assert made.broke_off


def test_a_damaged_middle_is_a_click_and_not_the_end(tmp_path):
    content = bytearray(written(tmp_path / "talk.mp3", speechlike(20)).read_bytes())
    content[len(content) // 2 : len(content) // 2 + 3000] = bytes(3000)
    (tmp_path / "talk.mp3").write_bytes(content)
    assert make_mp3(tmp_path / "talk.mp3", tmp_path / "work", Order()).duration > 18_000


def test_a_film_without_sound(tmp_path):
    assert refused(film_only(tmp_path / "talk.mp4"), tmp_path) == "sound_absent"


def test_two_gigabytes_of_zeros(tmp_path):
    source = tmp_path / "talk.mp4"
    with source.open("wb") as file:
        file.truncate(2 << 30)
    assert refused(source, tmp_path) == "no_sound"


def test_silence(tmp_path):
    source = written(tmp_path / "talk.wav", np.zeros(48_000 * 5, np.float32))
    assert refused(source, tmp_path) == "sound_silent"


def test_nothing_left_once_cut(tmp_path):
    source = written(tmp_path / "talk.wav", tone(3))
    assert refused(source, tmp_path, Order(removed=((0, 9000),))) == "sound_removed"


def test_longer_than_anybody_speaks(tmp_path, monkeypatch):
    monkeypatch.setattr("fabrique.jobs.media.decode.LONGEST", 4)
    source = written(tmp_path / "talk.wav", tone(6))
    with pytest.raises(Unfit) as no:
        sound.make_sound(source, tmp_path, Order(), lambda _share: None)
    assert no.value.why == "sound_long"


PLAYLIST = b"ffconcat version 1.0\nfile 'secret.wav'\n"
HLS = b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nsecret.wav\n#EXT-X-ENDLIST\n"


@pytest.mark.parametrize("content", [PLAYLIST, HLS, b"<html>", b"", b"x", b"\xff\xd8\xff\xe0JFIF"])
def test_a_file_that_points_at_others_or_is_no_sound_is_not_opened(content, tmp_path):
    written(tmp_path / "secret.wav", tone(3))
    source = tmp_path / "talk.mp3"
    source.write_bytes(content)
    assert refused(source, tmp_path) == "no_sound"


def test_of_a_file_that_is_two_things_the_sound_alone_remains(tmp_path):
    source = written(tmp_path / "talk.m4a", tone(3))
    with zipfile.ZipFile(source, "a") as both:
        both.writestr("page.html", "<script>alert(1)</script>")
    assert zipfile.is_zipfile(source)
    make_mp3(source, tmp_path / "work", Order())
    made = tmp_path / "work" / sound.NAME
    assert not zipfile.is_zipfile(made)
    assert b"script" not in made.read_bytes()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if os.getuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_fills_is_said_and_what_was_done_is_kept(tmp_path, small_disk):
    source = written(tmp_path / "talk.wav", speechlike(30))
    folder = small_disk / "work"
    filling = small_disk / "filling"
    filling.write_bytes(bytes((2 << 20) - 100_000))
    with pytest.raises(Unfit) as no:
        make_mp3(source, folder, Order())
    assert no.value.why == "disk_full"
    assert not (folder / sound.NAME).exists()
    filling.unlink()
    assert make_mp3(source, folder, Order()).duration == 30_000


def test_however_long_it_is_a_few_seconds_are_held_at_once(tmp_path):
    sizes = []
    for seconds in (60, 600):
        source = written(tmp_path / "talk.wav", tone(seconds, rate=48_000))
        reading = Reading(source, 16_000)
        sizes.append(max(len(piece) for piece in reading.pieces()))
        assert reading.heard == seconds * 1000
    assert sizes == [160_000, 160_000]
