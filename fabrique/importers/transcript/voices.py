"""Who says a cue: the voice that WebVTT names, else the name Zoom writes before the words."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from fabrique.domain.transcript import Cue
from fabrique.importers.transcript.blocks import Raw

# Bounded, so that a hostile file of many openings and no end is read in one pass.
VOICE = re.compile(r"<v(?:\.[^\s>]{0,100})?(?:\s([^<>]{0,300}))?>")
TAG = re.compile(
    r"</?(?:c|i|b|u|v|lang|ruby|rt|font)(?:[.\s][^<>]{0,300})?>|<\d[\d:.]{0,20}>|\{\\[^}]{0,100}\}",
    re.IGNORECASE,
)
# A name: a few words that begin like one, then a colon; never a time or an address.
PREFIX = re.compile(r"((?=[^\W_])[^:<>\n]{1,60}?)\s?:\s+(?=\S)")
WORDS = 6
MOSTLY = 0.5  # of the cues: below it, "Remark: …" is a way to speak, not a speaker


def cues(found: Sequence[Raw], *, foreign: bool = True) -> tuple[Cue, ...]:
    """Make a cue of each block, in the same order; only `foreign` files name voices by a colon."""
    named = foreign and not any(VOICE.search(line) for raw in found for line in raw.lines)
    named = named and _mostly_named(found)
    return tuple(_cue(raw, named=named) for raw in found)


def _cue(raw: Raw, *, named: bool) -> Cue:
    text = "\n".join(raw.lines)
    voice = VOICE.search(text)
    speaker = _plain(voice[1] or "") if voice else ""
    words = "\n".join(filter(None, map(_plain, TAG.sub("", text).split("\n"))))
    if named and (prefix := _name(words)):
        speaker, words = prefix[1], words[prefix.end() :]
    return Cue(raw.start, raw.end, words, speaker)


def _mostly_named(found: Sequence[Raw]) -> bool:
    told = [raw for raw in found if raw.lines]
    return bool(told) and sum(bool(_name(raw.lines[0])) for raw in told) > MOSTLY * len(told)


def _name(words: str) -> re.Match[str] | None:
    found = PREFIX.match(words.strip())
    if found is None or len(found[1].split()) > WORDS or found[1].isdigit():
        return None
    return found if found[1][0].isupper() or not found[1][0].isascii() else None


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())
