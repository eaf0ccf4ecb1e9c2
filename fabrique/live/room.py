"""The room, without input or output: somebody asks, it accepts or refuses.

`receive` gives entries and folds them at once, so that the next op is judged on what has just been
accepted; whoever drives the room appends them to the journal *before* anybody is told, and if that
failed reads the room again from the journal and takes back the refusals of the batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct

from fabrique.domain.entry import Entry, Op
from fabrique.domain.run import Run
from fabrique.domain.schema import read
from fabrique.domain.session import FAMILY, Kinds, Plan, Session, fold
from fabrique.domain.text import Invalid, Refusal, Refused, Text
from fabrique.domain.verbs import BY_PARTICIPANTS
from fabrique.live.refusals import Refusals
from fabrique.live.rules import RULES, Draft
from fabrique.live.rules.rule import Ground
from fabrique.live.rules.tables import check_at_table, check_pen

GRACE = timedelta(seconds=2)
LATE = Text("This activity is closed: your answer came too late.")
LATE_AT_PACE = Text(
    "The date until which answers were taken is past: this one is not counted. "
    "What you had sent before is kept."
)
FACILITATOR_ONLY = Refused("role", Text("Only the facilitator can do this."))


class Accepted(Struct, frozen=True):
    """The op was accepted: its entries, already folded, not yet on disk."""

    entries: tuple[Entry, ...]


class Known(Struct, frozen=True):
    """The same op came before: acknowledge it again as entry `seq`."""

    seq: int


Outcome = Accepted | Known | Refusal


class Room:
    """One session and its rules. Single-threaded; the time comes with each op."""

    def __init__(self, plan: Plan, kinds: Kinds, grace: timedelta = GRACE) -> None:
        self.kinds = kinds
        self.grace = grace
        self._plan = plan
        self.session = Session(plan)
        self.refusals = Refusals()

    @property
    def refused(self) -> Counter[str]:
        """How many acts were refused, by reason."""
        return self.refusals.counts

    def reload(self, entries: Iterable[Entry]) -> None:
        """Start again from the journal's lines: after a restart, a failed append, a redaction."""
        self.session = fold(Session(self._plan), entries, self.kinds)

    def receive(self, op: Op) -> Outcome:
        """Judge `op`. Refused ⇒ nothing changed but the count of refusals.

        Raises `Invalid` for what no client of ours could send.
        """
        if (seq := self.session.ops.get((op.participant, op.op))) is not None:
            return Known(seq)
        if (refusal := self.refusals.find(op)) is not None:
            return refusal
        try:
            drafts = self._decide(op)
        except Refused as no:
            self.refusals.note(op, no.refusal)
            return no.refusal
        entries = tuple(self._entry(op, n, draft) for n, draft in enumerate(drafts, 1))
        fold(self.session, entries, self.kinds)
        return Accepted(entries)

    def _entry(self, op: Op, n: int, draft: Draft) -> Entry:
        kind, run, body = draft
        family, _, verb = kind.rpartition(".")
        version = self.kinds[family].version if family else 1
        # Only the first entry of an act carries its op id: acts are unique in the journal.
        op_id = op.op if n == 1 else f"{op.op}+{n}"
        name = f"{family or FAMILY}.{verb}"
        return Entry(self.session.seq + n, op.at, op.participant, op_id, run, name, version, body)

    def _decide(self, op: Op) -> list[Draft]:
        if self.session.ended_at and op.do != "redact":  # one may be forgotten afterwards too
            raise Refused("ended", Text("The session is over: nothing more is recorded."))
        ground = Ground(self.session, self.kinds, self.refused)
        if rule := RULES.get(op.do):
            if op.from_facilitator == (op.do in BY_PARTICIPANTS):
                raise _other_role()
            return rule(ground, op)
        return [self._answer(ground, op)]

    def _answer(self, ground: Ground, op: Op) -> Draft:
        run = ground.run(op)
        activity = self.kinds[run.definition.kind]
        shape = activity.verbs.get(op.do)
        if shape is None:
            raise Invalid(Text("This activity does not know “{verb}”.", {"verb": op.do}))
        if op.from_facilitator != (op.do in activity.facilitator_verbs):
            raise _other_role()
        if not op.from_facilitator:
            ground.check_joined(op)
            check_at_table(ground, op, run)
        body = read(op.body, shape)
        activity.check(run.definition, body)
        # The animation does not answer: what it shows, it shows after closing too.
        if not op.from_facilitator:
            self._check_in_time(op, run)
            check_pen(ground, op, run)
        return f"{activity.kind}.{op.do}", run.id, activity.decide(run, op, body)

    def _check_in_time(self, op: Op, run: Run) -> None:
        if self.session.conduct.frozen:
            raise Refused("frozen", Text("The facilitator has paused the room for a moment."))
        grace = self.grace + run.allowance(self.session.people[op.participant].allowance)
        if op.at < run.opened_at or not run.accepts(op.at, grace):
            raise Refused("closed", LATE_AT_PACE if run.paced else LATE)


def _other_role() -> Refused:
    # A new one each time: an exception raised again keeps the frames of every time before.
    return Refused("role", FACILITATOR_ONLY.refusal.text)
