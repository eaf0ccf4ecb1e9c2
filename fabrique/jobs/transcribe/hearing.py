"""What is asked of whoever hears words, and what they give."""

from __future__ import annotations

from msgspec import Struct

from fabrique.domain.kept import Span, tidy
from fabrique.domain.recut import Word
from fabrique.jobs.media.order import ends_early


class Hearing(Struct, frozen=True):
    """`model` is a folder; `removed` spans in milliseconds are cut out before anything is heard.

    `words` are names and terms that the model is to expect, one after the other.
    """

    model: str
    language: str = "fr"
    removed: tuple[Span, ...] = ()
    words: str = ""

    @property
    def cuts(self) -> tuple[Span, ...]:
        """Give the spans in order, none over another."""
        return tidy(self.removed)


class Heard(Struct, frozen=True):
    """Words as (start, end, text) in milliseconds once all is cut; lengths as those of `Sound`.

    `languages` are those that the model hears by itself, whichever it was asked to write: how sure
    it is of each, over all that was spoken, 0 to 1.
    """

    duration: int
    heard: int
    declared: int
    words: tuple[Word, ...]
    languages: dict[str, float] = {}

    @property
    def broke_off(self) -> bool:
        """Say whether the recording ends before it says that it does."""
        return ends_early(self.heard, self.declared)
