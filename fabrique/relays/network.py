"""A few lines ready to paste on a social network: the address is never cut."""

from __future__ import annotations

from fabrique.domain import article_news
from fabrique.domain.announcement import GatheringNews, Message
from fabrique.domain.article_news import ArticleNews
from fabrique.domain.language import Language
from fabrique.domain.told import line, subject, where
from fabrique.domain.when import said

LONGEST = 500  # what the strictest of the common networks takes


class Network:
    """Title, when, where, question, address."""

    def tell(self, news: GatheringNews, language: Language) -> Message:
        """Write it."""
        title = subject(news, language)
        day = [said(news.when, language)] if news.when else []
        parts = [title, *day, where(news, language), line(news.reason or news.question)]
        return _fitted(title, parts, news.address)

    def share(self, news: ArticleNews, language: Language) -> Message:
        """Write it of a text."""
        title = article_news.subject(news, language)
        parts = [title, *article_news.short(news, language), article_news.act(news, language)]
        return _fitted(title, parts, news.address)


def _fitted(title: str, parts: list[str], address: str) -> Message:
    words = "\n".join(part for part in parts if part)
    room = LONGEST - len(address) - 2
    short = words if len(words) <= room else words[: room - 1].rstrip() + "…"
    return Message("text/plain; charset=utf-8", "", title, f"{short}\n\n{address}")


KIND = Network()
