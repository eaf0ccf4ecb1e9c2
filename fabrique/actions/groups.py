"""Working groups: made by the team, joined by asking, kept by those who are in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from fabrique.actions.history import note
from fabrique.actions.outbox import Letter, put
from fabrique.domain.language import language
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import GroupMember, Person, WorkingGroup

ACCEPTED = Text("You are in the group “{title}”")
ACCEPTED_BODY = Text("Hello,\n\nYou are now in the working group “{title}”:\n{address}")


def make(title: str, about: str, by: Person) -> WorkingGroup:
    """Make a group; raise `Invalid` without a title."""
    title = " ".join(title.split())[:200]
    if not title:
        raise Invalid(Text("A group has a title."), "title")
    base = slugify(title)[:60] or "groupe"
    with transaction.atomic():
        taken = set(
            WorkingGroup.objects.filter(slug__startswith=base).values_list("slug", flat=True)
        )
        numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
        slug = next(one for one in (base, *numbered) if one not in taken)
        group = WorkingGroup.objects.create(slug=slug, title=title, about=about.strip()[:4000])
        note("group.made", group, by=by)
    return group


def ask(group: WorkingGroup, person: Person, now: datetime) -> GroupMember:
    """Ask to be in a group; whoever is in, or has asked, stays as they are."""
    with transaction.atomic():
        row, is_new = GroupMember.objects.get_or_create(
            group=group, person=person, defaults={"since": now}
        )
        if is_new:
            note("group.asked", group, by=person)
    return row


def accept(row: GroupMember, by: Person, now: datetime) -> None:
    """Let somebody in, and tell them; twice is once."""
    with transaction.atomic():
        waiting = GroupMember.objects.filter(pk=row.pk, state="asked")
        if not waiting.update(state="in", since=now):
            return
        note("group.accepted", row.group, by=by, person=str(row.person_id))
        spoken = language(row.person.language)
        address = settings.PUBLIC_URL + reverse("group", args=[row.group.slug])
        what = {"title": row.group.title, "address": address}
        letter = Letter(
            relay="email",
            to=row.person.email,
            subject=spoken.say(Text(ACCEPTED.msgid, what)),
            body=spoken.say(Text(ACCEPTED_BODY.msgid, what)),
            about=f"workinggroup:{row.group_id}",
        )
        put(letter, f"group:{row.pk}:accepted", now, released=by)


def take_out(row: GroupMember, by: Person) -> None:
    """Decline somebody, take them out, or leave."""
    with transaction.atomic():
        group, person = row.group, row.person_id
        row.delete()
        note("group.left", group, by=by, person=str(person))
