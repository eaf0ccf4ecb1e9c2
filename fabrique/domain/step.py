"""A step as prepared: its words, its picture, what will be shown of people."""

from __future__ import annotations

from enum import StrEnum

from fabrique.domain.schema import Line, Part, Seconds, Source
from fabrique.domain.text import Text


class Publication(StrEnum):
    """What is shown of a person's contribution: said before they type, applied when shown."""

    NAMES = "names"
    PSEUDONYMS = "pseudonyms"
    ANONYMOUS = "anonymous"
    TOTALS = "totals"


PROMISE = {
    Publication.NAMES: Text("What you write is shown with your name."),
    Publication.PSEUDONYMS: Text(
        "What you write is shown under a pseudonym, the same all along this session."
    ),
    Publication.ANONYMOUS: Text("What you write is shown without your name."),
    Publication.TOTALS: Text("Your name is not published: only totals are."),
}


class Image(Part, frozen=True):
    """A picture shown with a step or a question, and the words for those who do not see it.

    `src` names a file of the instance (`media:…`), or holds the picture itself (`data:…`), as
    archives do to be whole; any other address is shown by its words. `small` is the same picture
    for a phone.
    """

    src: Source
    alt: Line
    small: Source | None = None


class Definition(Part, frozen=True, kw_only=True, tag_field="kind"):
    """A kind with its settings, as prepared: the base of every kind's own definition."""

    id: Line
    title: Line
    instruction: Line | None = None
    image: Image | None = None
    seconds: Seconds | None = None  # how long it stays open, unless said otherwise on opening
    publication: Publication | None = None  # what is shown of people; None: as the kind does
    presenter_notes: Line | None = None  # for the facilitator's eyes
    scribe: bool = False  # in small groups, one record a group: only its scribe writes

    @property
    def kind(self) -> str:
        """The name of the activity's file."""
        return str(type(self).__struct_config__.tag)
