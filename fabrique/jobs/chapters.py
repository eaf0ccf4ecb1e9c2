"""Chapters put into a sound that was made, where its clock changed since."""

from __future__ import annotations

from collections.abc import Sequence

from fabrique.actions.minutes import align
from fabrique.actions.minutes import recording as verbs
from fabrique.domain.aligned import Chapter
from fabrique.jobs.media import tags


def tagged() -> bool:
    """Write the chapters of one sound anew; say whether one was to be."""
    row = align.untagged()
    if row is None:
        return False
    path = verbs.folder_of(row.pk) / verbs.SOUND

    def write(chapters: Sequence[Chapter], duration: int) -> None:
        if path.is_file():
            tags.rewrite(path, tags.head(row.minutes.title, chapters, duration))

    align.tag(row, write)
    return True
