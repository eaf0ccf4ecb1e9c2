"""The life of a gathering: the states it goes through, and which may follow which."""

from __future__ import annotations

from enum import StrEnum

from fabrique.domain.text import Invalid, Text


class State(StrEnum):
    """Where a gathering is between an idea and an evening."""

    DRAFT = "draft"  # one person's own
    PROPOSED = "proposed"  # given to the team
    PREPARED = "prepared"  # accepted: its group has its console and its checklist
    ANNOUNCED = "announced"  # save the date: no venue or form yet
    PUBLISHED = "published"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    DECLINED = "declined"


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PROPOSED}),
    State.PROPOSED: frozenset({State.DRAFT, State.PREPARED, State.DECLINED}),
    State.DECLINED: frozenset({State.DRAFT}),
    State.PREPARED: frozenset({State.ANNOUNCED, State.PUBLISHED, State.CANCELLED}),
    State.ANNOUNCED: frozenset({State.PUBLISHED, State.POSTPONED, State.CANCELLED}),
    State.PUBLISHED: frozenset({State.POSTPONED, State.CANCELLED}),
    State.POSTPONED: frozenset({State.ANNOUNCED, State.PUBLISHED, State.CANCELLED}),
    State.CANCELLED: frozenset(),
}
# What people outside the organising group may see, each by its audience.
PUBLIC = frozenset({State.ANNOUNCED, State.PUBLISHED, State.POSTPONED, State.CANCELLED})
NAMES = {
    State.DRAFT: Text("draft"),
    State.PROPOSED: Text("proposed to the team"),
    State.PREPARED: Text("in preparation"),
    State.ANNOUNCED: Text("date announced"),
    State.PUBLISHED: Text("published"),
    State.POSTPONED: Text("postponed"),
    State.CANCELLED: Text("cancelled"),
    State.DECLINED: Text("not taken up"),
}


def move(before: State, after: State) -> State:
    """Go from one state to another; raise `Invalid` where the second may not follow the first."""
    if after not in NEXT[before]:
        said = {"before": NAMES[before], "after": NAMES[after]}
        raise Invalid(Text("This gathering is {before}: it cannot become “{after}”.", said))
    return after
