"""The room, without input or output: somebody asks, it accepts or refuses.

`receive` gives entries and folds them at once, so that the next op is judged on what has just been
accepted; whoever drives the room appends them to the journal *before* anybody is told, and calls
`reload` with the journal's own lines if that failed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from msgspec import Struct

from fabrique.domain import lines
from fabrique.domain.activity import Run
from fabrique.domain.definitions import definition_data
from fabrique.domain.entry import Entry, Op
from fabrique.domain.schema import read
from fabrique.domain.session import FAMILY, Kinds, Plan, Session, fold
from fabrique.domain.text import Invalid, Refusal, Refused, Text

GRACE = timedelta(seconds=2)
FACILITATOR_ONLY = Refused("role", Text("Only the facilitator can do this."))


class Accepted(Struct, frozen=True):
    """The op was accepted: its entries, already folded, not yet on disk."""

    entries: tuple[Entry, ...]


class Known(Struct, frozen=True):
    """The same op came before: acknowledge it again as entry `seq`."""

    seq: int


Outcome = Accepted | Known | Refusal
Draft = tuple[str, str | None, Any]  # verb of the session or kind of entry, run, body


class Room:
    """One session and its rules. Single-threaded; the time comes with each op."""

    def __init__(self, plan: Plan, kinds: Kinds, grace: timedelta = GRACE) -> None:
        self.kinds = kinds
        self.grace = grace
        self.session = Session(plan)
        self.refused: Counter[str] = Counter()
        self._answered_no: dict[tuple[str, str], Refusal] = {}

    def reload(self, entries: Iterable[Entry]) -> None:
        """Start again from the journal's lines: after a restart, a failed append, a redaction."""
        self.session = fold(Session(self.session.plan), entries, self.kinds)
        self._answered_no.clear()

    def receive(self, op: Op) -> Outcome:
        """Judge `op`. Refused ⇒ nothing changed but the count of refusals.

        Raises `Invalid` for what no client of ours could send.
        """
        act = (op.participant, op.op)
        if (seq := self.session.ops.get(act)) is not None:
            return Known(seq)
        if (refusal := self._answered_no.get(act)) is not None:
            return refusal
        try:
            drafts = self._decide(op)
        except Refused as no:
            self.refused[no.refusal.why] += 1
            self._answered_no[act] = no.refusal
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
        if verb := _VERBS.get(op.do):
            if op.from_facilitator == (op.do in _BY_PARTICIPANTS):
                raise _other_role()
            return verb(self, op)
        return [self._answer(op)]

    def _answer(self, op: Op) -> Draft:
        run = self._run(op)
        activity = self.kinds[run.definition.kind]
        shape = activity.verbs.get(op.do)
        if shape is None:
            raise Invalid(Text("This activity does not know “{verb}”.", {"verb": op.do}))
        if op.from_facilitator != (op.do in activity.facilitator_verbs):
            raise _other_role()
        if not op.from_facilitator:
            self._check_joined(op)
        body = read(op.body, shape)
        activity.check(run.definition, body)
        if op.at < run.opened_at or not run.accepts(op.at, self.grace):
            raise Refused("closed", Text("This activity is closed: your answer came too late."))
        return f"{activity.kind}.{op.do}", run.id, activity.decide(run, op, body)

    def _join(self, op: Op) -> list[Draft]:
        body = read(op.body, lines.Enter)
        if op.participant in self.session.people:
            return [("came", None, lines.Came())]
        return [("joined", None, lines.Joined(body.heads))]

    def _leave(self, op: Op) -> list[Draft]:
        read(op.body, lines.Nothing)
        self._check_joined(op)
        return [("went", None, lines.Went())]

    def _open(self, op: Op) -> list[Draft]:
        body = read(op.body, lines.Open)
        definition = self.session.plan.step(body.step)
        if definition is None:
            raise Refused("unknown_step", Text("This step is not in the running order."))
        runs = self.session.runs_of(body.step)
        if any(run.group == body.group and run.closed_at is None for run in runs):
            raise Refused("already_open", Text("This step is already open."))
        until = op.at + timedelta(seconds=body.seconds) if body.seconds is not None else None
        opened = lines.Opened(definition_data(definition), body.group, until)
        return [("opened", self._run_id(1), opened)]

    def _run_id(self, n: int) -> str:
        """Name the n-th run to open from now: the same journal gives the same names."""
        return f"r{len(self.session.runs) + n}"

    def _close(self, op: Op) -> list[Draft]:
        read(op.body, lines.Nothing)
        run = self._run(op)
        if run.closed_at:
            raise Refused("already_closed", Text("This activity is already closed."))
        return [("closed", run.id, lines.Closed())]

    def _reveal(self, op: Op) -> list[Draft]:
        read(op.body, lines.Nothing)
        run = self._run(op)
        if run.revealed_at:
            raise Refused("already_revealed", Text("The results are already shown."))
        closing: list[Draft] = [] if run.closed_at else [("closed", run.id, lines.Closed())]
        return [*closing, ("revealed", run.id, lines.Revealed())]

    def _run(self, op: Op) -> Run:
        run = self.session.runs.get(op.run or "")
        if run is None:
            raise Refused("unknown_run", Text("This activity is not open in this session."))
        return run

    def _check_joined(self, op: Op) -> None:
        if op.participant not in self.session.people:
            raise Refused("stranger", Text("Join the session before taking part."))

    def _begin(self, op: Op) -> list[Draft]:
        """Open what is beside the running order: chat, slides."""
        read(op.body, lines.Nothing)
        beside = [one for one in self.session.plan.beside if not self.session.runs_of(one.id)]
        opened = (lines.Opened(definition_data(one)) for one in beside)
        return [("opened", self._run_id(n), body) for n, body in enumerate(opened, 1)]

    def _tally(self, op: Op) -> list[Draft]:
        """Keep the count of refusals: it is all that a refused op leaves."""
        read(op.body, lines.Nothing)
        if self.refused == self.session.refused:
            return []
        return [("refusals", None, lines.Refusals(refused=dict(self.refused)))]

    def _end(self, op: Op) -> list[Draft]:
        read(op.body, lines.Nothing)
        ended = ("ended", None, lines.Ended(dict(self.refused)))
        return [*(("closed", run.id, lines.Closed()) for run in self.session.open_runs()), ended]

    def _redact(self, op: Op) -> list[Draft]:
        body = read(op.body, lines.Erase)
        if body.seq > self.session.seq:
            raise Refused("unknown_line", Text("There is no such line in the journal."))
        return [("redacted", None, lines.Redacted(body.seq))]


def _other_role() -> Refused:
    # A new one each time: an exception raised again keeps the frames of every time before.
    return Refused("role", FACILITATOR_ONLY.refusal.text)


_VERBS: dict[str, Callable[[Room, Op], list[Draft]]] = {
    "join": Room._join,
    "leave": Room._leave,
    "begin": Room._begin,
    "open": Room._open,
    "close": Room._close,
    "reveal": Room._reveal,
    "tally": Room._tally,
    "end": Room._end,
    "redact": Room._redact,
}
_BY_PARTICIPANTS = ("join", "leave")
