"""What is told of a text that was published: in feeds at once, elsewhere when a person says so."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from fabrique.domain.language import Language
from fabrique.domain.text import Text
from fabrique.domain.told import line

SUBJECT = Text("To read: {title}")
AGAIN = Text("{title}: a new edition")
OPENINGS = {
    False: Text("What we made together is published."),
    True: Text("The text was published anew."),
}
READ = Text("Read it:")
SIGN_IN = Text("Read it, once signed in ({audience}):")
HEARD = Text("The recording can be heard there too.")
STANDS = Text("Validated by {name}.")


class Sound(Struct, frozen=True):
    """The recording as a file: where, how many bytes, how many milliseconds."""

    address: str
    size: int
    duration: int


class ArticleNews(Struct, frozen=True, kw_only=True):
    """All that may be said of an edition outside the house; never a sentence of its text."""

    uid: str
    number: int
    title: str
    address: str
    now: datetime  # when it was published
    house: str
    question: str = ""
    note: str = ""  # what changed
    by: str = ""  # who stands by it
    audience: Text | None = None  # None: everybody
    sound: Sound | None = None
    held_at: datetime | None = None


def subject(news: ArticleNews, language: Language) -> str:
    """Give the one line that stands above."""
    pattern = AGAIN if news.number > 1 else SUBJECT
    return language.say(Text(pattern.msgid, {"title": line(news.title)}))


def act(news: ArticleNews, language: Language) -> str:
    """Say what the address leads to, and who is let in."""
    if news.audience is None:
        return language.say(READ)
    return language.say(Text(SIGN_IN.msgid, {"audience": news.audience}))


def short(news: ArticleNews, language: Language) -> list[str]:
    """Give its lines: question, what it is, what changed, who stands by it."""
    lines = [line(news.question), language.say(OPENINGS[news.number > 1]), line(news.note)]
    if news.sound:
        lines.append(language.say(HEARD))
    if news.by:
        lines.append(language.say(Text(STANDS.msgid, {"name": line(news.by)})))
    return [one for one in lines if one]


def plain(news: ArticleNews, language: Language) -> str:
    """Write all of it as text for any mail program."""
    told = "\n".join(short(news, language))
    act_ = f"{act(news, language)}\n{news.address}"
    return "\n\n".join([line(news.title), told, act_, line(news.house)]) + "\n"
