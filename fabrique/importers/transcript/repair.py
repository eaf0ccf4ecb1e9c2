"""What programs write wrong in transcripts, put right once, when a transcript is taken in."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import structs

from fabrique.domain.mended import Mended
from fabrique.domain.transcript import Cue, Transcript

TOUCHING = 20  # milliseconds between two cues that follow each other


def repaired(transcript: Transcript) -> tuple[Transcript, Mended]:
    """Sort the cues, leave out what is empty or said twice, end what overlaps the same voice.

    Two voices may well speak at once: what one says is only compared with its own.
    """
    wrong: Counter[str] = Counter(unordered=_unordered(transcript.cues))
    ordered = sorted(transcript.cues, key=lambda cue: cue.start)
    spoken = [cue for cue in ordered if cue.text.strip()]
    wrong["empty"] = len(ordered) - len(spoken)
    cues = [
        structs.replace(one, text=" ".join(one.text.split()))
        for one in _apart(_rolled(spoken, wrong), wrong)
    ]
    return Transcript(tuple(cues), transcript.language), Mended(**wrong)


def _unordered(cues: Sequence[Cue]) -> int:
    """Count the cues to move, the fewest, for the others to be in order."""
    ends: list[int] = []  # where the longest runs in order end, by length
    for cue in cues:
        place = bisect_right(ends, cue.start)
        ends[place : place + 1] = [cue.start]
    return len(cues) - len(ends)


def _rolled(cues: Iterable[Cue], wrong: Counter[str]) -> list[Cue]:
    """Drop what a voice repeats of its last cue: itself again, or a last line (captions roll)."""
    kept: list[Cue] = []
    last: dict[str, int] = {}  # where the last cue of each voice is
    for cue in cues:
        place = last.get(cue.speaker)
        before = None if place is None else kept[place]
        text = _new(before, cue) if before else cue.text
        if place is not None and before and (not text or _same(before, cue)):
            kept[place] = structs.replace(before, end=max(before.end, cue.end))
            wrong["twice"] += 1
            continue
        wrong["lines"] += text != cue.text
        last[cue.speaker] = len(kept)
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


def _apart(cues: list[Cue], wrong: Counter[str]) -> list[Cue]:
    """End a cue where the same voice begins its next one."""
    found: list[Cue] = []
    after: dict[str, int] = {}  # when each voice begins again
    for cue in reversed(cues):
        start = after.get(cue.speaker, cue.end)
        overlaps = cue.start < start < cue.end
        wrong["overlapping"] += overlaps
        found.append(structs.replace(cue, end=start) if overlaps else cue)
        after[cue.speaker] = cue.start
    return found[::-1]
