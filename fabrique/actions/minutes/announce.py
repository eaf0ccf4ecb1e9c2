"""What is told of a text, to whom: drafts that a person reads, rewrites and releases.

A text that is not for everybody is told of by its title and a link, which asks who one is. No
sentence of it goes anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from msgspec import structs

from fabrique.actions.history import name_of, note
from fabrique.actions.minutes import shared
from fabrique.actions.news import gone_address, silenced
from fabrique.actions.outbox import Letter, put
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.announcement import Message
from fabrique.domain.article_news import ArticleNews
from fabrique.domain.edition import Stage
from fabrique.domain.language import Language, language
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.store.models import Dispatch, Edition, Minutes, Person, Registration
from fabrique.store.models.silence import digest

WAITING = ("draft", "released")
CAME = ("confirmed", "attended")
NOT_OUT = Text("Publish the text first: there is nothing to tell of yet.")
PASTED = ("newsletter", "network")


def out(minutes: Minutes) -> Edition | None:
    """Give the edition that is read now."""
    last = minutes.editions.order_by("number").last()
    return None if last is None or last.withdrawn_at is not None else last


def queue(minutes: Minutes, by: Person, now: datetime) -> int:
    """Keep the letters as drafts, in place of those that have not left; give how many."""
    edition = out(minutes)
    if edition is None or minutes.stage != Stage.PUBLISHED:
        raise Invalid(NOT_OUT)
    count = 0
    with transaction.atomic():
        hush(minutes)
        for letter in _letters(edition, now):
            put(letter, f"{letter.batch}:{letter.to}:{now.timestamp()}", now)
            count += 1
        note("minutes.announced", minutes, by, edition=edition.number, letters=count)
    return count


def told(edition: Edition) -> ArticleNews:
    """Give what may be said of it to those who may not be of its readers."""
    news = shared.news_of(edition)
    return news if news.audience is None else structs.replace(news, question="", note="", by="")


def hush(minutes: Minutes) -> None:
    """Drop what was written of a text and has not left."""
    rows = Dispatch.objects.filter(about=name_of(minutes), state__in=WAITING).exclude(batch="")
    rows.update(state="dropped", error="replaced")


def _letters(edition: Edition, now: datetime) -> Iterator[Letter]:
    news, words = told(edition), language(edition.minutes.language)
    about = name_of(edition.minutes)
    base = f"{about}:{edition.number}"
    mail = written("email", news, words)
    own: dict[str, Any] = {
        "relay": "email",
        "subject": mail.subject,
        "body": mail.body,
        "about": about,
    }
    for address in readers(edition, now):
        gone = gone_address(address, f"gathering:{edition.minutes.gathering_id}")
        headers = discover("fabrique.relays")["email"].leaving(gone)
        headers["lang"] = edition.minutes.language
        yield Letter(**own, to=address, headers=headers, batch=f"{base}:people")
    if settings.MAIL_LIST:
        leave = settings.MAIL_LIST_LEAVE
        headers = {"List-Unsubscribe": f"<{leave}>"} if leave else {}
        yield Letter(**own, to=settings.MAIL_LIST, headers=headers, batch=f"{base}:list")
    post = written("discord", news, words)
    for hook in sorted(settings.DISCORD):
        yield Letter(
            relay="discord",
            to=hook,
            subject=post.subject,
            body=post.body,
            headers={"url": news.address},
            about=about,
            batch=f"{base}:discord:{hook}",
        )


def readers(edition: Edition, now: datetime) -> list[str]:
    """Give the addresses of those who had a seat and may read it; never of who hears no more."""
    gathering = edition.minutes.gathering
    if gathering is None:
        return []
    rows = Registration.objects.filter(gathering=gathering, state__in=CAME)
    silent, audience = silenced(name_of(gathering)), Tier(edition.audience)
    reached = (
        one.email
        for one in rows.select_related("person")
        if audience is Tier.GUEST or Viewer(one.person, now.date()).tier.reaches(audience)
    )
    return sorted({one for one in reached if digest(one) not in silent})


def written(relay: str, news: ArticleNews, words: Language) -> Message:
    """Have one of our relays write it."""
    found: Message = discover("fabrique.relays")[relay].share(news, words)
    return found


def pasted(edition: Edition) -> Mapping[str, Message]:
    """Give the texts that people paste elsewhere themselves."""
    news, words = told(edition), language(edition.minutes.language)
    return {relay: written(relay, news, words) for relay in PASTED}
