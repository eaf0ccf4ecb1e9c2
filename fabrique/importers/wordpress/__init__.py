"""Articles of a WordPress site, from its own export (WXR 1.0 to 1.2): read, and nothing fetched.

Nothing is kept here: each text becomes an article to take in, or a problem that names its line.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from fabrique.domain.text import Invalid, Text
from fabrique.importers.wordpress.addresses import absolute, paths_of
from fabrique.importers.wordpress.body import body_of, line_of
from fabrique.importers.wordpress.item import Author, Item
from fabrique.importers.wordpress.items import Items
from fabrique.importers.wordpress.moments import moment_of

LONGEST_TITLE = 200
LONGEST_NAME = 200
LONGEST_ADDRESS = 500
MOST_WORDS = 30  # categories and tags of one text
TAKEN = ("post", "page")
OUT = {
    "draft": Text("It was a draft: it stays out."),
    "auto-draft": Text("It was a draft: it stays out."),
    "pending": Text("It waited to be read over: it stays out."),
    "future": Text("It was not out yet: it stays out."),
    "private": Text("It was private: it stays out."),
    "trash": Text("It was in the bin: it stays out."),
}
OTHER = Text("It was not published: it stays out.")
LOCKED = Text("A password was asked for to read it: it stays out.")
DATELESS = Text("It says no day: it stays out.")
AHEAD = Text("Its day is still to come: it stays out.")
EMPTY = Text("There is nothing to read in it: it stays out.")
NAMELESS = Text("It has no title: it stays out.")
LARGE = Text("It is longer than {limit} characters: it stays out.")
AGAIN = Text("It is in the file twice: the first stands.")
NO_MARK = Text("It has neither a mark nor an address of its own: it stays out.")
LEFT = Text("What “{code}” showed is left out.")
STRUCK = Text("Signs that cannot be shown were left out.")


class Piece(Struct, frozen=True):
    """A text that can be taken in; `body` is Markdown."""

    line: int
    mark: str  # what tells it from all others: the guid
    title: str
    kind: str  # post, page
    at: datetime
    author: str  # the login of whoever wrote it
    address: str  # where it was found
    paths: tuple[str, ...]  # by which people come to it
    words: tuple[str, ...]  # its categories, then its tags
    body: str
    summary: str
    media: tuple[str, ...]  # addresses of pictures and files that it shows


class Problem(Struct, frozen=True):
    """A text that stays out, or of which something is to be known."""

    line: int
    title: str
    text: Text
    out: bool = True


class Site(Struct, frozen=True):
    """What is understood of an export; `broken` is the line after which nothing could be read."""

    title: str
    address: str
    version: str
    language: str
    authors: tuple[Author, ...]
    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...]
    files: int = 0  # in its library of media
    others: int = 0  # menus, styles, revisions…
    broken: int = 0


class _Out(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    def __init__(self, text: Text) -> None:
        super().__init__(text.msgid)
        self.text = text


def read_wordpress(chunks: Iterable[bytes], zone: ZoneInfo, now: datetime, longest: int) -> Site:
    """Read an export, given in pieces; `longest` is what a body may hold, in characters.

    Raises `Invalid` for what is no export. One that breaks off is read up to there.
    """
    items = Items()
    items.read(chunks)
    return _Reader(items, zone, now, longest).site()


class _Reader:
    def __init__(self, items: Items, zone: ZoneInfo, now: datetime, longest: int) -> None:
        self._items = items
        self._zone = zone
        self._now = now
        self._longest = longest
        self._problems: list[Problem] = []
        self._marks: set[str] = set()

    def site(self) -> Site:
        """Judge every text, in the order of the file."""
        items = self._items
        texts = [one for one in items.found if one.kind in TAKEN]
        pieces = [piece for one in texts if (piece := self._judged(one)) is not None]
        if items.struck:
            self._problems.append(Problem(items.struck, "", STRUCK, out=False))
        used = {one.author for one in pieces}
        return Site(
            title=line_of(items.title)[:LONGEST_TITLE],
            address=items.address,
            version=items.version,
            language=items.language,
            authors=tuple(items.author(login) for login in sorted(used) if login),
            pieces=tuple(pieces),
            problems=tuple(sorted(self._problems, key=lambda one: one.line)),
            files=len(items.files),
            others=items.others,
            broken=items.broken,
        )

    def _judged(self, item: Item) -> Piece | None:
        title = line_of(item.title)[:LONGEST_TITLE]
        try:
            return self._piece(item, title)
        except _Out as no:
            self._problems.append(Problem(item.line, title, no.text))
            return None

    def _piece(self, item: Item, title: str) -> Piece:
        if item.status != "publish":
            raise _Out(OUT.get(item.status, OTHER))
        if item.password:
            raise _Out(LOCKED)
        if not title:
            raise _Out(NAMELESS)
        at = self._moment(item)
        paths = paths_of(item, self._items.address, LONGEST_ADDRESS)
        mark = item.guid.strip()[:LONGEST_ADDRESS] or next(iter(paths), "")
        if not mark:
            raise _Out(NO_MARK)
        found = body_of(item.content, self._items.address, self._items.files)
        if not found.text:
            raise _Out(EMPTY)
        if len(found.text) > self._longest:
            raise _Out(Text(LARGE.msgid, {"limit": self._longest}))
        if mark in self._marks:
            raise _Out(AGAIN)
        self._marks.add(mark)
        for code in found.left:
            said = Text(LEFT.msgid, {"code": code})
            self._problems.append(Problem(item.line, title, said, out=False))
        return Piece(
            line=item.line,
            mark=mark,
            title=title,
            kind=item.kind,
            at=at,
            author=item.creator[:LONGEST_NAME],
            address=absolute(item.link, self._items.address)[:LONGEST_ADDRESS],
            paths=paths,
            words=tuple(dict.fromkeys(map(line_of, item.words)))[:MOST_WORDS],
            body=found.text,
            summary=line_of(item.excerpt) or line_of(found.before),
            media=found.media,
        )

    def _moment(self, item: Item) -> datetime:
        at = moment_of(item, self._zone)
        if at is None:
            raise _Out(DATELESS)
        if at > self._now:
            raise _Out(AHEAD)
        return at


__all__ = ["Author", "Invalid", "Piece", "Problem", "Site", "read_wordpress"]
