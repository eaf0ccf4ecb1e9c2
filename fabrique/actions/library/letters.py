"""Mails about texts of the library: to the team what waits, to its author what was decided."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from fabrique.actions import letters
from fabrique.domain.text import Text
from fabrique.store.models import Mandate, Person, Resource

SUBJECTS = {
    "published": Text("Published: {title}"),
    "refused": Text("Not this time: {title}"),
    "changed": Text("Your changes are published: {title}"),
    "unchanged": Text("Your changes were not taken up: {title}"),
    "withdrawn": Text("Withdrawn from the library: {title}"),
}
WORDS = {
    "published": Text("“{title}” is in the library. Thank you!"),
    "refused": Text("The team does not publish “{title}” as it is. You may change it and send it."),
    "changed": Text("What you changed in “{title}” is what its readers see now."),
    "unchanged": Text("“{title}” stays as it was. You may propose other changes."),
    "withdrawn": Text("The team took “{title}” out of the library. The text is kept."),
}


def tell_team(row: Resource, by: Person, now: datetime) -> None:
    """Write to the team that a text waits."""
    what = letters.Note(
        Text("To be read: {title}", {"title": row.title}),
        Text("{name} proposes “{title}” for the library.", {"name": str(by), "title": row.title}),
        reverse("team-resources"),
    )
    staff = Mandate.objects.filter(role="staff", until__isnull=True, person__is_active=True)
    for mandate in staff.select_related("person").exclude(person=by):
        key = f"resource:{row.pk}:{now.isoformat()}:{mandate.person_id}"
        letters.write(mandate.person, what, row, key, now)


def tell_author(row: Resource, what: str, by: Person, now: datetime) -> None:
    """Write to whoever proposed it what was decided, with the team's own words."""
    if row.submitter is None or row.submitter_id == by.pk:
        return
    said = {"title": row.title}
    words = Text(WORDS[what].msgid, said)
    if row.word:
        words = Text("{words}\n\n{word}", {"words": words, "word": row.word})
    path = reverse("resource", args=[row.slug])
    subject = Text(SUBJECTS[what].msgid, said)
    key = f"resource:{row.pk}:{what}:{now.isoformat()}"
    letters.write(row.submitter, letters.Note(subject, words, path), row, key, now, by)
