"""What a rule is: it reads an act against the session and drafts lines; it changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from fabrique.domain import lines
from fabrique.domain.entry import Op
from fabrique.domain.run import Run
from fabrique.domain.session import Kinds, Session
from fabrique.domain.text import Refused, Text

Draft = tuple[str, str | None, Any]  # verb of the session or kind of entry, run, body


class Ground(Struct, frozen=True):
    """What a rule judges on. `refused` is the count of refusals by reason."""

    session: Session
    kinds: Kinds
    refused: Mapping[str, int]

    def run(self, op: Op) -> Run:
        """Find the run that an act names; raise `Refused`."""
        found = self.session.runs.get(op.run or "")
        if found is None:
            raise Refused("unknown_run", Text("This activity is not open in this session."))
        return found

    def check_known(self, op: Op) -> None:
        """Raise `Refused` for whoever never joined."""
        if op.participant not in self.session.people:
            raise Refused("stranger", Text("Join the session before taking part."))

    def check_joined(self, op: Op) -> None:
        """Raise `Refused` for whoever is not in the room, or was taken out of it."""
        self.check_known(op)
        if op.participant in self.session.conduct.expelled:
            raise Refused("expelled", Text("The facilitator has taken you out of this session."))


Rule = Callable[[Ground, Op], list[Draft]]


def run_id(session: Session, n: int) -> str:
    """Name the n-th run to open from now: the same journal gives the same names."""
    return f"r{len(session.runs) + n}"


def closing(runs: Iterable[Run]) -> list[Draft]:
    """Close those that are open."""
    return [("closed", run.id, lines.Closed()) for run in runs if run.closed_at is None]
