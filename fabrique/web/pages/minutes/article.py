"""One text that was published: read with its sources, and taken away in every form."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from msgspec import Struct

from fabrique.actions.minutes import around, reading
from fabrique.actions.minutes.publish import names_of, read
from fabrique.actions.policy import allowed
from fabrique.domain.article import Article, Part, Passage, as_read
from fabrique.domain.article_report import by_tool, stands, to_report
from fabrique.domain.beside import told_of
from fabrique.domain.cited import moment, start_of
from fabrique.domain.kept import Span, moved, tidy
from fabrique.domain.language import language
from fabrique.domain.licence import LICENCES
from fabrique.domain.published import About, to_data
from fabrique.domain.registry import discover
from fabrique.domain.tier import NAMES, Tier
from fabrique.domain.transcript import Cue, Transcript
from fabrique.formats.webvtt import write_webvtt
from fabrique.store.models import Edition, Recording
from fabrique.web.numbers import whole
from fabrique.web.site import page
from fabrique.web.viewer import viewer

FORMATS = {"pdf": "typst", "docx": "docx", "md": "markdown", "html": "html"}
DATA = ("json", "vtt")
LINKED = "application/ld+json"


class Line(Struct, frozen=True):
    """A sentence as it is read: where it stands, and the moments that it cites."""

    key: str
    said: Passage
    heard: list[tuple[str, int]]
    due: date | None = None


class Shown(Struct, frozen=True):
    """What stands under a title; `played` where an activity of this name gave its figures."""

    title: str
    lines: list[Line]
    played: bool


@never_cache
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the text, every sentence with its sources."""
    edition = _edition(request, slug)
    found, names = read(edition), names_of(edition)
    sound = _sound(edition) if found.sound else None
    removed = tidy((start, end) for start, end in (sound.removed if sound else found.removed))
    transcript = _transcript(found)
    siblings = around.siblings(edition.minutes, viewer(request))
    values = {
        "edition": edition,
        "article": found,
        "parts": [
            _shown(n, as_read(part, language(found.language)), transcript, removed)
            for n, part in enumerate(found.parts, 1)
        ],
        "sound": sound is not None,
        "names": names,
        "stands": stands(found, names, _day(found)),
        "cues": [
            (n, cue, moment(cue.start), moved(cue.start, removed))
            for n, cue in enumerate(transcript.cues, 1)
        ],
        "also": [told_of(one) for one in found.sessions],
        "chapters": _chapters(found, removed),
        "by_tool": by_tool(found),
        "present": around.present(edition.minutes),
        "held": language(get_language() or "fr").day(_held(found)),
        "following": around.following(edition.minutes, viewer(request), timezone.now()),
        "themes": list(edition.minutes.themes.all()),
        "siblings": [(one.minutes.slug, read(one)) for one in siblings],
        "licence": LICENCES[found.licence] if found.licence else None,
        "audience": NAMES[Tier(edition.audience)],
        "writes": allowed(viewer(request), "minutes:write", edition.minutes),
        "formats": [*FORMATS, *(one for one in DATA if one != "vtt" or found.cues)],
    }
    return page(request, "pages/minutes/article.html", values)


def _sound(edition: Edition) -> Recording | None:
    """Give the recording, unless it is being made again: what was cut out may be in it still."""
    return Recording.objects.filter(minutes=edition.minutes, state="ready").first()


def _shown(n: int, part: Part, transcript: Transcript, removed: Sequence[Span]) -> Shown:
    lines = [
        Line(f"s-{n}-{m}", one, _heard(one, transcript, removed), _due(one))
        for m, one in enumerate(part.passages, 1)
    ]
    return Shown(part.title, lines, _played(part))


@never_cache
@require_safe
def file(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """Give the text in another form; `minutes.json` carries every citation, to be checked again."""
    edition = _edition(request, slug)
    found, names = read(edition), names_of(edition)
    if suffix in FORMATS:
        writer = discover("fabrique.formats")[FORMATS[suffix]]
        present = around.present(edition.minutes)
        report = to_report(found, names, _day(found), present)
        content, media_type = writer.render(report, language(found.language)), writer.media_type
    elif suffix == "vtt" and found.cues:
        content, media_type = write_webvtt(_transcript(found)), "text/vtt; charset=utf-8"
    elif suffix == "json":
        data = to_data(found, _about(edition, found, names))
        content, media_type = msgspec.json.format(msgspec.json.encode(data)) + b"\n", LINKED
    else:
        raise Http404(suffix)
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.{suffix}"'
    return response


def _about(edition: Edition, found: Article, names: dict[str, str]) -> About:
    slug, number = edition.minutes.slug, f"?edition={edition.number}"
    here = settings.PUBLIC_URL + reverse("article", args=[slug])
    words = settings.PUBLIC_URL + reverse("article-file", args=[slug, "vtt"])
    return About(
        address=f"{here}{number}",
        house=settings.HOUSE_NAME,
        published_at=edition.at,
        names=names,
        transcript=f"{words}{number}" if found.cues else "",
        sha256=hashlib.sha256(write_webvtt(_transcript(found))).hexdigest() if found.cues else "",
        sound=f"{here}sound.mp3" if found.sound else "",
        present=around.present(edition.minutes),
    )


def _edition(request: HttpRequest, slug: str) -> Edition:
    number = whole(request.GET.get("edition", "")) or None
    edition = reading.edition_of(slug, viewer(request), number)
    if edition is None:
        raise Http404(slug)
    return edition


def _transcript(found: Article) -> Transcript:
    cues = tuple(Cue(start, end, text, speaker) for start, end, speaker, text in found.cues)
    return Transcript(cues, found.language)


def _chapters(found: Article, removed: Sequence[Span]) -> list[tuple[str, int, str]]:
    told = [(moved(at, removed), title) for at, title in found.chapters]
    return [(moment(at), at, title) for at, title in told]


def _played(part: Part) -> bool:
    """Whether an activity of this title is what its figures come from."""
    return any(one.ref.startswith("a:") for passage in part.passages for one in passage.cites)


def _heard(
    passage: Passage, transcript: Transcript, removed: Sequence[Span]
) -> list[tuple[str, int]]:
    """Give the moments that a sentence cites: (anchor, if any; where it is heard in ms)."""
    told = passage.heard or [start_of(one.ref, transcript) for one in passage.cites]
    return [
        (one.ref.replace(":", "-") if one.ref.startswith("t:") else "", moved(at, removed))
        for one, at in zip(passage.cites, told, strict=True)
        if at is not None
    ]


def _due(one: Passage) -> date | None:
    return date.fromisoformat(one.due) if one.due else None


def _held(found: Article) -> date:
    return found.starts_at.astimezone(ZoneInfo(found.timezone)).date()


def _day(found: Article) -> str:
    at = found.validated_at.astimezone(ZoneInfo(found.timezone))
    return language(found.language).day(at)
