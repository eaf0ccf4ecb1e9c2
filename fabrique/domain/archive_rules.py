"""What makes a list of lines a session: an archive that breaks one of these rules is refused."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from fabrique.domain.entry import FACILITATOR, Entry
from fabrique.domain.lines import Joined
from fabrique.domain.session import Kinds, Participant, Plan, Session, fold
from fabrique.domain.text import Invalid, Text

Entries = Sequence[Entry]
People = Sequence[Participant]


def check(plan: Plan, people: People, entries: Entries, kinds: Kinds) -> None:
    """Raise `Invalid` unless the lines could have been written by a room."""
    for rule in (_numbered, _in_time, _once, _runs_open_first, _over_when_ended):
        rule(entries)
    _known(people, entries)
    _folds(plan, entries, kinds)


def _numbered(entries: Entries) -> None:
    for place, entry in enumerate(entries, 1):
        if entry.seq != place:
            raise _no(entry, Text("Line {seq} stands where line {place} should.", {"place": place}))


def _in_time(entries: Entries) -> None:
    for before, after in pairwise(entries):
        if after.at < before.at:
            raise _no(after, Text("Line {seq} is older than the line before it."))


def _once(entries: Entries) -> None:
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        if (entry.participant, entry.op) in seen:
            raise _no(entry, Text("Line {seq} repeats an act that was already kept."))
        seen.add((entry.participant, entry.op))


def _runs_open_first(entries: Entries) -> None:
    redacted = {entry.body.seq for entry in entries if entry.kind == "session.redacted"}
    opened: set[str] = set()
    for entry in entries:
        if entry.kind == "session.opened":
            if entry.run is None or entry.run in opened:
                raise _no(entry, Text("Line {seq} opens a run that has no name or is open."))
            opened.add(entry.run)
        elif entry.run is not None and entry.run not in opened and not redacted:
            raise _no(entry, Text("Line {seq} belongs to a run that was never opened."))
        if entry.kind == "session.blank" and entry.seq not in redacted:
            raise _no(entry, Text("Line {seq} is blank but was not erased."))


def _over_when_ended(entries: Entries) -> None:
    after_end = False
    for entry in entries:
        if after_end and entry.kind != "session.redacted":
            raise _no(entry, Text("Line {seq} comes after the end of the session."))
        after_end |= entry.kind == "session.ended"


def _known(people: People, entries: Entries) -> None:
    heads = {one.id: one.heads for one in people}
    if len(heads) != len(people):
        raise Invalid(Text("A participant is listed twice."), ".participants")
    for entry in entries:
        if entry.participant != FACILITATOR and entry.participant not in heads:
            raise _no(entry, Text("Line {seq} is by somebody who is not listed."))
        if isinstance(entry.body, Joined) and entry.body.heads != heads.get(entry.participant):
            raise _no(entry, Text("Line {seq} joins for another number of people than listed."))


def _folds(plan: Plan, entries: Entries, kinds: Kinds) -> None:
    session = Session(plan)
    for entry in entries:
        try:
            fold(session, (entry,), kinds)
        except Invalid:
            raise
        except Exception:  # noqa: BLE001 - a kind meets lines no room of ours has written
            raise _no(entry, Text("Line {seq} contradicts the lines before it.")) from None


def _no(entry: Entry, text: Text) -> Invalid:
    said = Text(text.msgid, {"seq": entry.seq, **text.params})
    return Invalid(said, f".entries[{entry.seq - 1}]")
