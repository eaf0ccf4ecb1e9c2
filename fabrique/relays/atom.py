"""The agenda as a feed of news (RFC 4287): what was last announced or changed comes first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

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


def feed(many: Iterable[GatheringNews], language: Language, own: str, page: str, house: str) -> str:
    """Write the feed."""
    told = list(many)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": language.code})
    _add(root, "id", own)
    _add(root, "title", line(house))
    _add(root, "updated", _at(max((news.now for news in told), default=EMPTY)))
    _add(root, "link", rel="self", type="application/atom+xml", href=own)
    _add(root, "link", rel="alternate", type="text/html", href=page)
    author = _add(root, "author")
    _add(author, "name", line(house))
    root.extend(entry(news, language) for news in told)
    return HEAD + ET.tostring(root, encoding="unicode")


def entry(news: GatheringNews, language: Language) -> ET.Element:
    """Write one gathering."""
    found = ET.Element("entry")
    _add(found, "id", f"urn:uuid:{news.uid}")
    _add(found, "title", subject(news, language))
    _add(found, "updated", _at(news.now))
    _add(found, "link", rel="alternate", type="text/html", href=news.address)
    _add(found, "content", plain(news, language), type="text")
    return found


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = text.translate(_FORBIDDEN) or None
    return child


def _at(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


KIND = Atom()
