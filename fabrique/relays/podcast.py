"""Recordings that were published, as a podcast: RSS 2.0 with the tags that players ask for."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from msgspec import Struct

from fabrique.domain.article_news import ArticleNews, Sound, short
from fabrique.domain.language import Language
from fabrique.domain.told import line

ATOM = "http://www.w3.org/2005/Atom"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_FORBIDDEN = dict.fromkeys((0xFFFE, 0xFFFF))
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
MEDIA_TYPE = "application/rss+xml; charset=utf-8"


class Channel(Struct, frozen=True):
    """What the feed says of itself; a `private` one is kept out of directories."""

    own: str  # its address
    page: str
    house: str
    title: str
    about: str
    image: str
    private: bool = False


def podcast(many: Iterable[ArticleNews], channel: Channel, language: Language) -> str:
    """Write the feed; what has no sound is left out."""
    ET.register_namespace("itunes", ITUNES)
    ET.register_namespace("atom", ATOM)
    root = ET.Element("rss", {"version": "2.0"})
    top = ET.SubElement(root, "channel")
    _add(top, "title", line(channel.title))
    _add(top, "link", channel.page)
    _add(top, "description", line(channel.about))
    _add(top, "language", language.code)
    _add(top, f"{{{ATOM}}}link", rel="self", type="application/rss+xml", href=channel.own)
    _add(top, f"{{{ITUNES}}}author", line(channel.house))
    _add(top, f"{{{ITUNES}}}explicit", "false")
    _add(top, f"{{{ITUNES}}}type", "episodic")
    _add(top, f"{{{ITUNES}}}image", href=channel.image)
    _add(top, f"{{{ITUNES}}}category", text="Arts")
    if channel.private:
        _add(top, f"{{{ITUNES}}}block", "Yes")
    for news in many:
        if news.sound:
            top.append(_item(news, news.sound, language))
    return HEAD + ET.tostring(root, encoding="unicode")


def _item(news: ArticleNews, sound: Sound, language: Language) -> ET.Element:
    found = ET.Element("item")
    _add(found, "title", line(news.title))
    _add(found, "link", news.address)
    # The same conversation stays the same episode, whatever edition of its text is read.
    _add(found, "guid", f"urn:uuid:{news.uid}", isPermaLink="false")
    _add(found, "pubDate", format_datetime(news.held_at or news.now))
    _add(found, "description", "\n".join(short(news, language)))
    _add(found, "enclosure", url=sound.address, length=str(sound.size), type="audio/mpeg")
    _add(found, f"{{{ITUNES}}}duration", str(sound.duration // 1000))
    return found


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = text.translate(_FORBIDDEN) or None
    return child
