"""What minutes are made from: the session's own journal, and what was said in it."""

from __future__ import annotations

from fabrique.actions.animate import find_session
from fabrique.actions.document import whole
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.blocks import Report
from fabrique.domain.material import Material, gather
from fabrique.domain.report import from_archive
from fabrique.domain.sources import Sources
from fabrique.domain.transcript import Cue as Spoken
from fabrique.domain.transcript import Transcript
from fabrique.store.here import kinds
from fabrique.store.models import Cue, Minutes


def archive_of(minutes: Minutes) -> tuple[bytes, Archive]:
    """Give the archive of the session, as bytes and read."""
    found = whole(find_session(minutes.session).id)
    return form.write(found), found


def report_of(minutes: Minutes) -> Report:
    """Make the whole report of the session."""
    content, archive = archive_of(minutes)
    return from_archive(content, archive, kinds(), everything=True)


def transcript_of(minutes: Minutes) -> Transcript | None:
    """Give what was said, as it stands now; None where nothing came in."""
    rows = Cue.objects.filter(minutes=minutes).order_by("number")
    cues = tuple(Spoken(one.start, one.end, one.text, one.speaker) for one in rows)
    return Transcript(cues, minutes.language) if cues else None


def material_of(minutes: Minutes) -> Material:
    """Give all that a draft may be made from."""
    return gather(transcript_of(minutes), archive_of(minutes), kinds())


def sources_of(minutes: Minutes) -> Sources:
    """Give all that its sentences may cite."""
    return material_of(minutes).sources
