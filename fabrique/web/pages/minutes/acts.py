"""What a person does at the desk, by the button that they pressed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fabrique.actions.minutes import draft, locks, outside, review
from fabrique.actions.minutes.text import sentence_of
from fabrique.domain.edition import Verdict
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Minutes, MinutesSentence, Person

Given = Mapping[str, str]
Act = Callable[[Given, Minutes, Person], str]
OTHERS = Text(
    "Somebody changed this sentence meanwhile: look at it again. What you typed is still here."
)


OVER = "-over"  # of a button that takes the part over and does the same


def typed(given: Given) -> dict[str, str]:
    """Give back what was typed, for the form that it came from."""
    return {**{name: given[name] for name in given}, "do": given.get("do", "").removesuffix(OVER)}


def do(given: Given, found: Minutes, me: Person) -> str:
    """Do what was pressed, at a part that nobody else is at; give where the page goes on.

    Raises `Invalid`, nothing being changed.
    """
    pressed = given.get("do", "")
    wanted, over = pressed.removesuffix(OVER), pressed.endswith(OVER)
    act = ACTS.get(wanted, _unknown)
    if wanted == "draft":
        locks.check_free(found, me, timezone.now())
    if wanted not in AT_A_PART:
        return act(given, found, me)
    with transaction.atomic():
        locks.take(found, _part(given, found), me, timezone.now(), over=over)
        return act(given, found, me)


def _part(given: Given, found: Minutes) -> str:
    """Give the part that it is about; a sentence is still as whoever pressed has read it."""
    if "sentence" not in given:
        return " ".join(given.get("section", "").split())
    row = sentence_of(found, key(given["sentence"]))
    if given.get("seen", seen(row)) != seen(row):
        raise Invalid(OTHERS)
    return row.section


def seen(row: MinutesSentence) -> str:
    """Give the mark of a sentence as it stands: another one, and somebody changed it."""
    told = (row.text, row.kind, row.verdict, row.owned, str(row.due or ""))
    return hashlib.sha256("\0".join(told).encode()).hexdigest()[:12]


def _unknown(_given: Given, _found: Minutes, _me: Person) -> str:
    raise Invalid(Text("Choose one of what is offered."))


def _draft(given: Given, found: Minutes, me: Person) -> str:
    draft.draft(found, given.get("drafter", ""), me)
    return ""


def _ask(_given: Given, found: Minutes, me: Person) -> str:
    outside.ask(found, me, timezone.now())
    return "model"


def _unask(_given: Given, found: Minutes, me: Person) -> str:
    outside.give_up(found, me)
    return "model"


def _judge(verdict: Verdict) -> Act:
    def act(given: Given, found: Minutes, me: Person) -> str:
        pk = given.get("sentence", "")
        review.judge(found, key(pk), verdict, me, timezone.now())
        following = found.sentences.filter(verdict=Verdict.PROPOSED.value).order_by("rank")
        here = found.sentences.get(pk=pk).rank
        after = following.filter(rank__gt=here).first() or following.first()
        return f"s-{after.pk if after else pk}"

    return act


def _section(given: Given, found: Minutes, me: Person) -> str:
    section = given.get("section", "")
    review.judge_section(found, section, Verdict.ACCEPTED, me, timezone.now())
    return ""


def _taken(_given: Given, _found: Minutes, _me: Person) -> str:
    return ""


def _rewrite(given: Given, found: Minutes, me: Person) -> str:
    pk = given.get("sentence", "")
    new = review.Said(given.get("text", ""), given.get("kind", ""))
    review.rewrite(found, key(pk), new, me, timezone.now())
    return f"s-{pk}"


def _write(given: Given, found: Minutes, me: Person) -> str:
    new = review.New(
        given.get("section", ""),
        given.get("kind", "written"),
        given.get("text", ""),
        given.get("where") == "first",
    )
    return f"s-{review.write(found, new, me, timezone.now()).pk}"


def _entrust(given: Given, found: Minutes, me: Person) -> str:
    pk = given.get("sentence", "")
    review.entrust(found, key(pk), given.get("owner", ""), day(given.get("due", "")), me)
    return f"s-{pk}"


def _reviewed(_given: Given, found: Minutes, me: Person) -> str:
    review.reviewed(found, me)
    return ""


def key(text: str) -> UUID:
    """Read the id of a sentence; raise `Invalid`."""
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(Text("This sentence is no longer there: look at the text again.")) from None


def day(text: str) -> date | None:
    """Read a day, none where nothing is typed; raise `Invalid`."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(Text("Write a day."), "due") from None


ACTS: Mapping[str, Act] = {
    "draft": _draft,
    "ask": _ask,
    "unask": _unask,
    "accept": _judge(Verdict.ACCEPTED),
    "reject": _judge(Verdict.REJECTED),
    "again": _judge(Verdict.PROPOSED),
    "section": _section,
    "rewrite": _rewrite,
    "write": _write,
    "entrust": _entrust,
    "part": _taken,
    "reviewed": _reviewed,
}
AT_A_PART = frozenset(ACTS) - {"draft", "ask", "unask", "reviewed"}
