"""A day of recording: eight hours are made into sound in bounded memory, then listened to."""

import resource
import sys
import threading
import time
from datetime import timedelta

import pytest

pytest.importorskip("av", reason="the extra [minutes] is not installed")

from django.utils import timezone

from fabrique.actions.animate import create_session
from fabrique.actions.minutes import begin
from fabrique.actions.minutes import recording as verbs
from fabrique.domain.session import Plan
from fabrique.jobs import recordings
from tests.jobs.media.recordings import speechlike, written
from tests.store.instance import START
from tests.store.made import person

HOURS = 8
MOST = 1536 << 10  # kilobytes: 1.5 GB


def eight_hours(folder):
    """One minute, four hundred and eighty times: frames of an MP3 follow one another."""
    minute = written(folder / "minute.mp3", speechlike(60), write_xing="0", id3v2_version="0")
    content = minute.read_bytes()
    return content * (60 * HOURS)


@pytest.mark.long
def test_eight_hours_become_sound_and_are_listened_to(tmp_path, capsys):
    staff = person("Zoé", roles=["staff"])
    minutes = begin.begin(create_session(Plan("Café", "café", "fr", START)), staff, timezone.now())
    content = eight_hours(tmp_path)
    new = verbs.Announced(name="jour.mp3", size=len(content), told="Dit au début.")
    row = verbs.announce(minutes, new, staff)
    (verbs.folder_of(row.pk) / verbs.SOURCE).write_bytes(content)
    assert verbs.whole(row)
    for work in ("sound", "words"):
        if work == "words":
            if not recordings.hears():
                return
            verbs.write_down(minutes, staff)
        began = time.monotonic()
        assert recordings.once(threading.Event(), lambda: timezone.now() + timedelta(days=1))
        row.refresh_from_db()
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        with capsys.disabled():
            # What it took is what it is run for.
            sys.stdout.write(
                f"\n{work}: {time.monotonic() - began:.0f} s, {peak / 1024:.0f} MB, {row.state}\n"
            )
        assert row.state == "ready"
        assert abs(row.duration - HOURS * 3600 * 1000) < 60 * HOURS * 60  # a frame a minute at most
        assert peak < MOST
