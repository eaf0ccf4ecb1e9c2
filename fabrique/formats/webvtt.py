"""The canonical form of a transcript: WebVTT with voices, each cue under its number."""

from __future__ import annotations

from fabrique.domain.transcript import OURS, Cue, Transcript

HOUR, MINUTE, SECOND = 3_600_000, 60_000, 1000
MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def write_webvtt(transcript: Transcript) -> bytes:
    """Write a transcript; what is read back has the same cues, times, speakers and words."""
    cues = enumerate(transcript.cues, 1)
    head = f"{OURS}\nLanguage: {transcript.language}\n"
    return "\n".join([head, *(_cue(number, cue) for number, cue in cues)]).encode()


def clock(moment: int) -> str:
    """Write a time of a cue: "00:01:02.345"."""
    rest = moment % HOUR
    seconds = f"{rest % MINUTE // SECOND:02}.{rest % SECOND:03}"
    return f"{moment // HOUR:02}:{rest // MINUTE:02}:{seconds}"


def _cue(number: int, cue: Cue) -> str:
    voice = f"<v {_escaped(cue.speaker)}>" if cue.speaker.strip() else ""
    return f"{number}\n{clock(cue.start)} --> {clock(cue.end)}\n{voice}{_escaped(cue.text)}\n"


def _escaped(text: str) -> str:
    """Keep a text on one line, its marks harmless: an arrow in it would be read as a time."""
    return "".join(MARKS.get(sign, sign) for sign in " ".join(text.split()))
