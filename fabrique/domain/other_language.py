"""What is said where something is in another language than its session: what it is, what it means.

Nothing is blocked by it; whoever reads decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fabrique.domain.text import Text
from fabrique.domain.tongues import NAMES, name_of, shares

PART = 0.25  # of another language, from which it is said: French meetings are full of English words
FOREIGN = Text(
    "This transcript seems to be in {language}, this session in {other}. Extracts, negations and"
    " numbers said in words are looked at as French or English: read each sentence beside its"
    " source."
)
FOREIGN_PART = Text(
    "About {share}% of this transcript seems to be in {language}, this session in {other}."
    " Extracts, negations and numbers said in words are looked at as French or English: read each"
    " sentence beside its source."
)
KNOWN = Text(
    "This transcript seems to be in {language}, this session in {other}. What is quoted stays in"
    " {language}; numbers said in words are compared in French alone."
)
KNOWN_PART = Text(
    "About {share}% of this transcript seems to be in {language}, this session in {other}. What is"
    " quoted stays in {language}; numbers said in words are compared in French alone."
)
HEARD = Text(
    "This recording seems to be in {language}, and was written down as if it were in {other}: what"
    " is written is not what was said."
)
HEARD_PART = Text(
    "About {share}% of this recording seems to be in {language}, and was written down as if it were"
    " in {other}: what is written there is not what was said."
)
OURS = ("en", "fr")  # what extracts and checks are made for


def of_transcript(texts: Iterable[str], expected: str) -> Text | None:
    """Say that what was said, cue by cue, is not in the language of the session, or not all of it.

    None where it is, and where it cannot be told.
    """
    expected = _code(expected)
    found = _other(shares(texts), expected) if expected in NAMES else None
    if found is None:
        return None
    whole, part = (KNOWN, KNOWN_PART) if found[0] in OURS else (FOREIGN, FOREIGN_PART)
    return _said(whole, part, *found, expected)


def of_recording(heard: Mapping[str, float], written: str) -> Text | None:
    """Say the same of a recording: which languages are heard, in which one it was written down."""
    written = _code(written)
    found = _other(heard, written)
    return _said(HEARD, HEARD_PART, *found, written) if found else None


def _code(language: str) -> str:
    """Give "fr" for "fr-CA"."""
    return language.replace("_", "-").partition("-")[0].lower()


def _other(found: Mapping[str, float], expected: str) -> tuple[str, float] | None:
    """Give the language that is most in it besides the expected one, and which part of it all."""
    others = {code: part for code, part in found.items() if code != expected}
    code = max(others, key=lambda one: others[one], default="")
    return (code, others[code]) if code and others[code] >= PART else None


def _said(whole: Text, some: Text, code: str, part: float, expected: str) -> Text:
    told = {"language": name_of(code), "other": name_of(expected)}
    if part > 1 - PART:
        return Text(whole.msgid, told)
    return Text(some.msgid, {**told, "share": round(part * 20) * 5})
