"""Words taken out of a text because somebody asked: they leave it wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, structs

from fabrique.domain.article import REDACTED, Article, Part, Passage
from fabrique.domain.kept import Span, tidy
from fabrique.domain.minutes import Cite

MARK = "[…]"
T = TypeVar("T", bound=Struct)
SHORTEST = 2  # characters: less would be found everywhere


class Redaction(Struct, frozen=True):
    """What goes: moments of the recording, whole sentences, words wherever they stand."""

    spans: tuple[Span, ...] = ()  # milliseconds, on the clock of the recording as it came
    sentences: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    session: bool = False  # the lines of the session where they stand, too

    def __bool__(self) -> bool:
        return bool(self.spans or self.sentences or self.words)

    def hears(self, start: int, end: int) -> bool:
        """Say whether something of a stretch of the recording goes."""
        return any(begin < end and start < stop for begin, stop in self.spans)

    def mask(self, text: str) -> str:
        """Put a mark in place of the words, and of the sentences where they stand in others."""
        for pattern in map(_pattern, (*self.sentences, *self.words)):
            text = pattern.sub(MARK, text)
        return text

    def masked(self, value: Any) -> Any:
        """Do so in everything that JSON holds."""
        if isinstance(value, str):
            return self.mask(value)
        if isinstance(value, dict):
            return {key: self.masked(one) for key, one in value.items()}
        return [self.masked(one) for one in value] if isinstance(value, list) else value


def _pattern(words: str) -> re.Pattern[str]:
    """Find words whatever their case, spaces and apostrophes; never inside a longer word."""
    parts = [re.sub("['’]", "['’]", re.escape(one)) for one in words.split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)


def with_heard(redaction: Redaction, cues: Iterable[tuple[int, int, str]]) -> Redaction:
    """Add the moments where the words themselves are said: start, end, text of each cue."""
    said = [(start, end) for start, end, text in cues if redaction.mask(text) != text]
    return structs.replace(redaction, spans=tidy((*redaction.spans, *said)))


def redacted(article: Article, redaction: Redaction) -> Article:
    """Give the text without them; its number, and who stands by it, stay."""
    mask = redaction.mask
    gone = {
        f"t:{number}"
        for number, (start, end, _, _) in enumerate(article.cues, 1)
        if redaction.hears(start, end)
    }
    return structs.replace(
        article,
        title=mask(article.title),
        question=mask(article.question),
        parts=tuple(_part(one, redaction, gone) for one in article.parts),
        removed=tidy((*article.removed, *redaction.spans)) if article.cues else article.removed,
        cues=tuple(_cue(one, redaction) for one in article.cues),
        chapters=tuple((at, mask(title)) for at, title in article.chapters),
        resources=_beside(article.resources, redaction),
        sessions=_beside(article.sessions, redaction),
    )


def _part(part: Part, redaction: Redaction, gone: set[str]) -> Part:
    passages = [_passage(one, redaction, gone) for one in part.passages]
    return Part(redaction.mask(part.title), tuple(passages))


def goes(text: str, refs: Iterable[str], redaction: Redaction, gone: set[str]) -> bool:
    """Whether a sentence goes whole: it was asked for, or a moment that goes is its source."""
    return text in redaction.sentences or not gone.isdisjoint(refs)


def _passage(one: Passage, redaction: Redaction, gone: set[str]) -> Passage:
    if goes(one.text, (cite.ref for cite in one.cites), redaction, gone):
        return Passage(MARK, REDACTED)
    mask = redaction.mask
    return structs.replace(
        one,
        text=mask(one.text),
        cites=tuple(Cite(cite.ref, mask(cite.quote)) for cite in one.cites),
        sources=_masks(one.sources, redaction),
        name=mask(one.name),
        owner=mask(one.owner),
    )


def _beside(some: tuple[T, ...], redaction: Redaction) -> tuple[T, ...]:
    """Mask the titles and words of what stands beside the text; moments are no words."""
    told = [redaction.masked(msgspec.to_builtins(one)) for one in some]
    return tuple(msgspec.convert(new, type(old)) for new, old in zip(told, some, strict=True))


def _masks(words: Sequence[str], redaction: Redaction) -> tuple[str, ...]:
    return tuple(map(redaction.mask, words))


def _cue(cue: tuple[int, int, str, str], redaction: Redaction) -> tuple[int, int, str, str]:
    start, end, speaker, text = cue
    if redaction.hears(start, end):
        return start, end, "", MARK
    return start, end, redaction.mask(speaker), redaction.mask(text)
