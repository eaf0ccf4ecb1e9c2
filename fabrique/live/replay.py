"""Play a script through the real room: its own clock, no waiting, no network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from msgspec import structs

from fabrique.domain.entry import Entry, Op
from fabrique.domain.session import Kinds
from fabrique.domain.text import Invalid, Text
from fabrique.importers.script import Act, Script
from fabrique.live.room import Accepted, Room

NO_GRACE = timedelta(0)


def replay(script: Script, kinds: Kinds, append: Callable[[tuple[Entry, ...]], None]) -> Room:
    """Send every act to the room; `append` puts accepted entries in the journal.

    What the rules refuse is counted; raises `Invalid` for what no client could have sent.
    """
    room = Room(script.plan, kinds, grace=NO_GRACE)
    ids = _Ids(script.given)
    for act in script.acts:
        try:
            outcome = room.receive(_addressed(act, room))
        except Invalid as error:
            raise Invalid(error.text, act.where + error.where) from None
        if isinstance(outcome, Accepted):
            ids.keep(act, outcome.entries)
            append(outcome.entries)
        else:
            ids.refuse(act)
    ids.check_refused()
    return room


def _addressed(act: Act, room: Room) -> Op:
    """Name the run that the act is for: the last one of its step."""
    if act.step is None or act.op.do == "open":
        return act.op
    return structs.replace(act.op, run=room.session.runs_of(act.step)[-1].id)


class _Ids:
    """The ids of contributions: given by the script, or numbered by the room."""

    def __init__(self, given: Mapping[str, frozenset[str]]) -> None:
        self._given = given
        self._numbered = dict.fromkeys(given, 0)
        self._refused: list[Act] = []

    def keep(self, act: Act, entries: tuple[Entry, ...]) -> None:
        """Count what the room numbered; raise `Invalid` if the script gives that id itself."""
        for entry in entries:
            if act.step is not None and getattr(entry.body, "numbered", False):
                self._numbered[act.step] += 1
                number = f"i{self._numbered[act.step]}"
                if number in self._given[act.step]:
                    raise Invalid(Text("The id “{id}” is given twice.", {"id": number}), act.where)

    def refuse(self, act: Act) -> None:
        """Remember a refused act: what it acts on may still be numbered."""
        if act.names is not None:
            self._refused.append(act)

    def check_refused(self) -> None:
        """Raise `Invalid` for a refused act on what was never declared."""
        for act in self._refused:
            if act.names not in self._declared(act.step or ""):
                unknown = Text("There is no such contribution: “{id}”.", {"id": act.names})
                raise Invalid(unknown, act.where)

    def _declared(self, step: str) -> set[str]:
        return {*self._given[step], *(f"i{n + 1}" for n in range(self._numbered[step]))}
