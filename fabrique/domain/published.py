"""A published edition as JSON-LD (fabrique.minutes/2), to be checked again by whoever has it.

Terms are those of schema.org where it has them, ours beside; `read_published` gives the sentences
back as a draft, which the rules of any draft then judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from fabrique.domain.article import REDACTED, Article, Part, Passage
from fabrique.domain.article_report import by_tool
from fabrique.domain.cover import in_zone
from fabrique.domain.language import Language
from fabrique.domain.licence import LICENCES
from fabrique.domain.minutes import LARGEST, Cite, Draft, Sentence
from fabrique.domain.text import Invalid, Text

FORMAT = "fabrique.minutes/2"
CONTEXT = ["https://schema.org", {"@vocab": "urn:fabrique:minutes#"}]
WEBVTT = "text/vtt"
SOMEBODY = "—"  # who wrote it, where they have left since


class About(Struct, frozen=True):
    """What its text does not hold: where it is read, who publishes it, the sum of its files."""

    address: str
    house: str
    published_at: datetime
    names: Mapping[str, str] = {}
    transcript: str = ""  # its address
    sha256: str = ""
    sound: str = ""
    present: tuple[str, ...] = ()  # those who said that they may be named


class Published(Struct, frozen=True):
    """What is checked again: the sentences, and which files they were checked against."""

    draft: Draft
    fingerprint: str
    sha256: str


def to_data(article: Article, about: About) -> dict[str, Any]:
    """Give the whole edition as plain data."""
    who = {key: _person(name) for key, name in about.names.items() if name}
    said = Language(article.language).say
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": about.address,
        "@type": "Report",
        "format": FORMAT,
        "name": article.title,
        "inLanguage": article.language,
        "version": article.number,
        "datePublished": about.published_at.isoformat(),
        "publisher": {"@type": "Organization", "name": about.house},
        "editor": who.get(article.validated_by, _person("")),
        "validatedAt": article.validated_at.isoformat(),
        "recordedAt": _event(article, about),
        "isBasedOn": {"@type": "Dataset", "identifier": article.fingerprint},
        "associatedMedia": _media(about),
        "hasPart": [_part(n, part, who) for n, part in enumerate(article.parts, 1)],
    }
    if article.question:
        data["abstract"] = article.question
    if article.licence:
        data["license"] = LICENCES[article.licence].address
    if article.drafters:
        data |= {"drafters": list(article.drafters), "creditText": said(by_tool(article))}
    return data


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", **({"name": name} if name else {})}


def _event(article: Article, about: About) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Event",
        "name": article.title,
        "startDate": in_zone(article.starts_at, article.timezone).isoformat(),
        "endDate": in_zone(article.ends_at, article.timezone).isoformat(),
    }
    if article.participants:
        data["participants"] = article.participants
    if about.present:
        data["attendee"] = [_person(name) for name in about.present]
    return data


def _media(about: About) -> list[dict[str, str]]:
    found = []
    if about.transcript:
        words = {"encodingFormat": WEBVTT, "contentUrl": about.transcript, "sha256": about.sha256}
        found.append({"@type": "MediaObject", **words})
    if about.sound:
        sound = {"encodingFormat": "audio/mpeg", "contentUrl": about.sound}
        found.append({"@type": "AudioObject", **sound})
    return found


def _part(n: int, part: Part, who: Mapping[str, dict[str, str]]) -> dict[str, Any]:
    said = [_statement(f"#s-{n}-{m}", one, who) for m, one in enumerate(part.passages, 1)]
    return {"@type": "CreativeWork", "name": part.title, "hasPart": said}


def _statement(key: str, one: Passage, who: Mapping[str, dict[str, str]]) -> dict[str, Any]:
    data: dict[str, Any] = {"@id": key, "@type": "Statement", "kind": one.kind, "text": one.text}
    data["citation"] = [_citation(cite) for cite in one.cites]
    if one.sources:
        data["sources"] = list(one.sources)
    if one.by or one.name:
        data["author"] = who.get(one.by) or _person(one.name)
    owner = one.owner or who.get(one.owner_id, {}).get("name", "")
    if owner:
        data["owner"] = owner
    if one.due:
        data["due"] = one.due
    return data


def _citation(cite: Cite) -> dict[str, str]:
    quoted = {"@type": "Quotation", "identifier": cite.ref, "text": cite.quote}
    return quoted if cite.quote else {"@type": "CreativeWork", "identifier": cite.ref}


def is_published(content: bytes) -> bool:
    """Whether a file says that it is a published edition."""
    return b'"fabrique.minutes/' in content[:4096]


class _Said(Struct, frozen=True, rename={"ref": "identifier", "quote": "text"}):
    ref: str
    quote: str = ""


class _Author(Struct, frozen=True):
    name: str = ""


class _Statement(Struct, frozen=True):
    text: str
    kind: str
    citation: tuple[_Said, ...] = ()
    author: _Author | None = None


class _Part(Struct, frozen=True):
    name: str
    passages: tuple[_Statement, ...] = msgspec.field(name="hasPart")


class _File(Struct, frozen=True):
    media_type: str = msgspec.field(name="encodingFormat", default="")
    sha256: str = ""


class _Source(Struct, frozen=True):
    fingerprint: str = msgspec.field(name="identifier", default="")


class _Document(Struct, frozen=True):
    format: str
    title: str = msgspec.field(name="name")
    language: str = msgspec.field(name="inLanguage")
    parts: tuple[_Part, ...] = msgspec.field(name="hasPart")
    source: _Source = msgspec.field(name="isBasedOn", default=_Source())
    files: tuple[_File, ...] = msgspec.field(name="associatedMedia", default=())


def read_published(content: bytes) -> Published:
    """Read an edition that somebody took away; raise `Invalid`."""
    if len(content) > LARGEST:
        raise Invalid(
            Text("A draft of more than {limit} MB is not taken.", {"limit": LARGEST >> 20})
        )
    try:
        found = msgspec.json.decode(content, type=_Document)
        told = [(part.name, one) for part in found.parts for one in part.passages]
        sentences = tuple(_sentence(*one) for one in told if one[1].kind != REDACTED)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError):
        found = None
    if found is None or found.format != FORMAT:
        raise Invalid(Text("This file is not minutes of the form {form}.", {"form": FORMAT}))
    sums = [one.sha256 for one in found.files if one.media_type == WEBVTT]
    draft = Draft(sentences, title=found.title, language=found.language)
    return Published(draft, found.source.fingerprint, sums[0] if sums else "")


def _sentence(section: str, one: _Statement) -> Sentence:
    cites = tuple(Cite(cite.ref, cite.quote) for cite in one.citation)
    by = "" if one.author is None else one.author.name or SOMEBODY
    data = {"text": one.text, "kind": one.kind, "section": section, "by": by}
    return msgspec.structs.replace(msgspec.convert(data, Sentence), cites=cites)
