"""The cues of WebVTT and SubRip as they are written: times, then lines; the rest is left aside."""

from __future__ import annotations

import re

from msgspec import Struct

from fabrique.domain.text import Invalid, Text

ARROW = "-->"
MOMENT = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
TIMES = re.compile(rf"\s*{MOMENT}\s*-->\s*{MOMENT}(?:[ \t].*)?")
ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
LANGUAGE = re.compile(r"Language:\s*([A-Za-z]{2,3})\b")
NUMBER = re.compile(r"\s*\d+\s*")
SIXTY = 60
LONGEST = 50_000  # signs of a cue: more than anybody says in one breath, or in an hour


class Raw(Struct):
    """The times of a cue, its lines of text, and the line of the file where it begins."""

    start: int
    end: int
    lines: list[str]
    line: int


def blocks(text: str, most: int) -> list[Raw]:
    """Give every cue in the order of the file; raise `Invalid` for what is no transcript."""
    lines = text.split("\n")
    _check_head(lines)
    found: list[Raw] = []
    inside = aside = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            inside = aside = False
        elif ARROW in line and not aside:
            _close(found, inside=inside)
            found.append(_begun(line, number))
            inside = True
            _check_most(found, most)
        elif inside:
            found[-1].lines.append(line)
            _check_long(found[-1], number)
        else:
            aside = aside or bool(ASIDE.match(line))
    return found


def language(text: str) -> str:
    """Give the language that the head of the file names, French where it names none."""
    head = text.partition("\n\n")[0] if text.startswith("WEBVTT") else ""
    found = LANGUAGE.search(head.partition(ARROW)[0])
    return found[1].lower() if found else "fr"


def _check_head(lines: list[str]) -> None:
    number, first = next(((n, one) for n, one in enumerate(lines, 1) if one.strip()), (1, ""))
    if not first:
        raise Invalid(Text("This file is empty."), "1")
    if re.match(r"\s*WEBVTT(?:\s|$)", first):
        return
    # SubRip has no head: a number, which some leave out, then times.
    times = number if NUMBER.fullmatch(first) else number - 1
    if times >= len(lines) or not TIMES.fullmatch(lines[times]):
        raise Invalid(Text("This is neither a WebVTT nor an SRT transcript."), str(number))


def _close(found: list[Raw], *, inside: bool) -> None:
    """Where no empty line parts two cues, the number of the second is no word of the first."""
    if inside and found[-1].lines and NUMBER.fullmatch(found[-1].lines[-1]):
        found[-1].lines.pop()


def _begun(line: str, number: int) -> Raw:
    times = TIMES.fullmatch(line)
    if times is None:
        raise Invalid(Text("The times of this cue cannot be read."), str(number))
    start, end = _moment(times.groups()[:4], number), _moment(times.groups()[4:], number)
    if end < start:
        raise Invalid(Text("This cue ends before it begins."), str(number))
    return Raw(start, end, [], number)


def _moment(parts: tuple[str | None, ...], number: int) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    if seconds >= SIXTY or (parts[0] and minutes >= SIXTY):
        raise Invalid(Text("The times of this cue cannot be read."), str(number))
    thousandths = int((parts[3] or "0").ljust(3, "0"))
    return ((hours * SIXTY + minutes) * SIXTY + seconds) * 1000 + thousandths


def _check_long(cue: Raw, number: int) -> None:
    if sum(map(len, cue.lines)) > LONGEST:
        raise Invalid(
            Text("A text is longer than {limit} characters.", {"limit": LONGEST}), str(number)
        )


def _check_most(found: list[Raw], most: int) -> None:
    if len(found) > most:
        limit = {"limit": most}
        raise Invalid(Text("A transcript has at most {limit} cues.", limit), str(found[-1].line))
