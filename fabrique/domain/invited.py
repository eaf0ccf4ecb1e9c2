"""Who answered, of those who were invited: counts and shares side by side, and nothing more.

People chose to answer: a share that differs from that of the invited is said, never judged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from msgspec import Struct

from fabrique.domain.blocks import Block, Fact, Facts, Heading, Items, Notice, Section
from fabrique.domain.choosing import Choosing
from fabrique.domain.count import percent
from fabrique.domain.fold_text import bare
from fabrique.domain.pace import Sorted, paced_runs
from fabrique.domain.results import ordered_runs
from fabrique.domain.run import Run
from fabrique.domain.session import Kinds, Session
from fabrique.domain.text import Text

AS_IT_IS = Text(
    "These shares are set side by side as they are. People chose to answer: that some are more "
    "numerous here than among the invited says who was heard, not what the others think."
)


class Heard(Struct, frozen=True):
    """One sort of people: how many were invited, how many of them answered."""

    label: str
    invited: int
    answered: int


class Comparison(Struct, frozen=True):
    """The invited by tier, by trade…; `said` people told theirs, `silent` answered without.

    `asked` is false where no question tells: then only the invited are known.
    """

    name: str
    groups: tuple[Heard, ...]
    invited: int
    said: int
    silent: int
    asked: bool


class Turnout(Struct, frozen=True):
    """How many people answered, of how many invited (0: not known), and by sort."""

    invited: int
    answered: int
    sorts: tuple[Comparison, ...]


def turnout(session: Session, kinds: Kinds, hidden: Collection[str] = frozenset()) -> Turnout:
    """Compare those who answered with those who were invited, in people.

    Who answered is whoever gave at least one answer to what was open at one's own pace; to any
    step, if nothing was. A sort is matched to the options of its question by their words, case
    and accents apart. What people chose in the runs of `hidden` stays out.
    """
    runs = paced_runs(session) or ordered_runs(session)
    answered = set[str]().union(*(kinds[run.definition.kind].answered(run) for run in runs))
    sorts = tuple(
        _compared(session, sort, _asked(session, kinds, sort, hidden), answered)
        for sort in session.pace.sorts.values()
    )
    return Turnout(session.pace.invited, session.people.heads(answered), sorts)


def _asked(
    session: Session, kinds: Kinds, sort: Sorted, hidden: Collection[str]
) -> Choosing | None:
    step, question = sort.question or ("", "")
    runs: list[Run] = [run for run in session.runs_of(step) if run.id not in hidden]
    if not runs:
        return None
    run = runs[-1]
    found = kinds[run.definition.kind].choosing(run.definition, run.state)
    return next((one for one in found if one.question == question), None)


def _compared(
    session: Session, sort: Sorted, asked: Choosing | None, answered: set[str]
) -> Comparison:
    heads = session.people.heads
    options = [bare(option) for option in asked.options] if asked else []
    groups = []
    for group in sort.groups:
        place = options.index(bare(group.label)) if bare(group.label) in options else None
        who = asked.who(place) if asked and place is not None else set()
        groups.append(Heard(group.label, group.people, heads(who)))
    said = asked.said() if asked else set()
    return Comparison(
        name=sort.name,
        groups=tuple(groups),
        invited=sum(group.people for group in sort.groups),
        said=heads(said),
        silent=heads(answered - said) if asked else 0,
        asked=asked is not None,
    )


def in_results(found: Turnout) -> dict[str, Any]:
    """Give the same figures as plain JSON values, for fabrique.results/1."""
    figures = {
        "people": found.invited or None,
        "answered": found.answered,
        "sorts": [
            {
                "name": one.name,
                "said": one.said if one.asked else None,
                "groups": [
                    {
                        "label": group.label,
                        "invited": group.invited,
                        "answered": group.answered if one.asked else None,
                    }
                    for group in one.groups
                ],
            }
            for one in found.sorts
        ],
    }
    return {"invited": figures}


def section(found: Turnout) -> tuple[Section, ...]:
    """Say it in a report; nothing where nobody said who was invited."""
    if not found.invited and not found.sorts:
        return ()
    blocks = [*_whole(found), *(block for one in found.sorts for block in _sorted(one))]
    if any(one.asked for one in found.sorts):
        blocks.append(Notice(AS_IT_IS))
    return (
        Section("invited", Text("Who answered"), Text("Of those who were invited"), tuple(blocks)),
    )


def _whole(found: Turnout) -> Iterator[Block]:
    if not found.invited:
        return
    facts = [
        Fact(Text("Invited"), str(found.invited)),
        Fact(Text("Answered"), str(found.answered)),
    ]
    if found.answered <= found.invited:
        share = percent(found.answered, found.invited)
        facts.append(Fact(Text("Share"), Text("{percent}%", {"percent": share})))
        yield Facts(tuple(facts))
    else:
        yield Facts(tuple(facts))
        yield Notice(
            Text("More people answered than were invited: the link went further than the list.")
        )


def _sorted(one: Comparison) -> Iterator[Block]:
    yield Heading(one.name)
    if not one.asked:
        yield Items(tuple(_invited(group, one) for group in one.groups))
        yield Notice(Text("No question shown here asks for it: who answered is not known by this."))
        return
    yield Items(tuple(_heard(group, one) for group in one.groups))
    if one.silent:
        silent = Text(
            "{n} person answered without saying it.",
            {"n": one.silent},
            "{n} people answered without saying it.",
        )
        yield Notice(silent)


def _invited(group: Heard, one: Comparison) -> Text:
    what = {
        "label": group.label,
        "n": group.invited,
        "all": one.invited,
        "share": percent(group.invited, one.invited),
    }
    return Text("{label}: {share}% of the invited ({n} of {all})", what)


def _heard(group: Heard, one: Comparison) -> Text:
    parts = {
        "invited": _invited(group, one),
        "n": group.answered,
        "all": one.said,
        "share": percent(group.answered, one.said),
    }
    return Text("{invited}; {share}% of those who said it ({n} of {all})", parts)
