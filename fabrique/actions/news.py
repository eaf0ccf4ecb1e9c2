"""What there is to tell of a gathering: to whom, in which words, kept as drafts until released."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec
from django.conf import settings
from django.core.signing import BadSignature, Signer, b64_decode, b64_encode
from django.urls import reverse

from fabrique.actions.access import NoAccess
from fabrique.actions.history import name_of
from fabrique.actions.outbox import File, Letter, put
from fabrique.domain.announcement import Change, GatheringNews, Happens, Message
from fabrique.domain.gathering import State
from fabrique.domain.language import Language, language
from fabrique.domain.registry import discover
from fabrique.domain.tier import NAMES, Tier
from fabrique.domain.when import Span
from fabrique.store.models import Dispatch, Gathering, Interest, Registration, Silence
from fabrique.store.models.silence import digest

HAPPENS = {
    State.ANNOUNCED: Happens.ANNOUNCED,
    State.PUBLISHED: Happens.PUBLISHED,
    State.POSTPONED: Happens.POSTPONED,
    State.CANCELLED: Happens.CANCELLED,
}
TOLD = ("pending", "confirmed", "waiting", "offered")  # registrations that wait for news
_GONE = Signer(salt="fabrique.silence")


def when_of(gathering: Gathering) -> Span | None:
    """Give when it takes place, if it has a date."""
    if gathering.starts_at is None:
        return None
    return Span(gathering.starts_at, gathering.ends_at, gathering.zone, gathering.all_day)


def address_of(gathering: Gathering) -> str:
    """Give where its page is, for those who are elsewhere."""
    return settings.PUBLIC_URL + reverse("gathering", args=[gathering.slug])


def news_of(
    gathering: Gathering, happens: Happens | None = None, changes: tuple[Change, ...] = ()
) -> GatheringNews:
    """Give what may be said of it; before it is public, what would be said of its publication."""
    state = State(gathering.state)
    happens = happens or HAPPENS.get(state, Happens.PUBLISHED)
    audience = Tier(gathering.audience)
    return GatheringNews(
        happens=happens,
        uid=str(gathering.pk),
        sequence=gathering.sequence,
        title=gathering.title,
        question=gathering.question,
        about=gathering.about,
        address=address_of(gathering),
        house=settings.HOUSE_NAME,
        when=when_of(gathering),
        mode=gathering.mode,
        # A date to keep has no venue yet, even where its group has one in mind.
        place="" if happens is Happens.ANNOUNCED else gathering.place,
        audience=None if audience is Tier.GUEST else NAMES[audience],
        registers=bool(gathering.pools.all()),
        changes=changes,
        reason=gathering.reason if happens in (Happens.POSTPONED, Happens.CANCELLED) else "",
        until_when=gathering.until_when if happens is Happens.POSTPONED else "",
        now=gathering.changed_at,
    )


def told(relay: str, news: GatheringNews, words: Language) -> Message:
    """Have one of our relays write it."""
    found: Message = discover("fabrique.relays")[relay].tell(news, words)
    return found


def entry(news: GatheringNews, words: Language) -> tuple[File, ...]:
    """Give what its readers put in their calendar; nothing as long as it has no date."""
    if news.when is None:
        return ()
    event = told("ical", news, words)
    return (File(event.name, event.media_type, event.body),)


def letters(gathering: Gathering, news: GatheringNews) -> Iterator[Letter]:
    """Compose what goes to people, to the list, to each hook, for `queue` and for previews."""
    words = language(gathering.language)
    about, base = name_of(gathering), f"{name_of(gathering)}:{news.happens}:{news.sequence}"
    mail, files = told("email", news, words), entry(news, words)
    own = {"relay": "email", "subject": mail.subject, "body": mail.body, "about": about}
    for address in readers(gathering):
        gone = gone_address(address, about)
        leaving = discover("fabrique.relays")["email"].leaving(gone)
        leaving["lang"] = gathering.language
        yield Letter(**own, to=address, files=files, headers=leaving, batch=f"{base}:people")
    if settings.MAIL_LIST:
        leave = settings.MAIL_LIST_LEAVE
        headers = {"List-Unsubscribe": f"<{leave}>"} if leave else {}
        yield Letter(
            **own, to=settings.MAIL_LIST, files=files, headers=headers, batch=f"{base}:list"
        )
    post = told("discord", news, words)
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


def queue(
    gathering: Gathering, happens: Happens, now: datetime, changes: tuple[Change, ...] = ()
) -> int:
    """Keep the letters as drafts; what was written before of it and has not left is dropped.

    Call inside the transaction of what is told. Gives how many were kept.
    """
    waiting = Dispatch.objects.filter(about=name_of(gathering), state__in=("draft", "released"))
    waiting.exclude(batch="").update(state="dropped", error="replaced")
    before = happens in (Happens.ANNOUNCED, Happens.PUBLISHED)
    stale = gathering.starts_at if before else gathering.ends_at or gathering.starts_at
    count = 0
    for letter in letters(gathering, news_of(gathering, happens, changes)):
        put(letter, f"{letter.batch}:{letter.to}", now, stale_at=stale)
        count += 1
    return count


def readers(gathering: Gathering) -> list[str]:
    """Give the addresses of those who registered or said that they may come, each once.

    Whoever said no, or asked to hear no more, is left alone.
    """
    registered = Registration.objects.filter(gathering=gathering, state__in=TOLD)
    meaning = Interest.objects.filter(gathering=gathering, answer__in=("yes", "maybe"))
    found = {*registered.values_list("email", flat=True), *meaning.values_list("email", flat=True)}
    silent = silenced(name_of(gathering))
    return sorted(one for one in found if digest(one) not in silent)


def silenced(about: str) -> set[str]:
    """Give the sums of the addresses that hear no more of a thing, or of anything."""
    rows = Silence.objects.filter(about__in=(about, ""))
    return set(rows.values_list("digest", flat=True))


def gone_address(email: str, about: str) -> str:
    """Give where an address asks to hear no more of a thing; it does not show the address."""
    said = b64_encode(msgspec.json.encode([digest(email), about])).decode()
    return settings.PUBLIC_URL + reverse("mail-stop", args=[_GONE.sign(said)])


def hear_no_more(token: str, now: datetime) -> str:
    """Leave an address alone from now on; give what about. Raises `NoAccess`."""
    sum_, about = read_gone(token)
    Silence.objects.get_or_create(digest=sum_, about=about, defaults={"since": now})
    return about


def read_gone(token: str) -> tuple[str, str]:
    """Read such a link; raise `NoAccess`."""
    try:
        said = b64_decode(_GONE.unsign(token).encode())
        return msgspec.json.decode(said, type=tuple[str, str])
    except (BadSignature, msgspec.DecodeError, ValueError):
        raise NoAccess from None


def pasted(gathering: Gathering) -> Mapping[str, Message]:
    """Give the texts that people paste elsewhere themselves."""
    news, words = news_of(gathering), language(gathering.language)
    return {relay: told(relay, news, words) for relay in ("newsletter", "network")}
