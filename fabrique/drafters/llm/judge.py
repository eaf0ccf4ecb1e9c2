"""Which sentences of an answer stand: what is invented, unquoted or counted by a model does not."""

from __future__ import annotations

from typing import Any

import msgspec

from fabrique.domain.citations import Finding, check
from fabrique.domain.language import Language
from fabrique.domain.minutes import Cite, Sentence
from fabrique.domain.sources import Sources
from fabrique.drafters.llm.chunks import Chunk
from fabrique.drafters.llm.prompts import MOST, WRITTEN

LONGEST = 600  # signs of a sentence
# A person may look at the rest; a number that nobody said there is never a model's to give.
REFUSED = frozenset(("number-not-in-span",))
ENGLISH = Language("en")


def judged(raw: dict[str, Any], part: Chunk, sources: Sources) -> tuple[list[Sentence], list[str]]:
    """Give the sentences that stand, and what is wrong with each of the others."""
    good: list[Sentence] = []
    faults: list[str] = []
    listed = raw.get("sentences")
    for number, one in enumerate(listed[:MOST] if isinstance(listed, list) else (), 1):
        sentence = _sentence(one, part.section)
        fault = "its form is wrong" if sentence is None else _fault(sentence, part, sources)
        if sentence is not None and not fault:
            good.append(sentence)
        else:
            faults.append(f"{number}: {fault}")
    return good, faults or ([] if good else ["no sentence was given"])


def _sentence(one: Any, section: str) -> Sentence | None:
    """Read a sentence; whatever else the model says of it, a person's name too, is dropped."""
    try:
        kept = {key: one[key] for key in ("text", "kind", "cites")}
        found = msgspec.convert({**kept, "section": section}, Sentence)
    except (msgspec.ValidationError, KeyError, TypeError, UnicodeEncodeError):
        return None
    fits = found.kind in WRITTEN and found.text.strip() and len(found.text) <= LONGEST
    return found if fits else None


def _fault(sentence: Sentence, part: Chunk, sources: Sources) -> str:
    if not sentence.cites:
        return "it cites nothing"
    if stranger := next((one for one in sentence.cites if one.ref not in part.refs), None):
        return _unknown(stranger)
    broken = [one for one in check(sentence, sources) if _refuses(one)]
    return ENGLISH.say(broken[0].text) if broken else ""


def _refuses(finding: Finding) -> bool:
    return finding.blocks or finding.rule in REFUSED


def _unknown(cite: Cite) -> str:
    return f"“{cite.ref}” is none of the lines"
