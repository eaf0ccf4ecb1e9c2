"""The chat that Zoom saves beside a recording; what was written to one person is left aside."""

from __future__ import annotations

import re

from msgspec import Struct

from fabrique.domain.text import Invalid, Text
from fabrique.domain.transcript import Chat, Said
from fabrique.importers.transcript.alphabet import decoded

DATE = r"(?:\d{4}-\d{2}-\d{2}\s+)?"
HEAD = re.compile(rf"{DATE}(\d{{1,2}}):(\d{{2}}):(\d{{2}})\s+(.*)")
# "From Ana to Everyone: …", "De Ana à Tout le monde : …", and "Ana:⇥…" of a cloud recording.
SENT = re.compile(r"(?:From|De)\s+([^:]{1,200}):(?:\s+(.*))?$")
TOWARDS = re.compile(r"\s+(?:to|à|To|À)\s+")
SHORT = re.compile(r"(.{1,80}?)\s?:\s+(.*)")
PRIVATE = re.compile(
    r"\((?:direct message|privately|message direct|(?:en )?privé)\)", re.IGNORECASE
)
ALL = re.compile(r"\s*(?:everyone|tout le monde|tous|all|toutes et tous)\b", re.IGNORECASE)
REACTION = re.compile(r"(?:Reacted to|Removed a|A réagi à|A supprimé)\b")
DAY, HALF = 86_400_000, 43_200_000


class _Message(Struct):
    at: int
    by: str
    to: str
    lines: list[str]


def read_chat(content: bytes) -> Chat:
    """Read the messages written to all, in order; raise `Invalid` with the line."""
    found: list[_Message] = []
    for number, line in enumerate(decoded(content).split("\n"), 1):
        if begun := _begun(line):
            found.append(begun)
        elif found:
            found[-1].lines.append(line)
        elif line.strip():
            raise Invalid(Text("This is not a chat saved by Zoom."), str(number))
    if not found:
        raise Invalid(Text("This chat holds no message."), "1")
    return _chat(found)


def _begun(line: str) -> _Message | None:
    head = HEAD.match(line)
    if head is None:
        return None
    hours, minutes, seconds = map(int, head.groups()[:3])
    at = ((hours * 60 + minutes) * 60 + seconds) * 1000
    if (sent := SENT.match(head[4].strip())) and len(named := TOWARDS.split(sent[1], 1)) > 1:
        by, to = named
        return _Message(at, by.strip(), to.strip(), [sent[2] or ""])
    if said := SHORT.match(head[4].strip()):
        return _Message(at, said[1].strip(), "", [said[2]])
    return None


def _chat(found: list[_Message]) -> Chat:
    messages: list[Said] = []
    private = later = last = 0
    for one in found:
        # A session that passes midnight goes on.
        later += DAY if last - one.at > HALF else 0
        last = one.at
        text = "\n".join(one.lines).strip()
        if PRIVATE.search(one.to) or (one.to and not ALL.match(one.to)):
            private += 1
        elif text and not REACTION.match(text):
            messages.append(Said(one.at + later, one.by, text))
    return Chat(tuple(messages), private)
