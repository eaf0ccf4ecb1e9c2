"""fabrique.results/1: every figure of a session, computed from its journal (FORMATS)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fabrique.domain.activity import Run
from fabrique.domain.session import Kinds, Session

FORMAT = "fabrique.results/1"


def results(session: Session, kinds: Kinds) -> dict[str, Any]:
    """Give the figures as plain JSON values: the same journal always gives the same."""
    totals: Counter[str] = Counter({"messages": 0, "slides": 0})
    for run in session.runs.values():
        totals.update(kinds[run.definition.kind].totals(run))
    return {
        "format": FORMAT,
        "title": session.plan.title,
        "participants": session.people.heads(session.people),
        "refused": sum(session.refused.values()),
        **totals,
        "steps": [_step(session, run, kinds) for run in ordered_runs(session)],
    }


def ordered_runs(session: Session) -> list[Run]:
    """Give the runs of the running order, step by step, oldest opening first."""
    return [run for step in session.plan.steps for run in session.runs_of(step.id)]


def _step(session: Session, run: Run, kinds: Kinds) -> dict[str, Any]:
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
        **activity.result(run, people),
    }
