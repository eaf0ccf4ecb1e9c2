"""Selection: read, remark, decide; decisions wait and are told together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Avg, Count, F, QuerySet

from fabrique.actions.calls import contribution_link
from fabrique.actions.history import name_of, note
from fabrique.actions.outbox import Letter, put
from fabrique.actions.programme.draft import hold
from fabrique.actions.programme.speakers import speaker_of
from fabrique.domain.call import DECISIONS, State, move
from fabrique.domain.language import language
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Call, Contribution, Gathering, Item, Part, Person, Remark

SUBJECTS = {
    State.ACCEPTED: Text("{title}: your contribution is accepted"),
    State.WAITING: Text("{title}: your contribution is on the waiting list"),
    State.DECLINED: Text("{title}: an answer to your contribution"),
}
BODIES = {
    State.ACCEPTED: Text(
        "Hello {name},\n\n“{work}” is accepted. Please confirm that you are coming, or withdraw, "
        "on this page:\n{link}\n{reason}"
    ),
    State.WAITING: Text(
        "Hello {name},\n\nWe would like to have “{work}”, and there is no room for it yet. It is "
        "on the waiting list: we write to you as soon as a place is free.\n{link}\n{reason}"
    ),
    State.DECLINED: Text(
        "Hello {name},\n\nThank you for “{work}”. We could not keep it in this programme.\n{reason}"
    ),
}


def received(call: Call) -> QuerySet[Contribution]:
    """Give what was sent, each with how it was graded; drafts are their authors' own."""
    rows = call.contributions.exclude(state=State.DRAFT)
    counts = {"grade": Avg("remarks__grade"), "readers": Count("remarks")}
    return rows.annotate(**counts).order_by(F("sent_at").asc(nulls_last=True), "id")


@transaction.atomic
def remark(row: Contribution, by: Person, grade: int | None, text: str, now: datetime) -> Remark:
    """Keep what one of the group thinks; the last one counts."""
    values = {"grade": grade, "text": text, "at": now}
    return Remark.objects.update_or_create(contribution=row, by=by, defaults=values)[0]


@transaction.atomic
def decide(row: Contribution, decision: str, reason: str, by: Person) -> None:
    """Decide, or take a decision back ("") while it was not told; raise `Invalid`."""
    Contribution.objects.filter(pk=row.pk).update(rounds=F("rounds"))
    row.refresh_from_db()
    if decision:
        if decision not in DECISIONS:
            raise Invalid(Text("Choose one of the three answers."), "decision")
        if decision != row.state:
            move(row.state, State(decision))
    row.pending = "" if decision == row.state else decision
    row.reason = reason
    row.save(update_fields=["pending", "reason"])
    note("contribution.decided", row, by, decision=decision)


def pending(gathering: Gathering) -> QuerySet[Contribution]:
    """Give what is decided and not told."""
    return Contribution.objects.filter(call__gathering=gathering).exclude(pending="")


@transaction.atomic
def tell(gathering: Gathering, by: Person, now: datetime) -> int:
    """Make all pending decisions real at once, each with its letter in the outbox; say how many.

    What is accepted becomes an item of the draft, in its unscheduled list.
    """
    hold(gathering)
    told = 0
    for row in pending(gathering).select_related("call__gathering", "person").order_by("id"):
        row.state = move(row.state, State(row.pending)).value
        row.pending, row.rounds = "", row.rounds + 1
        row.save(update_fields=["state", "pending", "rounds"])
        if row.state == State.ACCEPTED:
            _item_of(row)
        put(_letter(row), f"contribution:{row.pk}:{row.state}:{row.rounds}", now)
        note("contribution.told", row, by, state=row.state)
        told += 1
    return told


def _item_of(row: Contribution) -> None:
    gathering = row.call.gathering
    item, new = Item.objects.get_or_create(
        contribution=row,
        defaults={
            "gathering": gathering,
            "title": row.title,
            "about": row.about,
            "kind": row.kind,
            "language": row.language,
            "minutes": row.minutes,
        },
    )
    if new:
        Part.objects.create(item=item, speaker=speaker_of(gathering, row.name, row.email))


def _letter(row: Contribution) -> Letter:
    tongue, state = language(row.language), State(row.state)
    said = {
        "name": row.name,
        "title": row.call.gathering.title,
        "work": row.title,
        "link": contribution_link(row),
        "reason": f"\n{row.reason}\n" if row.reason else "",
    }
    return Letter(
        relay="email",
        to=row.email,
        subject=tongue.say(Text(SUBJECTS[state].msgid, said)),
        body=tongue.say(Text(BODIES[state].msgid, said)),
        about=name_of(row),
    )
