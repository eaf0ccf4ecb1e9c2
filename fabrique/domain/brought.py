"""What people bring to minutes beside the session: chats, notes, links, other sessions.

The first session's references are bare; a source that was brought is named by its number, which is
given once, and another session by its code: `m:4.12` the twelfth message of source 4, `n:5.1` a
note, `r:6.1` a link, `a:r2@K7M3QX` what the second run of another session gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from fabrique.domain.sources import Source, quotable
from fabrique.domain.text import Text

CHAT, NOTE, LINK, SESSION = "chat", "note", "link", "session"
KINDS = (CHAT, NOTE, LINK, SESSION)
LETTERS = {CHAT: "m", NOTE: "n", LINK: "r"}
OF = "@"  # before the code of another session
SIGNED = {CHAT: Text("message of {by}"), NOTE: Text("note of {by}")}
UNSIGNED = {CHAT: Text("message"), NOTE: Text("note")}
WITHIN = Text("{what}, “{session}”")


class Line(Struct, frozen=True):
    """A message or a note; `at` in milliseconds, where a moment was given."""

    text: str
    by: str = ""
    at: int | None = None


class Brought(Struct, frozen=True):
    """A source and its lines; the title of a file or a link, the address of a link."""

    number: int
    kind: str
    title: str = ""
    address: str = ""
    lines: tuple[Line, ...] = ()

    def ref(self, line: int) -> str:
        """Give the reference of its N-th line, from 1."""
        return f"{LETTERS[self.kind]}:{self.number}.{line}"

    def refs(self) -> list[str]:
        """Give the reference of every line."""
        return [self.ref(n) for n, _ in enumerate(self.lines, 1)]


def sources(brought: Iterable[Brought]) -> dict[str, Source]:
    """Give what may be cited of them: messages and notes whole, of a link any part."""
    return {
        ref: _source(one, line)
        for one in brought
        for ref, line in zip(one.refs(), one.lines, strict=True)
    }


def _source(one: Brought, line: Line) -> Source:
    if one.kind == LINK:
        told = filter(None, (one.title, one.address, line.text))
        return Source("\n".join(told), part=True)
    return Source(line.text, line.by, frozenset((quotable(line.text),)))


def labels(brought: Iterable[Brought]) -> dict[str, Text | str]:
    """Say what each reference leads to."""
    return {
        ref: _label(one, line)
        for one in brought
        for ref, line in zip(one.refs(), one.lines, strict=True)
    }


def _label(one: Brought, line: Line) -> Text | str:
    if one.kind == LINK:
        return one.title
    return Text(SIGNED[one.kind].msgid, {"by": line.by}) if line.by else UNSIGNED[one.kind]


def elsewhere(ref: str, code: str) -> str:
    """Give how something of another session is named."""
    return f"{ref}{OF}{code}"


def moved(sources: Mapping[str, Source], code: str) -> dict[str, Source]:
    """Give all that another session holds, under its code."""
    return {elsewhere(ref, code): one for ref, one in sources.items()}


def session_of(ref: str) -> tuple[str, str]:
    """Give a reference without the code of its session, and the code; "" for the first one."""
    bare, _, code = ref.rpartition(OF)
    return (bare, code) if bare else (ref, "")


def is_brought(ref: str) -> bool:
    """Whether a reference leads to what no archive of the first session holds."""
    bare, code = session_of(ref)
    kind, _, rest = bare.partition(":")
    number, dot, line = rest.partition(".")
    own = kind in LETTERS.values() and dot and number.isdigit() and line.isdigit()
    return bool(code or own)
