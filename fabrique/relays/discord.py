"""A post for a webhook of Discord: it calls nobody by name, and keeps to the sizes taken there."""

from __future__ import annotations

import re
from typing import Any

from fabrique.domain import article_news
from fabrique.domain.announcement import GatheringNews, Message
from fabrique.domain.article_news import ArticleNews
from fabrique.domain.language import Language
from fabrique.domain.told import facts, line, subject

TITLE, BODY = 256, 4096  # characters of an embed; with both, 6,000 are not reached
_MARKUP = re.compile(r"([\\*_~`|>\[\]()#<@-])")
CURTAIN = 0xA3123A


class Discord:
    """One embed: a title that leads to the page, and the facts."""

    def tell(self, news: GatheringNews, language: Language) -> Message:
        """Write the post; users' words are nobody's markup."""
        shown = [f"**{label}** {escaped(value)}" for label, value in facts(news, language)]
        asked = [f"*{escaped(line(news.question))}*"] if news.question else []
        body = "\n".join([*asked, *shown, news.address])
        return Message("text/markdown", "", subject(news, language), body)

    def share(self, news: ArticleNews, language: Language) -> Message:
        """Write the post of a text."""
        lines = [escaped(one) for one in article_news.short(news, language)]
        body = "\n".join([*lines, article_news.act(news, language), news.address])
        return Message("text/markdown", "", article_news.subject(news, language), body)

    def payload(self, title: str, body: str, address: str = "") -> dict[str, Any]:
        """Give what the webhook takes; `@everyone` in it calls nobody."""
        embed = {"title": cut(title, TITLE), "description": cut(body, BODY), "color": CURTAIN}
        if address:
            embed["url"] = address
        return {"embeds": [embed], "allowed_mentions": {"parse": []}}


def escaped(words: str) -> str:
    """Take its meaning from every sign that Discord would read."""
    return _MARKUP.sub(r"\\\1", words)


def cut(words: str, most: int) -> str:
    """Keep the beginning where it is too long, and say so."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


KIND = Discord()
