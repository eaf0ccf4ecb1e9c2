"""Minutes are begun once for a session, by whoever may write them."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from fabrique.actions.history import note
from fabrique.store.here import plan_of
from fabrique.store.journal import Head
from fabrique.store.models import Gathering, Minutes, Person

LONGEST = 60  # characters of an address


def of_session(head: Head) -> Minutes | None:
    """Give the minutes of a session, if they were begun."""
    return Minutes.objects.filter(session=head.code).select_related("gathering").first()


def slug_of(title: str, code: str) -> str:
    """Give the address of the text of a session: no other has its code."""
    stem = slugify(title)[:LONGEST] or "compte-rendu"
    return f"{stem}-{code.lower()}"


def begin(head: Head, by: Person, now: datetime) -> Minutes:
    """Begin them; give those that are there where somebody did already."""
    plan = plan_of(head)
    gathering = Gathering.objects.filter(session=head.code).first()
    title = (gathering.title if gathering else "") or plan.title
    try:
        with transaction.atomic():
            made = Minutes.objects.create(
                slug=slug_of(title, head.code),
                gathering=gathering,
                session=head.code,
                title=title[:200],
                language=plan.language,
                begun_by=by,
                begun_at=now,
            )
            note("minutes.begun", made, by, session=head.code)
    except IntegrityError:  # two people at once
        found = of_session(head)
        if found is None:
            raise
        return found
    return made
