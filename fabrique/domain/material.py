"""What a draft is made from: a session's report, notes, messages, slides, and its transcript."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct

from fabrique.domain.aligned import Clock, chapters
from fabrique.domain.archive import Archive
from fabrique.domain.blocks import Report
from fabrique.domain.brought import Brought, moved, sources
from fabrique.domain.language import Language
from fabrique.domain.report import from_archive
from fabrique.domain.session import Kinds, Session, fold
from fabrique.domain.sources import Source, Sources, from_session, resources
from fabrique.domain.text import Text
from fabrique.domain.timeline import began_at
from fabrique.domain.transcript import Transcript

SLICE = 12 * 60_000  # milliseconds: a window where no activity parts the time


class Held(Struct, frozen=True):
    """A session: `shown` is the report that its room saw, `kinds` those of the house."""

    session: Session
    shown: Report
    kinds: Kinds


class Other(Struct, frozen=True):
    """Another session that feeds the text; its references carry its code."""

    code: str
    held: Held


class Window(Struct, frozen=True):
    """A stretch of the recording, in milliseconds, and what was going on."""

    title: str
    start: int
    end: int

    def __contains__(self, moment: int) -> bool:
        return self.start <= moment < self.end


class Material(Struct, frozen=True):
    """Everything one draft may cite, and the order in which it happened."""

    sources: Sources
    transcript: Transcript | None = None
    held: Held | None = None
    resources: Mapping[str, str] = {}
    windows: tuple[Window, ...] = ()
    brought: tuple[Brought, ...] = ()
    others: tuple[Other, ...] = ()

    @property
    def language(self) -> str:
        """Give the language of what is drafted: the session's, else that of the speech."""
        if self.held:
            return self.held.session.plan.language
        return self.transcript.language if self.transcript else "fr"

    @property
    def title(self) -> str:
        """Give what the session is called."""
        return self.held.session.plan.title if self.held else ""


class Besides(Struct, frozen=True):
    """What is there beside the first session: what people brought, other sessions by code."""

    brought: tuple[Brought, ...] = ()
    sessions: Mapping[str, tuple[bytes, Archive]] = {}


def gather(
    transcript: Transcript | None,
    archive: tuple[bytes, Archive] | None,
    kinds: Kinds,
    told: Mapping[str, str] | None = None,
    clock: Clock | None = None,
    besides: Besides | None = None,
) -> Material:
    """Put together what there is; the recording begins with the session unless said otherwise."""
    besides = besides or Besides()
    held, found = None, resources(told or {}) | sources(besides.brought)
    others = []
    for code, one in besides.sessions.items():
        other, theirs = _held(one, kinds)
        others.append(Other(code, other))
        found |= moved(theirs, code)
    if archive:
        held, own = _held(archive, kinds)
        found |= own
    return Material(
        Sources(transcript, found),
        transcript,
        held,
        dict(told or {}),
        _windows(transcript, held, clock) if transcript else (),
        besides.brought,
        tuple(others),
    )


def _held(archive: tuple[bytes, Archive], kinds: Kinds) -> tuple[Held, dict[str, Source]]:
    content, found = archive
    session = fold(Session(found.plan), found.entries, kinds)
    whole = from_archive(content, found, kinds, everything=True)
    held = Held(session, from_archive(content, found, kinds), kinds)
    return held, from_session(session, kinds, whole)


def called(report: Report, language: Language) -> str:
    """Name a session by its title and its day, as a text of several tells them apart."""
    day = language.day(report.starts_at.astimezone(ZoneInfo(report.timezone)))
    told = Text("{title}, {day}", {"title": report.title, "day": language.say(day)})
    return language.say(told)


def _windows(transcript: Transcript, held: Held | None, clock: Clock | None) -> tuple[Window, ...]:
    length = max((cue.end for cue in transcript.cues), default=0) + 1
    if held is None:
        return _slices("", 0, length)
    begun = chapters(held.session, clock or Clock(began_at(held.session)), length)
    nothing = () if begun and begun[0][0] == 0 else ((0, ""),)
    bounds = (*nothing, *begun, (length, ""))
    return tuple(
        one for (start, title), (end, _) in pairwise(bounds) for one in _slices(title, start, end)
    )


def _slices(title: str, start: int, end: int) -> tuple[Window, ...]:
    """Cut a long stretch into equal parts of twelve minutes at most."""
    parts = max(-(-(end - start) // SLICE), 1)
    edges = [start + (end - start) * n // parts for n in range(parts + 1)]
    return tuple(Window(title, *edge) for edge in pairwise(edges) if edge[0] < edge[1])
