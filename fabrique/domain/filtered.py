"""Results of those who chose something: the same report, from the lines of these people alone.

Lines of the others are blanked, as if they had been erased: the fold passes over them by a law, so
that every figure of the report is computed by the same code as for all.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, structs

from fabrique.domain.archive import Archive
from fabrique.domain.blocks import Fact, Facts, Notice, Report, Section
from fabrique.domain.choosing import Choosing
from fabrique.domain.count import percent
from fabrique.domain.entry import Entry, redacted
from fabrique.domain.results import ordered_runs
from fabrique.domain.run import Run
from fabrique.domain.session import Kinds, Session, fold
from fabrique.domain.text import Invalid, Refused, Text

LEAST = 5  # people under which a group is not shown, nor one that the rest would be
FEW = Text(
    "Fewer than {n} people: not shown, so that nobody is recognised by their answers.", {"n": LEAST}
)
FEW_OTHERS = Text(
    "All but fewer than {n} people chose this: not shown, for what they answered could be had by "
    "taking it from the whole.",
    {"n": LEAST},
)
# What was said of the invited is of everybody.
OF_ALL = frozenset({"session.invited", "session.sorted"})


class Only(Struct, frozen=True):
    """Those who chose `option` in a question of a run; written "r2/tier/0"."""

    run: str
    question: str
    option: int

    def __str__(self) -> str:
        return f"{self.run}/{self.question}/{self.option}"


class Filter(Struct, frozen=True):
    """A question to filter by, and each of its options with its value."""

    title: str
    options: tuple[tuple[str, str], ...]


def read_only(text: str) -> Only:
    """Read "r2/tier/0"; raise `Invalid`."""
    run, _, rest = text.partition("/")
    question, _, option = rest.rpartition("/")
    if not option.isascii() or not option.isdecimal():
        raise Invalid(Text("There is no such option."))
    return Only(run, question, int(option[:9]))


def filters(archive: Archive, kinds: Kinds) -> tuple[Filter, ...]:
    """Give every question of a session that has options, with what is asked to filter by them."""
    session = fold(Session(archive.plan), archive.entries, kinds)
    return tuple(
        Filter(
            one.title,
            tuple(
                (str(Only(run.id, one.question, place)), label)
                for place, label in enumerate(one.options)
            ),
        )
        for run, one in _asked(session, kinds)
    )


def _asked(session: Session, kinds: Kinds) -> Iterator[tuple[Run, Choosing]]:
    for run in ordered_runs(session):
        for one in kinds[run.definition.kind].choosing(run.definition, run.state):
            yield run, one


def narrowed(archive: Archive, kinds: Kinds, only: Only) -> tuple[Archive, Section]:
    """Give the archive of those who chose something, and what a report says of it.

    Raises `Invalid` for a question or an option that is not there, `Refused` for a group that is
    too small to be shown.
    """
    session = fold(Session(archive.plan), archive.entries, kinds)
    asked = next(
        (
            one
            for run, one in _asked(session, kinds)
            if (run.id, one.question) == (only.run, only.question)
        ),
        None,
    )
    if asked is None or only.option >= len(asked.options):
        raise Invalid(Text("There is no such option."))
    who, said = asked.who(only.option), asked.said()
    people, whole = session.people.heads(who), session.people.heads(said)
    if people < LEAST:
        raise Refused("few", FEW)
    if 0 < whole - people < LEAST:
        raise Refused("few", FEW_OTHERS)
    lines = tuple(line if _stays(line, who) else redacted(line) for line in archive.entries)
    return structs.replace(archive, entries=lines), _section(asked, only, people, whole)


def _stays(line: Entry, who: set[str]) -> bool:
    if line.from_facilitator:
        return line.kind not in OF_ALL
    return line.participant in who


def _section(asked: Choosing, only: Only, people: int, whole: int) -> Section:
    what = {"option": asked.options[only.option], "title": asked.title}
    share = percent(people, whole)
    facts = (
        Fact(Text("People in this filter"), str(people)),
        Fact(Text("Of those who chose"), str(whole)),
        Fact(Text("Share"), Text("{percent}%", {"percent": share})),
    )
    said = Text("Everything below is of those who chose “{option}”, and of nobody else.", what)
    title = Text("Those who chose “{option}”", what)
    return Section("filter", asked.title, title, (Facts(facts), Notice(said)))


def with_filter(report: Report, only: Only, section: Section) -> Report:
    """Say, in a report of some, of whom it is."""
    results = {**report.results, "filter": {"run": only.run, "question": only.question}}
    results["filter"]["option"] = only.option
    return structs.replace(report, sections=(section, *report.sections), results=results)
