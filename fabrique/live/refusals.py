"""What was refused: counted for the report, and said again to whoever asks the same act again."""

from __future__ import annotations

from collections import Counter, OrderedDict

from fabrique.domain.entry import Op
from fabrique.domain.text import Refusal

EACH = 100  # refusals remembered of one person: what a phone may send again after a cut
MOST = 20_000  # in all; those who were refused longest ago are forgotten first


class Refusals:
    """Refusals of one room. An act is counted once, however often it comes.

    What is refused together with lines that could not be written is taken back with them: those
    acts are judged again, perhaps otherwise.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._told: OrderedDict[str, dict[str, Refusal]] = OrderedDict()  # by person, then act
        self._size = 0
        self._fresh: list[tuple[str, str, str]] = []  # person, act and why, since `begin`

    def find(self, op: Op) -> Refusal | None:
        """Give what was said of the same act before."""
        return self._told.get(op.participant, {}).get(op.op)

    def note(self, op: Op, refusal: Refusal) -> None:
        """Count a refusal and remember it, within limits: acts are cheap to make up."""
        self.counts[refusal.why] += 1
        self._fresh.append((op.participant, op.op, refusal.why))
        own = self._told.setdefault(op.participant, {})
        self._told.move_to_end(op.participant)
        self._size += op.op not in own
        own[op.op] = refusal
        if len(own) > EACH:  # who floods the room loses their own past, nobody else's
            self._forget(op.participant, next(iter(own)))
        while self._size > MOST:
            _, gone = self._told.popitem(last=False)
            self._size -= len(gone)

    def begin(self) -> None:
        """Start a batch: what was refused before is settled."""
        self._fresh.clear()

    def take_back(self) -> None:
        """Undo the batch: nobody was told."""
        for who, act, why in self._fresh:
            self.counts[why] -= 1
            self._forget(who, act)
        self.counts = +self.counts  # without those that are back to 0
        self._fresh.clear()

    def _forget(self, who: str, act: str) -> None:
        own = self._told.get(who, {})
        if own.pop(act, None) is not None:
            self._size -= 1
        if not own:
            self._told.pop(who, None)
