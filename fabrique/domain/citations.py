"""Whether a sentence of the minutes says what its sources say: the mechanical half of reading.

Whatever is generated has a source that exists and a quote that stands there; what a machine can
compare (numbers, names, negations, who speaks, figures) is compared. The other half is a person's.
"""

from __future__ import annotations

from msgspec import Struct

from fabrique.domain import figures, likeness
from fabrique.domain.claims import fold, locate, tokens
from fabrique.domain.likeness import Evidence
from fabrique.domain.minutes import Cite, Sentence
from fabrique.domain.sources import Source, Sources, Turn, quotable
from fabrique.domain.text import Text

SHORTEST = 4  # words of a quote from a transcript
RULES = {
    "no-author": Text("A sentence written by a person carries that person’s name."),
    "no-citation": Text("This sentence has no source, or no quote from it."),
    "dead-ref": Text("“{ref}” is nothing of this session."),
    "quote-too-short": Text("A quote from the recording has four words at least."),
    "quote-not-in-span": Text("These words are not found at “{ref}”."),
    "figures": Text("{number} is not what the session’s journal gives."),
    "number-not-in-span": Text("{number} is not said there."),
    "name-not-in-span": Text("“{name}” is not named there."),
    "polarity-differs": Text("A negation is in the sentence or in its source, not in both."),
    "speaker": Text("“{name}” is named, and somebody else speaks there."),
}
BLOCKING = frozenset(list(RULES)[:6])


class Finding(Struct, frozen=True):
    """A rule that a sentence breaks; one that blocks forbids to validate, the others are a hint."""

    rule: str
    blocks: bool
    text: Text


def check(sentence: Sentence, sources: Sources) -> tuple[Finding, ...]:
    """Compare a sentence with what it cites; nothing found means that a machine sees no fault."""
    author = sentence.by.strip()
    if sentence.kind == "written" and not author:
        return (_finding("no-author"),)
    if not sentence.cites:
        return () if author else (_finding("no-citation"),)
    blocking, evidence = _read(sentence, sources)
    if not blocking and not figures.told(sentence, sources):
        blocking.append(("no-citation", {}))
    blocking += figures.wrong(sentence, sources)
    found = [_finding(rule, **what) for rule, what in blocking]
    if not found:
        hints = likeness.differences(sentence.text, evidence, sources)
        found = [_finding(rule, **what) for rule, what in hints]
    return tuple(found)


def _finding(rule: str, **params: str) -> Finding:
    return Finding(rule, rule in BLOCKING, Text(RULES[rule].msgid, params))


def _read(
    sentence: Sentence, sources: Sources
) -> tuple[list[tuple[str, dict[str, str]]], list[Evidence]]:
    """Follow every citation: what forbids to use it, else what it proves."""
    broken: list[tuple[str, dict[str, str]]] = []
    evidence: list[Evidence] = []
    for cite in sentence.cites:
        found = _cited(cite, sources)
        if isinstance(found, Evidence):
            evidence.append(found)
        else:
            broken.append((found, {"ref": cite.ref} if "{ref}" in RULES[found].msgid else {}))
    return broken, evidence


def _cited(cite: Cite, sources: Sources) -> Evidence | str:
    place = sources.place(cite.ref)
    if place is not None:
        return _from_turn(cite, sources.turn(place))
    source = sources.others.get(cite.ref)
    return _from_source(cite, source) if source else "dead-ref"


def _from_turn(cite: Cite, turn: Turn) -> Evidence | str:
    words = [one.word for one in tokens(cite.quote)]
    if not words:
        return "no-citation"
    if len(words) < SHORTEST:
        return "quote-too-short"
    return _found(words, turn) or "quote-not-in-span"


def _found(words: list[str], turn: Turn) -> Evidence | None:
    """Look for the quote where it touches the cited cue: in the next one, it is another cue's."""
    there = [one.word for one in turn.words]
    start = max(turn.first - len(words) + 1, 0)
    place = locate(words, there[start : turn.last + len(words) - 1])
    if place is None:
        return None
    first, last = start + place, start + place + len(words)
    return likeness.evidence(turn, first, last) if last > turn.first else None


def _from_source(cite: Cite, source: Source) -> Evidence | str:
    quote = quotable(cite.quote)
    text = "\n".join([source.text, *(one.text for one in source.statements)])
    proved = likeness.whole(cite.quote, text, source.by)
    if not quote:
        # Figures are computed again; whatever somebody wrote is quoted.
        return proved if source.statements else "no-citation"
    there = fold(source.text) or source.text
    if quote in source.whole or (source.part and f" {quote} " in f" {there} "):
        return proved
    return "quote-not-in-span"
