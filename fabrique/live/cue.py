"""What whoever leads wrote for themselves: beside the step that is on, and before the next."""

from __future__ import annotations

from msgspec import Struct

from fabrique.domain.session import FAMILY, Kinds, Session
from fabrique.domain.view import Part
from fabrique.live.order import running_order


class Cue(Struct, frozen=True):
    """The facilitator's notes of a step; all is empty where none were written."""

    notes: str
    coming: str  # title of the next step, if it has notes to be read before it opens
    coming_notes: str
    first: bool  # nothing was opened yet


def panel(session: Session, kinds: Kinds) -> Part:
    """Give the notes of the current step and of the next one; at the end, nothing."""
    order = running_order(session, kinds)
    steps = {step.id: step for step in session.plan.steps}
    current = None if order.ended else steps.get(order.current)
    coming = None if order.ended else steps.get(order.next)
    ahead = (coming and coming.presenter_notes) or ""
    view = Cue(
        notes=(current and current.presenter_notes) or "",
        coming=coming.title if coming and ahead else "",
        coming_notes=ahead,
        first=current is None,
    )
    return Part("session-cue", "cue", view, kind=FAMILY)
