"""The sentences in which a gathering is told of, whatever carries them: line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabrique.domain.announcement import GatheringNews, Happens
from fabrique.domain.language import Language
from fabrique.domain.text import Text
from fabrique.domain.typography import printable
from fabrique.domain.when import said

SUBJECTS = {
    Happens.ANNOUNCED: Text("Save the date: {title}"),
    Happens.PUBLISHED: Text("{title}: registration is open"),
    Happens.UPDATED: Text("{title}: what changes"),
    Happens.POSTPONED: Text("Postponed: {title}"),
    Happens.CANCELLED: Text("Cancelled: {title}"),
}
OPENINGS = {
    Happens.ANNOUNCED: Text("Keep this date. The programme and the registration come later."),
    Happens.PUBLISHED: Text("You are invited."),
    Happens.UPDATED: Text("Something changes."),
    Happens.POSTPONED: Text("It will not take place on the date that was given."),
    Happens.CANCELLED: Text("It will not take place."),
}
ACTS = {
    Happens.ANNOUNCED: Text("Say whether you are coming:"),
    Happens.PUBLISHED: Text("Read more and register:"),
    Happens.UPDATED: Text("The page is up to date:"),
    Happens.POSTPONED: Text("News will be given here:"),
    Happens.CANCELLED: Text("The page stays here:"),
}
INVITED = Text("{title}: you are invited")  # where nobody has to register
MORE = Text("Read more:")
MODES = {
    "remote": Text("online"),
    "site": Text("on site"),
    "hybrid": Text("on site and online"),
}

_SPACE = re.compile(r"[^\S\u00a0\u202f]+")  # what is firm in our own words stays so


def line(words: str) -> str:
    """Keep users' words on one line, without what turns or hides them."""
    return _SPACE.sub(" ", printable(words)).strip()


def subject(news: GatheringNews, language: Language) -> str:
    """Give the one line that stands above."""
    pattern = INVITED if _just_comes(news) else SUBJECTS[news.happens]
    return language.say(Text(pattern.msgid, {"title": line(news.title)}))


def act(news: GatheringNews, language: Language) -> str:
    """Say what the address leads to."""
    return language.say(MORE if _just_comes(news) else ACTS[news.happens])


def _just_comes(news: GatheringNews) -> bool:
    return news.happens is Happens.PUBLISHED and not news.registers


def facts(news: GatheringNews, language: Language) -> Iterator[tuple[str, str]]:
    """Give (label, value): why, what changes, when, where, for whom."""
    if news.reason:
        yield language.say(Text("Why")), line(news.reason)
    if news.until_when:
        yield language.say(Text("Postponed to")), line(news.until_when)
    for change in news.changes:
        before, after = line(change.before) or "—", line(change.after) or "—"
        yield language.say(change.what), f"{before} → {after}"
    gone = news.happens in (Happens.POSTPONED, Happens.CANCELLED)
    if news.when is not None:
        label = Text("It was planned for") if gone else Text("When")
        yield language.say(label), said(news.when, language)
    if not gone:
        yield language.say(Text("Where")), where(news, language)
    if news.audience is not None and not gone:
        yield language.say(Text("For whom")), language.say(news.audience)


def where(news: GatheringNews, language: Language) -> str:
    """Say how one takes part, and the place if there is one."""
    mode = language.say(MODES[news.mode])
    return f"{mode}, {line(news.place)}" if news.place else mode


def plain(news: GatheringNews, language: Language) -> str:
    """Write all of it as text for any mail program."""
    opening = language.say(OPENINGS[news.happens])
    blocks = [
        line(news.title) + (f"\n{line(news.question)}" if news.question else ""),
        opening,
        "\n".join(language.pair(label, value) for label, value in facts(news, language)),
    ]
    if news.about and news.happens is Happens.PUBLISHED:
        blocks.append(printable(news.about).strip())
    blocks.append(f"{act(news, language)}\n{news.address}")
    blocks.append(line(news.house))
    return "\n\n".join(blocks) + "\n"
