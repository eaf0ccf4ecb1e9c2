"""The clock of a recording: set by a person, followed by chapters and by what is heard."""

import threading
from datetime import time, timedelta

import pytest
from django.utils import timezone
from msgspec import structs

from fabrique.actions.minutes import align, freeze, publish, review
from fabrique.actions.minutes import recording as verbs
from fabrique.actions.minutes.clock import timed
from fabrique.actions.minutes.publish import read
from fabrique.actions.minutes.sources import archive_of, material_of
from fabrique.actions.minutes.transcript import take_heard
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.domain.transcript import Cue as Said
from fabrique.jobs import recordings
from fabrique.jobs.media import tags
from fabrique.store.models import Happening, Recording
from tests.actions.test_minutes import NOW, accepted
from tests.store.instance import START

RUN_AT = START + timedelta(seconds=3)  # when the cloud of the short session opened


@pytest.fixture
def recording(minutes):
    """A minute of sound, made already."""
    row = Recording.objects.create(
        minutes=minutes,
        title="table.m4a",
        size=1,
        told="Dit",
        kept_until=timezone.localdate() + timedelta(days=500),
        state="ready",
        duration=60_000,
    )
    folder = verbs.folder_of(row.pk)
    folder.mkdir(parents=True)
    (folder / verbs.SOUND).write_bytes(tags.head("Café", [], 60_000) + FRAMES)
    return row


FRAMES = b"\xff\xfb" + bytes(range(200)) * 40


def clock(minutes):
    return timed(minutes, archive_of(minutes)[1])


def places(minutes):
    return [at for at, _ in align.sounded(clock(minutes))]


@pytest.mark.usefixtures("recording")
def test_nothing_says_when_it_began_so_it_began_with_the_session(minutes):
    assert clock(minutes).known[1] == "session"
    assert places(minutes) == [3000]


def test_by_time_by_ear_and_moved(minutes, recording, zoe):
    local = (RUN_AT - timedelta(seconds=20)).astimezone(timezone.get_current_timezone())
    align.by_time(minutes, local.time(), zoe)
    assert places(minutes) == [20_000]
    run = f"a:{next(iter(clock(minutes).session.runs))}"
    align.by_ear(minutes, run, 31_500, zoe)
    assert (places(minutes), clock(minutes).known[1]) == ([31_500], "ear")
    align.shift(minutes, timedelta(seconds=-1.5), zoe)
    assert places(minutes) == [30_000]
    verbs.cut(minutes, [(10_000, 20_000)], zoe)
    Recording.objects.filter(pk=recording.pk).update(state="ready", duration=50_000)
    assert places(minutes) == [20_000]  # of the sound, which lost ten seconds
    align.by_ear(minutes, run, 15_000, zoe)
    assert places(minutes) == [15_000]
    assert Happening.objects.filter(verb="minutes.aligned", by=zoe).count() >= 4


@pytest.mark.parametrize(
    "act",
    [
        lambda it, by: align.by_ear(it, "a:rien", 0, by),
        lambda it, by: align.by_ear(it, "a:words", 60_000, by),
        lambda it, by: align.shift(it, timedelta(days=2), by),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(minutes, recording, zoe, act):
    with pytest.raises(Invalid):
        act(minutes, zoe)
    recording.refresh_from_db()
    assert (recording.began_at, recording.aligned) == (None, "")


def test_without_sound_there_is_no_clock_to_set(minutes, zoe):
    with pytest.raises(Invalid):
        align.by_time(minutes, time(10, 0), zoe)


def test_a_clock_that_a_person_set_is_not_guessed_again(minutes, recording, zoe):
    align.guessed(recording, (START - timedelta(seconds=10)).isoformat(), 60_000)
    recording.refresh_from_db()
    assert (recording.aligned, places(minutes)) == ("file", [13_000])
    align.shift(minutes, timedelta(seconds=1), zoe)
    recording.refresh_from_db()
    align.guessed(recording, START.isoformat(), 60_000)
    recording.refresh_from_db()
    assert (recording.aligned, places(minutes)) == ("ear", [14_000])


def test_chapters_are_written_anew_and_no_frame_of_sound_changes(minutes, recording, zoe):
    path = verbs.folder_of(recording.pk) / verbs.SOUND
    for seconds in (20, 40, 3):
        align.by_ear(minutes, "a:words", seconds * 1000, zoe)
        while recordings.once(threading.Event(), lambda: NOW + timedelta(days=1)):
            pass
        content = path.read_bytes()
        assert content.endswith(FRAMES)
        assert len(content) - len(FRAMES) == len(tags.head("", [], 0) or content[: -len(FRAMES)])
        assert chapters_of(content[: -len(FRAMES)]) == [(seconds * 1000, 60_000, "Un mot")]
        recording.refresh_from_db()
        assert recording.tagged


def chapters_of(content):
    """Read ID3v2.3 by its frames: (start, end, title) of each chapter that the contents name."""
    assert content[:5] == b"ID3\x03\x00"
    size = sum(byte << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    assert size + 10 == len(content)
    found, listed = {}, []
    for name, body in frames(content[10:]):
        if name == b"CTOC":
            listed = body.split(b"\0", 1)[1][2:].split(b"\0")[: body.split(b"\0", 1)[1][1]]
        if name == b"CHAP":
            key, rest = body.split(b"\0", 1)
            ((_, title),) = frames(rest[16:])
            start, end = (int.from_bytes(rest[n : n + 4], "big") for n in (0, 4))
            found[key] = (start, end, title[1:].decode("utf-16"))
    return [found[one] for one in listed]


def frames(content):
    while content:
        size = int.from_bytes(content[4:8], "big")
        yield content[:4], content[10 : 10 + size]
        content = content[10 + size :]


@pytest.mark.usefixtures("recording")
def test_an_edition_keeps_its_chapters_and_where_each_citation_is_heard(minutes, zoe):
    align.by_ear(minutes, "a:words", 30_000, zoe)
    review.write(minutes, review.New("Un mot", "written", "Une heure utile."), zoe, NOW)
    row = minutes.sentences.get()
    run = next(iter(clock(minutes).session.runs))
    row.cites = [{"ref": f"a:{run}", "quote": "l’avenir"}]
    row.save()
    accepted(minutes, zoe)
    review.reviewed(minutes, zoe)
    publish.validate(minutes, zoe, NOW)
    made = publish.publish(minutes, publish.Terms(Tier.ADHERENT, "", sound=True), zoe, NOW)
    found = read(made)
    assert found.chapters == ((30_000, "Un mot"),)
    assert found.parts[0].passages[0].heard == (32_000,)  # two seconds after the opening
    silent = freeze.article(minutes)
    assert (silent.chapters, silent.parts[0].passages[0].heard) == ((), ())


@pytest.mark.usefixtures("recording")
def test_extracts_follow_the_clock(minutes, zoe):
    take_heard(minutes, [Said(0, 59_000, "Bonjour à toutes et à tous.")], "x")
    before = material_of(minutes).windows
    align.by_ear(minutes, "a:words", 30_000, zoe)
    after = material_of(minutes).windows
    assert [(one.title, one.start) for one in before] == [("", 0), ("Un mot", 3000)]
    assert [(one.title, one.start) for one in after] == [("", 0), ("Un mot", 30_000)]
    assert structs.replace(after[0], end=3000) == before[0]
