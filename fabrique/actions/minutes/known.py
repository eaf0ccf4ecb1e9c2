"""Names that are likely to be said: of those who came, who organise, the place, the agenda."""

from __future__ import annotations

from collections.abc import Iterator

from fabrique.actions.minutes.sources import archive_of
from fabrique.domain.misheard import Misheard, misheard
from fabrique.store.models import Minutes


def known(minutes: Minutes) -> Iterator[str]:
    """Give them, as they are written."""
    yield minutes.title
    archive = archive_of(minutes)[1]
    yield archive.plan.facilitator
    yield from (one.name for one in archive.participants)
    yield from (step.title for step in archive.plan.steps)
    if about := minutes.gathering:
        yield about.place
        yield from (one.person.named for one in about.organisers.select_related("person"))
    yield from minutes.cues.exclude(speaker="").values_list("speaker", flat=True).distinct()


def suggested(minutes: Minutes) -> tuple[Misheard, ...]:
    """Give the words of the transcript that may be such a name, heard wrong."""
    texts = list(minutes.cues.values_list("text", flat=True))
    return misheard(texts, known(minutes)) if texts else ()
