"""The report of a session (compte-rendu de session): blocks, in the order of the reference.

Cover figures, each activity with its counts, slides, messages, then the method note
(live-activities 7). What a human writes — summary, decisions — belongs to the minutes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from fabrique.domain.activity import Run
from fabrique.domain.archive import Archive
from fabrique.domain.blocks import (
    Block,
    Fact,
    Facts,
    Items,
    Notice,
    Paragraph,
    Picture,
    Report,
    Section,
)
from fabrique.domain.results import ordered_runs, results
from fabrique.domain.session import Kinds, Session, fold
from fabrique.domain.text import Text, Words

FINGERPRINT = 16  # hexadecimal digits of the archive's sum that a report prints
METHOD = (
    Text("Every figure counts people: a device that answers for several counts for them all."),
    Text("Present means in the session at any time while the activity was open."),
    Text("Abstaining is an answer: it is counted as such, and apart from the options."),
    Text(
        "Shares of a single choice are whole numbers that add up to 100 by largest remainder, "
        "unless equal counts would then differ: they are rounded half up."
    ),
    Text("Shares of a multiple choice are of the people who chose at least one option."),
    Text("Means are rounded half up from exact figures; “no opinion” is not in them."),
    Text("A ranking is ordered by mean rank; options left unranked share the ranks that remain."),
    Text("When a person answers again, the last answer replaces the one before."),
)


def from_archive(content: bytes, archive: Archive, kinds: Kinds) -> Report:
    """Make the report of an archive, whose bytes are `content`; the same bytes give the same."""
    session = fold(Session(archive.plan), archive.entries, kinds)
    names = {one.id: one.name for one in archive.participants if one.name}
    return report(session, kinds, names, hashlib.sha256(content).hexdigest()[:FINGERPRINT])


def report(session: Session, kinds: Kinds, names: Mapping[str, str], fingerprint: str) -> Report:
    """Assemble the report; `fingerprint` is that of the archive it is made from."""
    plan = session.plan
    runs = ordered_runs(session)
    starts_at = _began_at(session, runs)
    ends_at = session.ended_at or session.last_at or starts_at
    sections = [_section(session, kinds, names, run, n) for n, run in enumerate(runs, 1)]
    sections += [
        _section(session, kinds, names, run, None)
        for run in _beside(session)
        if kinds[run.definition.kind].blocks(run, session.people, names)
    ]
    return Report(
        title=plan.title,
        kind=plan.kind,
        language=plan.language,
        starts_at=starts_at,
        ends_at=ends_at,
        timezone=plan.timezone,
        facilitator=plan.facilitator,
        introduction=plan.introduction,
        facts=_cover(session, kinds, runs, ends_at - starts_at),
        sections=(*sections, _method(session)),
        results=results(session, kinds),
        fingerprint=fingerprint,
    )


def _began_at(session: Session, runs: list[Run]) -> datetime:
    """Give the announced time, or when the first step opened if nobody was there to be told.

    A session prepared the day before would otherwise last for a day.
    """
    announced = session.plan.starts_at
    if not runs or any(one.joined_at <= announced for one in session.people.values()):
        return announced
    return min(run.opened_at for run in runs)


def _cover(session: Session, kinds: Kinds, runs: list[Run], length: timedelta) -> tuple[Fact, ...]:
    active = set().union(*(kinds[run.definition.kind].answered(run) for run in runs))
    entries = sum(kinds[run.definition.kind].entries(run) for run in runs)
    minutes = max(length // timedelta(minutes=1), 0)  # cut, as the hours beside it are
    return (
        Fact(Text("Participants"), str(session.people.heads(session.people))),
        Fact(Text("Took part in an activity"), str(session.people.heads(active))),
        Fact(Text("Contributions"), str(entries)),
        Fact(Text("Duration"), Text("{n} minute", {"n": minutes}, "{n} minutes")),
    )


def _beside(session: Session) -> list[Run]:
    return [run for one in reversed(session.plan.beside) for run in session.runs_of(one.id)]


def _section(
    session: Session, kinds: Kinds, names: Mapping[str, str], run: Run, number: int | None
) -> Section:
    activity = kinds[run.definition.kind]
    definition = run.definition
    blocks: list[Block] = []
    if definition.instruction:
        blocks.append(Paragraph(definition.instruction))
    if definition.image:
        blocks.append(Picture(definition.image.src, definition.image.alt))
    if activity.asks:
        blocks.append(_counts(session, kinds, run))
    blocks += activity.blocks(run, session.people, names)
    return Section(run.id, _kicker(session, kinds, run), definition.title, tuple(blocks), number)


def _kicker(session: Session, kinds: Kinds, run: Run) -> Words:
    openings = session.runs_of(run.definition.id)
    name = kinds[run.definition.kind].name
    if len(openings) == 1:
        return name
    place = openings.index(run) + 1
    return Text(
        "{name}, opening {n} of {total}", {"name": name, "n": place, "total": len(openings)}
    )


def _counts(session: Session, kinds: Kinds, run: Run) -> Facts:
    activity = kinds[run.definition.kind]
    heads = session.people.heads
    facts = [
        Fact(Text("Present"), str(heads(run.joined))),
        Fact(Text("Answered"), str(heads(activity.answered(run)))),
        Fact(Text("Contributions"), str(activity.entries(run))),
    ]
    if abstained := heads(activity.abstained(run)):
        facts.insert(2, Fact(Text("Abstained"), str(abstained)))
    return Facts(tuple(facts))


def _method(session: Session) -> Section:
    refused = sum(session.refused.values())
    blocks: list[Block] = [Items(METHOD)]
    if refused:
        late = Text(
            "{n} contribution came too late or broke a rule; it is not counted.",
            {"n": refused},
            "{n} contributions came too late or broke a rule; they are not counted.",
        )
        blocks.append(Notice(late))
    if session.plan.notice:
        blocks.append(Notice(session.plan.notice))
    return Section(
        "method", Text("Method note"), Text("How these figures were made"), tuple(blocks)
    )
