"""What programs write wrong in transcripts, put right once, when a transcript is taken in."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from fabrique.domain.transcript import Cue, Transcript

TOUCHING = 20  # milliseconds between two cues that follow each other


def repaired(transcript: Transcript) -> Transcript:
    """Sort the cues, leave out what is empty or said twice, end what overlaps the same voice."""
    ordered = sorted(transcript.cues, key=lambda cue: cue.start)
    rolled = _rolled(cue for cue in ordered if cue.text.strip())
    cues = (structs.replace(one, text=" ".join(one.text.split())) for one in _apart(rolled))
    return Transcript(tuple(cues), transcript.language)


def _rolled(cues: Iterable[Cue]) -> list[Cue]:
    """Drop what a cue repeats of the one before: itself again, or its last line (captions roll)."""
    kept: list[Cue] = []
    for cue in cues:
        before = kept[-1] if kept and kept[-1].speaker == cue.speaker else None
        if before and _same(before, cue):
            kept[-1] = structs.replace(before, end=max(before.end, cue.end))
            continue
        text = _new(before, cue) if before else cue.text
        if before and not text:
            kept[-1] = structs.replace(before, end=max(before.end, cue.end))
        else:
            kept.append(structs.replace(cue, text=text))
    return kept


def _same(before: Cue, cue: Cue) -> bool:
    overlaps = cue.start < before.end or cue.start == before.start
    return overlaps and before.text.split() == cue.text.split()


def _new(before: Cue, cue: Cue) -> str:
    first, *others = cue.text.split("\n")
    last = before.text.split("\n")[-1]
    repeats = others and first == last and cue.start <= before.end + TOUCHING
    return "\n".join(others) if repeats else cue.text


def _apart(cues: list[Cue]) -> list[Cue]:
    """End a cue where the same voice begins the next; two voices may well speak at once."""
    following = [*cues[1:], None]
    return [
        structs.replace(cue, end=after.start)
        if after and after.speaker == cue.speaker and cue.start < after.start < cue.end
        else cue
        for cue, after in zip(cues, following, strict=True)
    ]
