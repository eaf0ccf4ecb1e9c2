"""What the library keeps beside minutes: kinds, forms, and the life of one from draft to shelf."""

from __future__ import annotations

from enum import StrEnum

from fabrique.domain.text import Invalid, Text


class Kind(StrEnum):
    """What a text is to its readers."""

    ARTICLE = "article"
    STUDY = "study"
    RESOURCE = "resource"
    TOOL = "tool"  # of the toolbox: those who use it rate it and say how it went


KINDS = {
    Kind.ARTICLE: Text("article"),
    Kind.STUDY: Text("study"),
    Kind.RESOURCE: Text("resource"),
    Kind.TOOL: Text("tool"),
}


class State(StrEnum):
    """How far it is from its readers."""

    DRAFT = "draft"  # of whoever writes it
    SUBMITTED = "submitted"  # the team is to read it
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATES = {
    State.DRAFT: Text("draft"),
    State.SUBMITTED: Text("with the team"),
    State.PUBLISHED: Text("published"),
    State.REFUSED: Text("not taken up"),
    State.WITHDRAWN: Text("withdrawn"),
}
NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.PUBLISHED}),
    State.SUBMITTED: frozenset({State.DRAFT, State.PUBLISHED, State.REFUSED}),
    State.PUBLISHED: frozenset({State.WITHDRAWN}),
    State.REFUSED: frozenset({State.DRAFT, State.SUBMITTED, State.PUBLISHED}),
    State.WITHDRAWN: frozenset({State.PUBLISHED}),
}
FORMS = {
    "text": Text("text to read"),
    "guide": Text("practical guide"),
    "template": Text("model to fill in"),
    "report": Text("report"),
    "slides": Text("presentation"),
    "video": Text("video"),
    "audio": Text("audio"),
    "data": Text("data"),
    "site": Text("website"),
}


def move(before: State, after: State) -> State:
    """Go from one state to another; raise `Invalid` where the second may not follow the first."""
    if after not in NEXT[before]:
        said = {"before": STATES[before], "after": STATES[after]}
        raise Invalid(Text("This text is {before}: it cannot become “{after}”.", said))
    return after
