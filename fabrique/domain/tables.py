"""Runs that go side by side: one step, as each group of a split has it."""

from __future__ import annotations

from fabrique.domain.groups import Group
from fabrique.domain.run import Run
from fabrique.domain.session import Session


def group_of(session: Session, run: Run) -> Group | None:
    """Give the group of a run; None in plenary."""
    return session.groups.known.get(run.group or "")


def runs_of_groups(session: Session, step: str) -> list[Run]:
    """Give a step as the groups have it: the last opening of each, of the last split to do it."""
    runs = [run for run in session.runs_of(step) if group_of(session, run)]
    return side_by_side(session, runs[-1]) if runs else []


def side_by_side(session: Session, run: Run) -> list[Run]:
    """Give a run with those of the other groups, by table; alone in plenary."""
    group = group_of(session, run)
    if group is None:
        return [run]
    last: dict[int, Run] = {}
    for one in session.runs_of(run.definition.id):
        where = group_of(session, one)
        if where is not None and where.split == group.split:
            last[where.number] = one
    return [last[number] for number in sorted(last)]


def like(session: Session, run: Run) -> list[Run]:
    """Give the openings of a step for the same people: the same group, all, or brought together."""
    return [
        one
        for one in session.runs_of(run.definition.id)
        if one.group == run.group and bool(one.gathered) == bool(run.gathered)
    ]
