"""What minutes are made from: the session's own journal, and what was said in it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from fabrique.actions.animate import find_session
from fabrique.actions.document import whole
from fabrique.actions.minutes.clock import told_clock
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.article import titles_of
from fabrique.domain.blocks import Report
from fabrique.domain.brought import LINK, NOTE, SESSION, WITHIN, Brought, Line, elsewhere, labels
from fabrique.domain.language import language
from fabrique.domain.material import Besides, Material, called, gather
from fabrique.domain.report import from_archive
from fabrique.domain.sources import Sources
from fabrique.domain.text import Invalid, Text
from fabrique.domain.transcript import Cue as Spoken
from fabrique.domain.transcript import Transcript
from fabrique.store.here import kinds
from fabrique.store.models import Cue, Minutes, MinutesSource, Recording


def archive_of(minutes: Minutes) -> tuple[bytes, Archive]:
    """Give the archive of its first session, as bytes and read."""
    return archive_at(minutes.session)


def archive_at(code: str) -> tuple[bytes, Archive]:
    """Give the archive of a session; raise `Invalid` where there is none."""
    found = whole(find_session(code).id)
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


def besides_of(minutes: Minutes) -> Besides:
    """Give what people brought to it, and the other sessions that feed it and are still here."""
    rows = list(minutes.sources.select_related("by"))
    sessions = {}
    for row in rows:
        if row.kind == SESSION:
            with suppress(Invalid):  # a session that was taken out of the house: its citations die
                sessions[row.target] = archive_at(row.target)
    return Besides(tuple(map(brought, rows)), sessions)


def brought(row: MinutesSource) -> Brought:
    """Read a source; the name of whoever wrote a note is theirs, and is forgotten with them."""
    own = row.by.named if row.kind == NOTE and row.by else ""
    lines = tuple(Line(one["text"], own or one["by"], one["at"]) for one in row.lines)
    address = row.target if row.kind == LINK else ""
    return Brought(row.number, row.kind, row.title, address, lines)


def material_of(minutes: Minutes) -> Material:
    """Give all that a draft may be made from, on the clock of the recording."""
    besides, found = besides_of(minutes), archive_of(minutes)
    told = told_clock(Recording.objects.filter(minutes=minutes).first(), found[1])
    clock = told[0] if told else None
    return gather(transcript_of(minutes), found, kinds(), clock=clock, besides=besides)


def sources_of(minutes: Minutes) -> Sources:
    """Give all that its sentences may cite."""
    return material_of(minutes).sources


def reports_of(besides: Besides) -> dict[str, Report]:
    """Make the whole report of each other session, by code."""
    return {
        code: from_archive(content, archive, kinds(), everything=True)
        for code, (content, archive) in besides.sessions.items()
    }


def titles(minutes: Minutes) -> dict[str, str]:
    """Say what every reference but those to the recording leads to, in the text's language."""
    besides = besides_of(minutes)
    return titles_among(minutes, report_of(minutes), besides, reports_of(besides))


def titles_among(
    minutes: Minutes, report: Report, besides: Besides, others: Mapping[str, Report]
) -> dict[str, str]:
    """Say the same where the reports are made already."""
    words = language(minutes.language)
    found = {ref: words.say(one) for ref, one in labels(besides.brought).items()}
    for code, other in others.items():
        found[code] = called(other, words)
        within = {f"a:{elsewhere(run, code)}": title for run, title in titles_of(other).items()}
        for ref, title in within.items():
            said = {"what": Text("“{title}”", {"title": title}), "session": found[code]}
            found[ref] = words.say(Text(WITHIN.msgid, said))
    return found | titles_of(report)
