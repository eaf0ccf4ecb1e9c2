"""A paragraph ready to paste into a newsletter."""

from __future__ import annotations

from fabrique.domain import article_news
from fabrique.domain.announcement import GatheringNews, Message
from fabrique.domain.article_news import ArticleNews
from fabrique.domain.language import Language
from fabrique.domain.told import plain, subject


class Newsletter:
    """The whole, as text."""

    def tell(self, news: GatheringNews, language: Language) -> Message:
        """Write it."""
        return Message(
            "text/plain; charset=utf-8", "", subject(news, language), plain(news, language)
        )

    def share(self, news: ArticleNews, language: Language) -> Message:
        """Write that of a text."""
        subject_ = article_news.subject(news, language)
        return Message(
            "text/plain; charset=utf-8", "", subject_, article_news.plain(news, language)
        )


KIND = Newsletter()
