"""Play a script through the real room: its own clock, no waiting, no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from msgspec import structs

from fabrique.domain.entry import Entry, Op
from fabrique.domain.session import Kinds
from fabrique.domain.text import Invalid, Text
from fabrique.importers.script import Act, Script
from fabrique.live.room import Accepted, Room

NO_GRACE = timedelta(0)
UNKNOWN_RUN = "-"


def replay(script: Script, kinds: Kinds, append: Callable[[tuple[Entry, ...]], None]) -> Room:
    """Send every act to the room; `append` puts accepted entries in the journal.

    What the rules refuse is counted; raises `Invalid` for what no client could have sent.
    """
    room = Room(script.plan, kinds, grace=NO_GRACE)
    numbered: Counter[str] = Counter()
    for act in script.acts:
        try:
            outcome = room.receive(_addressed(act, room))
        except Invalid as error:
            raise Invalid(error.text, act.where + error.where) from None
        if isinstance(outcome, Accepted):
            _check_numbers(outcome.entries, act, numbered)
            append(outcome.entries)
    return room


def _addressed(act: Act, room: Room) -> Op:
    """Name the run that the act is for: the last one of its step."""
    if act.step is None or act.op.do == "open":
        return act.op
    runs = room.session.runs_of(act.step)
    return structs.replace(act.op, run=runs[-1].id if runs else UNKNOWN_RUN)


def _check_numbers(entries: tuple[Entry, ...], act: Act, numbered: Counter[str]) -> None:
    """Refuse a script whose own ids clash with the numbers that the room gives."""
    for entry in entries:
        if getattr(entry.body, "numbered", False) and act.step is not None:
            numbered[act.step] += 1
            if entry.body.id != f"i{numbered[act.step]}":
                clash = {"id": f"i{numbered[act.step]}"}
                raise Invalid(Text("The id “{id}” is given twice.", clash), act.where)
