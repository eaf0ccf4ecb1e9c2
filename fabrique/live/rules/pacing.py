"""At one's own pace: until when, opening all that allows it, closing it, who was invited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from fabrique.domain import lines, pace
from fabrique.domain.choosing import asked_in
from fabrique.domain.conduct import Extended
from fabrique.domain.definitions import definition_data
from fabrique.domain.entry import Op
from fabrique.domain.pace import FARTHEST, Invitees, open_at_pace, paced_runs
from fabrique.domain.run import Run
from fabrique.domain.schema import LARGEST, read
from fabrique.domain.text import Invalid, Refused, Text
from fabrique.live.rules.rule import Draft, Ground, Rule, closing, run_id

MOST_SORTS, MOST_GROUPS = 10, 60
LINE = re.compile(r"(.*?)[\s:;,=]+(\d[\d\s\u00a0\u202f]*)")


def until(ground: Ground, op: Op) -> list[Draft]:
    """Say until when people answer; what the date before had closed takes answers again."""
    wanted = read(op.body, pace.When).until.strip()
    if not wanted:
        return _without(ground)
    when = pace.moment(wanted, ground.session.plan.timezone)
    if when <= op.at:
        raise Refused("past", Text("This moment is past: choose a later one."))
    if when > op.at + FARTHEST:
        limit = {"n": FARTHEST.days}
        raise Refused("too_far", Text("Choose a date within {n} days.", limit))
    return [("dated", None, pace.Dated(until=when)), *_moved(ground, when)]


def _without(ground: Ground) -> list[Draft]:
    if open_at_pace(ground.session):
        said = Text("Steps are open until this date: give another one, or close them now.")
        raise Refused("at_pace", said)
    return [("dated", None, pace.Dated())]


def _moved(ground: Ground, when: datetime) -> Iterator[Draft]:
    last = ground.session.pace.closed_at
    for run in paced_runs(ground.session):
        if run.closed_at is None:
            yield "extended", run.id, Extended(closes_at=when)
        elif run.closed_at == last and not run.sealed:
            yield "resumed", run.id, pace.Resumed(closes_at=when)


def start(ground: Ground, op: Op) -> list[Draft]:
    """Open every step that people can answer alone, until the date."""
    read(op.body, lines.Nothing)
    session = ground.session
    when = session.pace.until
    if when is None or when <= op.at:
        raise Refused("no_date", Text("Say first until when it stays open."))
    waiting = [
        step
        for step in session.plan.steps
        if ground.kinds[step.kind].own_pace and not any(map(_keeps, session.runs_of(step.id)))
    ]
    if not waiting:
        said = Text("No step is left that people can answer at their own pace.")
        raise Refused("nothing_to_open", said)
    opened = (
        lines.Opened(definition=definition_data(step), closes_at=when, paced=True)
        for step in waiting
    )
    return [("opened", run_id(session, n), body) for n, body in enumerate(opened, 1)]


def _keeps(run: Run) -> bool:
    return run.paced or run.closed_at is None


def shut(ground: Ground, op: Op) -> list[Draft]:
    """Close all that is open at one's own pace: by the date if it is past, else by hand."""
    read(op.body, lines.Nothing)
    runs = open_at_pace(ground.session)
    if not runs:
        raise Refused("already_closed", Text("This activity is already closed."))
    date = ground.session.pace.until
    cause = date if date is not None and op.at >= date else None
    return [("shut", None, pace.Shut(until=cause)), *closing(runs)]


def address(_ground: Ground, op: Op) -> list[Draft]:
    """Ask for an address, and say what for; or ask no longer."""
    return [("addresses", None, read(op.body, pace.Why))]


def invited(_ground: Ground, op: Op) -> list[Draft]:
    """Keep how many people were invited."""
    return [("invited", None, read(op.body, pace.Total))]


def sort(ground: Ground, op: Op) -> list[Draft]:
    """Keep who was invited by tier, by trade…, matched to a question if one asks it."""
    body = read(op.body, pace.Sort)
    name = body.name.strip()
    if not name:
        raise Refused("empty", Text("Say what these people are sorted by."))
    known = ground.session.pace.sorts
    if name not in known and len(known) >= MOST_SORTS:
        limit = {"n": MOST_SORTS}
        raise Refused("too_many", Text("The invited are sorted in at most {n} ways.", limit))
    kept = pace.Sorted(name=name, groups=tuple(_groups(body.lines)), question=_asked(ground, body))
    return [("sorted", None, kept)]


def _groups(text: str) -> Iterator[Invitees]:
    seen: set[str] = set()
    for line in filter(None, map(str.strip, text.split("\n"))):
        found = LINE.fullmatch(line)
        if found is None or not found[1].strip():
            what = {"line": line[:60]}
            raise Refused("lines", Text("Write each line as “Venue: 120”, not “{line}”.", what))
        label, people = found[1].strip(), int("".join(found[2].split()))
        if label in seen or people > LARGEST or len(seen) >= MOST_GROUPS:
            raise Refused("lines", Text("“{line}” is given twice, or too much.", {"line": label}))
        seen.add(label)
        yield Invitees(label=label, people=people)


def _asked(ground: Ground, body: pace.Sort) -> tuple[str, str] | None:
    if not body.question:
        return None
    step, _, question = body.question.partition("/")
    if (step, question) not in asked_in(ground.session.plan, ground.kinds):
        raise Invalid(Text("There is no such question."), ".question")
    return step, question


RULES: Mapping[str, Rule] = {
    "pace.until": until,
    "pace.open": start,
    "pace.close": shut,
    "pace.address": address,
    "pace.invited": invited,
    "pace.sort": sort,
}
