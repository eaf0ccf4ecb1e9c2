"""What keeps a text from being validated: a sentence that waits, says wrong, or is nobody's."""

from __future__ import annotations

from msgspec import structs

from fabrique.actions.minutes.check import check_some
from fabrique.actions.minutes.consent import check_objections
from fabrique.actions.minutes.sources import sources_of
from fabrique.domain.edition import Verdict
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Minutes, MinutesSentence

BLOCKED = Text("This sentence does not say what its source says: correct it, or leave it out.")
UNREAD = Text(
    "{n} sentence waits for somebody to decide on it.",
    {},
    "{n} sentences wait for somebody to decide on them.",
)
OWNER = Text("An action needs somebody who does it.")


def check_ready(minutes: Minutes) -> None:
    """Raise `Invalid` while a sentence waits, or cites what does not say it."""
    rows = list(minutes.sentences.exclude(verdict=Verdict.REJECTED.value).select_related("author"))
    if not rows:
        raise Invalid(Text("There is no text yet: make a draft, or write a sentence."))
    check_some(rows, sources_of(minutes))
    waiting = sum(one.verdict == Verdict.PROPOSED.value for one in rows)
    if waiting:
        raise Invalid(structs.replace(UNREAD, params={"n": waiting}))
    wrong = [one for one in rows if any(found["blocks"] for found in one.found)]
    if wrong:
        raise Invalid(BLOCKED, str(wrong[0].pk))
    check_objections(minutes)
    unowned = rows_without_owner(rows)
    if unowned:
        raise Invalid(OWNER, str(unowned[0].pk))


def rows_without_owner(rows: list[MinutesSentence]) -> list[MinutesSentence]:
    """Give the actions that nobody was entrusted with."""
    return [one for one in rows if one.kind == "action" and not (one.owner_id or one.owner_name)]
