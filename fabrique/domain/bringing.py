"""What was written in one activity becomes cards of another; where it comes from is kept.

Nothing is copied into the journal: a line that is erased there is gone here too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from fabrique.domain.contributions import Contribution
from fabrique.domain.entry import FACILITATOR, Entry
from fabrique.domain.run import Run
from fabrique.domain.schema import Index, Line, Part
from fabrique.domain.step import Publication

if TYPE_CHECKING:
    from fabrique.domain.session import Kinds, Session


class Bring(Part, frozen=True):
    """Body of `bring`, kept as it is: from which run, into which column."""

    source: Line
    column: Index = 0


def travellers(kinds: Kinds, source: Run, target: Run) -> list[Contribution]:
    """Give what would come from `source` into `target` and is not there yet.

    Authors stay behind where the policy of `target` would say more of them than was promised.
    """
    here = kinds[target.definition.kind].policy(target.definition)
    there = kinds[source.definition.kind].policy(source.definition)
    known = here in (there, Publication.ANONYMOUS)
    found = []
    for one in kinds[source.definition.kind].travellers(source):
        one.id = f"{source.id}.{one.id}"
        one.origin = one.origin or source.definition.title
        one.brought = True
        one.by = one.by if known else FACILITATOR
        if one.id not in target.state.items:
            found.append(one)
    return found


def _brought(session: Session, entry: Entry, kinds: Kinds) -> None:
    target = session.runs.get(entry.run or "")
    source = session.runs.get(entry.body.source)
    if target is None or source is None:  # one of them was erased
        return
    for one in travellers(kinds, source, target):
        one.column = entry.body.column
        target.state.add(one, numbered=False)


BODIES: dict[str, type[Part]] = {"brought": Bring}
CHANGES: Mapping[str, Callable[[Session, Entry, Kinds], None]] = {"brought": _brought}
