"""A mail: plain text for any mail program; how to hear no more of it is a header too."""

from __future__ import annotations

from fabrique.domain import article_news
from fabrique.domain.announcement import Announcement, GatheringNews, Message
from fabrique.domain.article_news import ArticleNews
from fabrique.domain.closing import left
from fabrique.domain.language import Language
from fabrique.domain.text import Text
from fabrique.domain.told import plain, subject

TEXT = "text/plain; charset=utf-8"
SUBJECT = Text("{title}: closes {left}")
BODY = Text(
    "Hello,\n\n“{title}” closes {left}, {when}.\n\nTo answer, or to change your answers, on the "
    "device where you began:\n{address}\n\nIf you have answered already, thank you: there is "
    "nothing to do. Nobody knows from this address who has.\n\n--\nYou left this address to be "
    "told once. To take it out: {gone}\n"
)
FOOT = Text("\n--\nTo hear no more of this: {gone}\n")


class Email:
    """Plain text."""

    def compose(self, about: Announcement, language: Language) -> Message:
        """Write the mail that says when a session closes."""
        said = {
            "title": " ".join(about.title.split()),  # a subject is one line
            "left": left(about.until, about.now),
            "when": language.moment(about.until),
            "address": about.address,
            "gone": about.gone,
        }
        subject = language.say(Text(SUBJECT.msgid, said))
        body = language.say(Text(BODY.msgid, said))
        return Message(TEXT, "", subject, body)

    def tell(self, news: GatheringNews, language: Language) -> Message:
        """Write the mail that tells of a gathering."""
        return Message(TEXT, "", subject(news, language), plain(news, language))

    def share(self, news: ArticleNews, language: Language) -> Message:
        """Write the mail that tells of a text."""
        return Message(
            TEXT, "", article_news.subject(news, language), article_news.plain(news, language)
        )

    def leaving(self, gone: str) -> dict[str, str]:
        """Give the headers by which a mail program offers to hear no more (RFC 2369, RFC 8058)."""
        return {"List-Unsubscribe": f"<{gone}>", "List-Unsubscribe-Post": ONE_CLICK}

    def foot(self, gone: str, language: Language) -> str:
        """Write the same under the text, for people."""
        return language.say(Text(FOOT.msgid, {"gone": gone}))


ONE_CLICK = "List-Unsubscribe=One-Click"
KIND = Email()
