"""What was written on paper, typed in by the animation: it has no author here."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.contributions import Contribution, Pool
from fabrique.domain.entry import FACILITATOR, Entry
from fabrique.domain.moderation import Act
from fabrique.domain.schema import Index, Line, Part
from fabrique.domain.written import check_written


class Paper(Part, frozen=True):
    """Body of `paper`: one note of the wall."""

    text: Line
    column: Index = 0


class KeptPaper(Part, frozen=True):
    """A note of the wall as the journal keeps it, under the id that the room gave."""

    id: Line
    text: Line
    column: Index = 0


def _keep(pool: Pool, body: Paper) -> KeptPaper:
    return KeptPaper(id=pool.next_id(), text=check_written(body.text), column=body.column)


def _put(pool: Pool, entry: Entry) -> None:
    body, lines = entry.body, [entry.seq]
    note = Contribution(body.id, body.text, FACILITATOR, body.column, lines=lines, at=entry.at)
    pool.add(note, numbered=True)


PAPER: Mapping[str, Act] = {"paper": Act(Paper, _keep, _put)}
KEPT = {"paper": KeptPaper}
