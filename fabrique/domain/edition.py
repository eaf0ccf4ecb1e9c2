"""The life of minutes: from a draft to a text that a named person stands by, then its editions."""

from __future__ import annotations

from enum import StrEnum

from fabrique.domain.text import Invalid, Text


class Stage(StrEnum):
    """How far the text is."""

    DRAFT = "draft"
    REVIEWED = "reviewed"  # somebody went through all of it
    VALIDATED = "validated"  # a named person stands by it
    PUBLISHED = "published"


class Verdict(StrEnum):
    """What a person said of a sentence that was proposed to them."""

    PROPOSED = "proposed"  # nobody said anything yet
    ACCEPTED = "accepted"
    EDITED = "edited"  # accepted in other words: those of whoever wrote them
    REJECTED = "rejected"


NAMES = {
    Stage.DRAFT: Text("draft"),
    Stage.REVIEWED: Text("reviewed"),
    Stage.VALIDATED: Text("validated"),
    Stage.PUBLISHED: Text("published"),
}
# Changing the text takes it back to a draft from anywhere; what was published stays readable.
NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.REVIEWED}),
    Stage.REVIEWED: frozenset({Stage.DRAFT, Stage.VALIDATED}),
    Stage.VALIDATED: frozenset({Stage.DRAFT, Stage.PUBLISHED}),
    Stage.PUBLISHED: frozenset({Stage.DRAFT, Stage.PUBLISHED}),
}
KEPT = frozenset({Verdict.ACCEPTED, Verdict.EDITED})  # what is in the text that is published
# One by one, never by section: they bind somebody.
BINDING = frozenset({"decision", "action"})


def move(before: Stage, after: Stage) -> Stage:
    """Go from one stage to another; raise `Invalid` where the second may not follow the first."""
    if after not in NEXT[before]:
        said = {"before": NAMES[before], "after": NAMES[after]}
        raise Invalid(Text("These minutes are {before}: they cannot become “{after}”.", said))
    return after
