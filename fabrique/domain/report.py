"""The report of a session (compte-rendu de session): blocks, in the order of the reference.

Cover figures, each activity with its counts, slides, messages, then the method note
(live-activities 7). What a human writes — summary, decisions — belongs to the minutes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from fabrique.domain import invited, report_notes
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
    Table,
)
from fabrique.domain.condensed import condensed
from fabrique.domain.listed import listings
from fabrique.domain.results import contributions, ordered_runs, results
from fabrique.domain.run import Phase, Run
from fabrique.domain.session import Kinds, Session, fold
from fabrique.domain.signatures import signatures
from fabrique.domain.tables import group_of, like
from fabrique.domain.text import Text, Words
from fabrique.domain.timeline import began_at

UNSHOWN = Text("The facilitator did not show the results of this step.")
DAYS = timedelta(days=2)  # from here on, a length is said in days
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


def from_archive(
    content: bytes, archive: Archive, kinds: Kinds, *, everything: bool = False
) -> Report:
    """Make the report of an archive, whose bytes are `content`; the same bytes give the same."""
    session = fold(Session(archive.plan), archive.entries, kinds)
    names = {one.id: one.name for one in archive.participants if one.name}
    fingerprint = hashlib.sha256(content).hexdigest()[:FINGERPRINT]
    return report(session, kinds, names, fingerprint, everything=everything)


def report(
    session: Session,
    kinds: Kinds,
    names: Mapping[str, str],
    fingerprint: str,
    *,
    everything: bool = False,
) -> Report:
    """Assemble the report; `fingerprint` is that of the archive it is made from.

    Unless `everything` is asked for, by those who ran the session, results that were never shown
    to the room stay out of it, and so do notes without a mark, and who answered what.
    """
    plan = session.plan
    hidden = frozenset() if everything else _never_shown(session, kinds)
    runs = ordered_runs(session)
    starts_at = began_at(session)
    ends_at = session.ended_at or session.last_at or starts_at
    placed, sections = _played(session, kinds, names, hidden)
    turnout = invited.turnout(session, kinds, hidden)
    heard = invited.section(turnout)
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
        sections=(
            *report_notes.section(session, whole=everything),
            *heard,
            *sections,
            _method(session),
        ),
        results=results(session, kinds, hidden) | (invited.in_results(turnout) if heard else {}),
        fingerprint=fingerprint,
        listings=listings(session, kinds, names, placed, sections) if everything else (),
    )


def _played(
    session: Session, kinds: Kinds, names: Mapping[str, str], hidden: frozenset[str]
) -> tuple[list[tuple[int | None, Run]], list[Section]]:
    """Give what was opened, with its number in the running order, and a section for each."""
    runs = ordered_runs(session)
    told = {
        run.id: (Notice(UNSHOWN),) if run.id in hidden else _told(session, kinds, names, run)
        for run in (*runs, *_beside(session))
    }
    beside = [(None, run) for run in _beside(session) if told[run.id]]
    placed = [*enumerate(runs, 1), *beside]
    return placed, [_section(session, kinds, run, told[run.id], place) for place, run in placed]


def _cover(session: Session, kinds: Kinds, runs: list[Run], length: timedelta) -> tuple[Fact, ...]:
    active = set().union(*(kinds[run.definition.kind].answered(run) for run in runs))
    entries = contributions(kinds, runs)
    return (
        Fact(Text("Participants"), str(session.people.heads(session.people))),
        Fact(Text("Took part in an activity"), str(session.people.heads(active))),
        Fact(Text("Contributions"), str(entries)),
        Fact(Text("Duration"), _duration(length)),
    )


def _duration(length: timedelta) -> Text:
    """Say a length, cut as the hours beside it are; in days where it is so long."""
    if length >= DAYS:
        return Text("{n} day", {"n": length.days}, "{n} days")
    return Text("{n} minute", {"n": max(length // timedelta(minutes=1), 0)}, "{n} minutes")


def _beside(session: Session) -> list[Run]:
    return [run for one in reversed(session.plan.beside) for run in session.runs_of(one.id)]


def _never_shown(session: Session, kinds: Kinds) -> frozenset[str]:
    """Give the runs whose results nobody but the animation has seen."""
    return frozenset(
        run.id
        for run in session.runs.values()
        if (activity := kinds[run.definition.kind]).asks and not activity.shared
        if run.phase is not Phase.REVEALED
    )


def _told(session: Session, kinds: Kinds, names: Mapping[str, str], run: Run) -> tuple[Block, ...]:
    activity = kinds[run.definition.kind]
    signed = signatures(session, kinds, run, names)
    return tuple(condensed(activity.blocks(run, session.people, signed)))


def _section(
    session: Session, kinds: Kinds, run: Run, told: tuple[Block, ...], number: int | None
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
    if run.gathered:
        blocks.append(_brought(session, kinds, run))
    kicker = _kicker(session, kinds, run)
    return Section(run.id, kicker, _title(session, run), (*blocks, *told), number)


def _title(session: Session, run: Run) -> Words:
    """Name the step, and the group where each has its own: no two titles of a list are the same."""
    title: str = run.definition.title
    if group := group_of(session, run):
        return Text("{group} · {title}", {"group": group.title, "title": title})
    return title


def _kicker(session: Session, kinds: Kinds, run: Run) -> Words:
    name: Words = kinds[run.definition.kind].name
    if run.gathered:
        name = Text("{name}, brought together", {"name": name})
    openings = like(session, run)
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


def _brought(session: Session, kinds: Kinds, run: Run) -> Table:
    """List what each group brought to a plenary run, its figures beside those of the others."""
    activity, heads = kinds[run.definition.kind], session.people.heads
    runs = [session.runs[one] for one in run.gathered]
    rows = tuple(
        (
            group.title,
            str(heads(one.joined)),
            str(heads(activity.answered(one))),
            str(activity.entries(one)),
        )
        for one in runs
        if (group := group_of(session, one))
    )
    head = (Text("Group"), Text("Present"), Text("Answered"), Text("Contributions"))
    return Table(Text("What each group brought"), head, rows, (1, 2, 3))


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
