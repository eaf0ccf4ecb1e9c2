"""Other sessions that feed a text: of the same series, or any that whoever asks may write about."""

from __future__ import annotations

from django.db import IntegrityError

from fabrique.actions.animate import find_session
from fabrique.actions.minutes.brought import bring, most_of
from fabrique.actions.minutes.sources import archive_at
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.brought import SESSION
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Gathering, Minutes, MinutesSource

SESSIONS = 12
UNKNOWN = Text("No session that you may write about has this code.")
OWN = Text("This is the session of this text already.")
TWICE = Text("This session feeds the text already.")
FULL = Text("A text is made from {most} other sessions at most.")


def take_session(minutes: Minutes, code: str, viewer: Viewer) -> MinutesSource:
    """Have another session feed the text. Raises `Invalid`, alike for none and for one not theirs.

    Its results, notes and messages may be cited; what was said stays that of the first.
    """
    if viewer.person is None:
        raise Invalid(UNKNOWN, "code")
    try:
        head = find_session(code.strip().upper())
    except Invalid:
        raise Invalid(UNKNOWN, "code") from None
    about = Minutes(gathering=Gathering.objects.filter(session=head.code).first())
    if not allowed(viewer, "minutes:write", about):
        raise Invalid(UNKNOWN, "code")
    if head.code == minutes.session:
        raise Invalid(OWN, "code")
    if minutes.sources.filter(kind=SESSION).count() >= SESSIONS:
        raise Invalid(most_of(FULL, SESSIONS), "code")
    title = archive_at(head.code)[1].plan.title[:300]
    try:
        made = MinutesSource(kind=SESSION, title=title, target=head.code)
        return bring(minutes, made, viewer.person)
    except IntegrityError:
        raise Invalid(TWICE, "code") from None


def candidates(minutes: Minutes, viewer: Viewer) -> list[Gathering]:
    """Give the gatherings of the same series that had a session and do not feed the text yet."""
    series = minutes.gathering.series if minutes.gathering else None
    if series is None:
        return []
    taken = {minutes.session, *minutes.sources.values_list("target", flat=True)}
    rows = series.gatherings.exclude(session="").exclude(session__in=taken).order_by("starts_at")
    return [one for one in rows if allowed(viewer, "minutes:write", Minutes(gathering=one))]
