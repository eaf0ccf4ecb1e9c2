"""Prose by a language model, part by part; off unless a session's people have agreed to it.

It writes sentences about what was said, never figures. Each is judged as everything is; what does
not stand is asked again, then left out, and extracts take the place of a part that has nothing.
"""

from __future__ import annotations

from fabrique.domain.completion import Ask
from fabrique.domain.language import Language
from fabrique.domain.material import Material
from fabrique.domain.minutes import Draft, Sentence
from fabrique.domain.passages import passages
from fabrique.domain.salience import extracts
from fabrique.domain.text import Name, Text
from fabrique.drafters.llm.chunks import Chunk, chunks
from fabrique.drafters.llm.judge import judged
from fabrique.drafters.llm.ladder import Ladder
from fabrique.drafters.llm.prompts import opening, repair

REPAIRS = 2  # turns, after the first
STOOD_IN = Text(
    "{n} part of {total} was not written by the model: extracts stand for it.",
    {},
    "{n} parts of {total} were not written by the model: extracts stand for them.",
)


class Llm:
    """Sentences that point at what they repeat."""

    name = Name(fr="Modèle de langue", en="Language model")

    def draft(self, material: Material, ask: Ask | None = None) -> Draft:
        """Ask for each part; where nobody can be asked, extracts."""
        parts = chunks(material)
        ladder = Ladder(ask)
        drafted = [_part(part, material, ladder) for part in parts]
        missing = sum(not written for written, _ in drafted)
        sentences = [one for _, found in drafted for one in found]
        return Draft(
            tuple(dict.fromkeys(sentences)),
            "llm",
            material.title,
            material.language,
            _remarks(missing, len(parts), material.language),
        )


def _part(part: Chunk, material: Material, ladder: Ladder) -> tuple[bool, list[Sentence]]:
    """Give the sentences of a part, and whether the model wrote them."""
    if found := _asked(part, material, ladder):
        return True, found
    said = [one for one in passages(material.sources.cues) if part.first <= one.cue < part.own_end]
    return False, list(extracts(said, part.section))


def _asked(part: Chunk, material: Material, ladder: Ladder) -> list[Sentence]:
    messages = opening(part, material.language)
    kept: dict[Sentence, None] = {}
    for turn in range(1 + REPAIRS):
        answer = ladder.climb(messages, part)
        if answer is None:
            break
        good, faults = judged(answer.raw, part, material.sources)
        kept |= dict.fromkeys(good)
        if not faults or turn == REPAIRS:
            break
        messages = [*messages, *repair(answer.words, faults, material.language)]
    return list(kept)


def _remarks(missing: int, total: int, language: str) -> tuple[str, ...]:
    if not missing:
        return ()
    params = {"n": missing, "total": total}
    return (Language(language).say(Text(STOOD_IN.msgid, params, STOOD_IN.plural)),)


KIND = Llm()
