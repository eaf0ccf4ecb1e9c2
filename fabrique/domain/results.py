"""fabrique.results/1: every figure of a session, computed from its journal (FORMATS)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from fabrique.domain.run import Run
from fabrique.domain.session import Kinds, Session
from fabrique.domain.tables import group_of

FORMAT = "fabrique.results/1"


def results(
    session: Session, kinds: Kinds, hidden: Collection[str] = frozenset()
) -> dict[str, Any]:
    """Give the figures as plain JSON values: the same journal always gives the same.

    Of the runs in `hidden`, only how many people came and answered.
    """
    totals: Counter[str] = Counter({"messages": 0, "slides": 0})
    for run in session.runs.values():
        totals.update(kinds[run.definition.kind].totals(run))
    return {
        "format": FORMAT,
        "title": session.plan.title,
        "participants": session.people.heads(session.people),
        "refused": sum(session.refused.values()),
        **totals,
        "steps": [
            _counts(session, run, kinds)
            | ({} if run.id in hidden else kinds[run.definition.kind].result(run, session.people))
            for run in ordered_runs(session)
        ],
    }


def ordered_runs(session: Session) -> list[Run]:
    """Give the runs of the running order, step by step, oldest opening first."""
    return [run for step in session.plan.steps for run in session.runs_of(step.id)]


def contributions(kinds: Kinds, runs: Sequence[Run]) -> int:
    """Count what people gave, once: what a plenary run took over was given in a group."""
    again = Counter(one for run in runs for one in run.gathered)
    return sum(kinds[run.definition.kind].entries(run) * (1 - again[run.id]) for run in runs)


def _counts(session: Session, run: Run, kinds: Kinds) -> dict[str, Any]:
    activity = kinds[run.definition.kind]
    people = session.people
    return {
        "id": run.definition.id,
        "kind": run.definition.kind,
        "title": run.definition.title,
        "run": run.id,
        "joined": people.heads(run.joined),
        "answered": people.heads(activity.answered(run)),
        "abstained": people.heads(activity.abstained(run)),
        "entries": activity.entries(run),
        **_where(session, run),
    }


def _where(session: Session, run: Run) -> dict[str, Any]:
    """Say whose run it is, and which ones it took over; nothing of a room that is not split."""
    group = group_of(session, run)
    own = {"group": group.title} if group else {}
    return own | ({"gathered": list(run.gathered)} if run.gathered else {})
