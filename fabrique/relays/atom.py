"""News as a feed (RFC 4287): what was last announced, changed or published comes first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from msgspec import Struct

from fabrique.domain.announcement import GatheringNews, Message
from fabrique.domain.language import Language
from fabrique.domain.told import line, plain, subject

ATOM = "http://www.w3.org/2005/Atom"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
EMPTY = datetime(1970, 1, 1, tzinfo=UTC)
_FORBIDDEN = dict.fromkeys((0xFFFE, 0xFFFF))


class Atom:
    """Entries whose id never changes, whatever becomes of their title or date."""

    def tell(self, news: GatheringNews, language: Language) -> Message:
        """Write one entry alone."""
        body = ET.tostring(entry(news, language), encoding="unicode")
        return Message("application/atom+xml; charset=utf-8", "", subject(news, language), body)


class Written(Struct, frozen=True):
    """A text that was published; `id` never changes, whatever becomes of it."""

    id: str
    title: str
    address: str
    at: datetime
    words: str = ""


class Place(Struct, frozen=True):
    """A feed: its own address, the page it follows, whose it is."""

    own: str
    page: str
    house: str


def feed(many: Iterable[GatheringNews], language: Language, place: Place) -> str:
    """Write the feed of what is announced."""
    told = list(many)
    last = max((news.now for news in told), default=EMPTY)
    return _feed([entry(news, language) for news in told], language, place, last)


def shelf(many: Iterable[Written], language: Language, place: Place) -> str:
    """Write the feed of what was published."""
    told = list(many)
    last = max((one.at for one in told), default=EMPTY)
    return _feed([_published(one) for one in told], language, place, last)


def entry(news: GatheringNews, language: Language) -> ET.Element:
    """Write one gathering."""
    written = Written(news.uid, subject(news, language), news.address, news.now)
    return _entry(written, "content", plain(news, language))


def _published(one: Written) -> ET.Element:
    return _entry(one, "summary", line(one.words))


def _entry(one: Written, name: str, words: str) -> ET.Element:
    found = ET.Element("entry")
    _add(found, "id", f"urn:uuid:{one.id}")
    _add(found, "title", line(one.title))
    _add(found, "updated", _at(one.at))
    _add(found, "link", rel="alternate", type="text/html", href=one.address)
    if words:
        _add(found, name, words, type="text")
    return found


def _feed(entries: list[ET.Element], language: Language, place: Place, last: datetime) -> str:
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": language.code})
    _add(root, "id", place.own)
    _add(root, "title", line(place.house))
    _add(root, "updated", _at(last))
    _add(root, "link", rel="self", type="application/atom+xml", href=place.own)
    _add(root, "link", rel="alternate", type="text/html", href=place.page)
    _add(_add(root, "author"), "name", line(place.house))
    root.extend(entries)
    return HEAD + ET.tostring(root, encoding="unicode")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = text.translate(_FORBIDDEN) or None
    return child


def _at(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


KIND = Atom()
