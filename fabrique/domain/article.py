"""Minutes as they are published: frozen words, and where each of them comes from."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from fabrique.domain.beside import Besides, Link
from fabrique.domain.blocks import Report
from fabrique.domain.language import Language
from fabrique.domain.minutes import Cite
from fabrique.domain.statements import below

REDACTED = "redacted"  # the kind of a sentence that was taken out


class Passage(Struct, frozen=True):
    """One sentence; `by` is the id of whoever wrote it, "" where it was drafted."""

    text: str
    kind: str
    cites: tuple[Cite, ...] = ()
    sources: tuple[str, ...] = ()  # what it cites, in words: "12:03, Nina"
    by: str = ""
    name: str = ""  # of who wrote it in the session, as the archive has it
    owner: str = ""  # of whoever has no account
    owner_id: str = ""
    due: str = ""  # YYYY-MM-DD
    # Where each of `cites` is heard in the recording as it came, in milliseconds.
    heard: tuple[int | None, ...] = ()


class Part(Struct, frozen=True):
    """What stands under one title."""

    title: str
    passages: tuple[Passage, ...]


class Article(Struct, frozen=True):
    """The whole text. People are named by their ids: `names` beside it can forget one."""

    title: str
    language: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    validated_by: str
    validated_at: datetime
    number: int
    drafters: tuple[str, ...]  # by name, in the language of the text
    fingerprint: str
    parts: tuple[Part, ...]
    question: str = ""
    participants: int = 0
    sound: bool = False  # whether its readers hear the recording too
    removed: tuple[tuple[int, int], ...] = ()  # what was cut out of it, in milliseconds
    cues: tuple[tuple[int, int, str, str], ...] = ()  # start, end, speaker, text
    resources: tuple[Link, ...] = ()
    sessions: tuple[Besides, ...] = ()  # beside the first
    licence: str = ""  # a code of `domain/licence.py`; "": reserved
    chapters: tuple[tuple[int, str], ...] = ()  # on the clock of the recording as it came


def plain(article: Article) -> str:
    """Give its words, as they are looked for."""
    words = [article.title, article.question]
    words += [word for one in article.resources for word in (one.title, one.about)]
    for part in article.parts:
        words += [part.title, *(one.text for one in part.passages if one.kind != REDACTED)]
    return "\n".join(filter(None, words))


def titles_of(report: Report) -> dict[str, str]:
    """Give the titles of the activities of a session, by run, as sentences cite them."""
    words = Language(report.language)
    return {one.id: words.say(one.title) for one in report.sections}


def as_read(part: Part, language: Language) -> Part:
    """Give a part as it is read: no figure says again the title that stands above it."""
    told = (
        structs.replace(one, text=below(part.title, one.text, language))
        if one.kind == "result"
        else one
        for one in part.passages
    )
    return structs.replace(part, passages=tuple(told))
