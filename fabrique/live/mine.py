"""What is somebody's own: their answers in every run, and what concerns them in the session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fabrique.domain.entry import Op
from fabrique.domain.run import Run
from fabrique.domain.session import Kinds, Session

NOTHING = {"answers": [], "changes": 0}
ALONE = {"hand": False, "floor": False, "allowance": 0, "heads": 1, "scribe": False}
Own = dict[str, Any]  # what one has, by run; in the session itself, under ""


def in_run(kinds: Kinds, run: Run, participant: str) -> Own:
    """Give what somebody did in a run."""
    return kinds[run.definition.kind].mine(run, participant)


def everywhere(kinds: Kinds, session: Session, participant: str) -> Own:
    """Give what somebody did in every run, and what concerns them, where there is something."""
    runs = session.runs.values() if participant else ()
    found = {run.id: in_run(kinds, run, participant) for run in runs}
    own = {name: mine for name, mine in found.items() if mine != NOTHING}
    me = in_session(session, participant)
    return own if me == ALONE else own | {"": me}


def in_session(session: Session, participant: str) -> Own:
    """Give what concerns somebody in the session itself, whatever is open."""
    known = session.people.get(participant)
    return {
        "hand": participant in session.conduct.hands,
        "floor": bool(participant) and participant == session.conduct.floor,
        "allowance": known.allowance if known else 0,
        "heads": known.heads if known else 1,
        "scribe": participant in session.groups.scribes.values(),
    }


def touched(kinds: Kinds, session: Session, op: Op) -> Mapping[str, Own]:
    """Give what an act of the animation made of people's own words, by person and then by run."""
    run = session.runs.get(op.run or "")
    if op.participant or run is None:
        return {}
    authors = kinds[run.definition.kind].touched(run, op.do, op.body)
    return {one: {run.id: in_run(kinds, run, one)} for one in authors if one}
