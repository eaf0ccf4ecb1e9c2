"""What a sentence cites, in words that a reader can follow: a moment, an activity, a message."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.brought import WITHIN, session_of
from fabrique.domain.text import Text, Words
from fabrique.domain.transcript import Transcript

KINDS = {
    "n": Text("note of the facilitator"),
    "m": Text("message"),
    "r": Text("resource"),
}
MOMENT, VOICE = Text("at {clock}"), Text("{name}, at {clock}")
ACTIVITY, SLIDE = Text("“{title}”"), Text("slide {page}")


def moment(milliseconds: int) -> str:
    """Write a moment of a recording: 12:03, 1:02:33."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def start_of(ref: str, transcript: Transcript) -> int | None:
    """Give when what `t:N` cites is heard, in milliseconds; None for anything else."""
    kind, _, number = ref.partition(":")
    if kind != "t" or not number.isascii() or not number.isdigit():
        return None
    place = int(number[:9]) - 1
    return transcript.cues[place].start if 0 <= place < len(transcript.cues) else None


def label(ref: str, transcript: Transcript, titles: Mapping[str, str]) -> Words:
    """Say what a reference leads to.

    `titles` gives those of activities, by run and by step, of what was brought by reference, and of
    other sessions by code.
    """
    if ref in titles:
        return titles[ref]
    bare, code = session_of(ref)
    if code:
        within = {"what": label(bare, Transcript(()), {}), "session": titles.get(code, code)}
        return Text(WITHIN.msgid, within)
    kind, _, rest = ref.partition(":")
    start = start_of(ref, transcript)
    if start is not None:
        name = transcript.cues[int(rest) - 1].speaker
        said = {"clock": moment(start), "name": name}
        return Text((VOICE if name else MOMENT).msgid, said)
    if kind == "a":
        return Text(ACTIVITY.msgid, {"title": titles.get(rest, rest)})
    if kind == "s":
        return Text(SLIDE.msgid, {"page": rest.rpartition("/")[2]})
    return KINDS.get(kind, ref)
