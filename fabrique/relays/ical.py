"""The closing as an entry of one's own calendar (RFC 5545), with a call a day before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from fabrique.domain.announcement import Announcement, Message
from fabrique.domain.language import Language
from fabrique.domain.text import Text
from fabrique.domain.typography import printable

CLOSES = Text("Closes: {title}")
WIDEST = 75  # bytes a line, as the format asks
_AT = "%Y%m%dT%H%M%SZ"


class Ical:
    """A calendar of one event; the same session gives the same event, so that a date may move."""

    def compose(self, about: Announcement, language: Language) -> Message:
        """Write the file."""
        title = language.say(Text(CLOSES.msgid, {"title": printable(about.title)}))
        lines = (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Fabrique//FR",
            "BEGIN:VEVENT",
            f"UID:{about.code}-closing@fabrique",
            f"DTSTAMP:{_utc(about.now)}",
            f"DTSTART:{_utc(about.until)}",
            f"DTEND:{_utc(about.until)}",
            f"SUMMARY:{_words(title)}",
            f"DESCRIPTION:{_words(about.address)}",
            f"URL:{about.address}",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "TRIGGER:-P1D",
            f"DESCRIPTION:{_words(title)}",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
        )
        body = "".join(f"{part}\r\n" for line in lines for part in _folded(line))
        name = f"fabrique-{about.code}.ics"
        return Message("text/calendar; charset=utf-8", name, title, body)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime(_AT)


def _words(text: str) -> str:
    """Write words so that none of them can end the line or begin another property."""
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Cut a line where it is too long, between characters; what follows begins with a space."""
    part = ""
    for char in line:
        if len(f"{part}{char}".encode()) > WIDEST:
            yield part
            part = " "
        part += char
    yield part


KIND = Ical()
