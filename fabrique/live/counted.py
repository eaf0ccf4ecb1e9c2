"""How many came, are here and answered: the foot of the stage, the figures of the console."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from fabrique.domain.run import Run
from fabrique.domain.session import FAMILY, Kinds, Session
from fabrique.domain.view import Part
from fabrique.live.figures import Figures
from fabrique.live.order import is_at_pace, running_order


class Foot(Struct, frozen=True):
    """The last line of the stage: who answered among who is here, and how far we are."""

    answered: int
    joined: int
    connected: int
    asks: bool  # whether the current step is one that people answer
    step: int  # from 1; 0 before the first
    steps: int


class Counts(Struct, frozen=True):
    """Three figures, in people: joined, connected, answered (in the current run)."""

    joined: int
    connected: int
    answered: int


def own(
    session: Session, kinds: Kinds, screen: str, figures: Figures, runs: Sequence[Run]
) -> list[Part]:
    """Give what one screen alone says of the session, `runs` being on."""
    if screen == "stage":
        return [_part("foot", _foot(session, kinds, figures, runs))]
    if screen == "console":
        counts = Counts(
            joined=session.people.heads(session.people),
            connected=figures.connected,
            answered=_answered(session, kinds, runs),
        )
        return [_part("order", running_order(session, kinds)), _part("figures", counts)]
    return []


def _part(partial: str, view: Struct) -> Part:
    return Part(f"session-{partial}", partial, view, kind=FAMILY)


def _answered(session: Session, kinds: Kinds, runs: Sequence[Run]) -> int:
    """Count who answered the step that is on, at all tables; any step, at one's own pace."""
    if is_at_pace(session):
        return session.people.heads(
            set().union(*(kinds[run.definition.kind].answered(run) for run in runs))
        )
    step = runs[-1].definition.id if runs else ""
    at = (run for run in runs if run.definition.id == step)
    return session.people.heads(set().union(*(kinds[r.definition.kind].answered(r) for r in at)))


def _foot(session: Session, kinds: Kinds, figures: Figures, runs: Sequence[Run]) -> Foot:
    run = runs[-1] if runs else None
    activity = kinds[run.definition.kind] if run else None
    steps = [step.id for step in session.plan.steps]
    return Foot(
        answered=_answered(session, kinds, runs),
        joined=session.people.heads(session.people),
        connected=figures.connected,
        asks=bool(activity and activity.asks),
        step=steps.index(run.definition.id) + 1 if run and not is_at_pace(session) else 0,
        steps=len(steps),
    )
