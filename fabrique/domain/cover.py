"""What every document of a report says around its sections: one wording for all formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fabrique.domain.blocks import Block, Chart, Heading, Quote, Report, Section, Table
from fabrique.domain.language import Language
from fabrique.domain.text import Text, Words
from fabrique.domain.typography import printable

KICKER = Text("Session report")
CONTENTS = Text("Contents")
FIGURES = Text("In words and figures")


def when(report: Report, language: Language) -> str:
    """Say the day and the hours, in the time zone of the report; both days if they are two."""
    start, end = (local(report, at) for at in (report.starts_at, report.ends_at))
    if end.date() > start.date() and end - start >= timedelta(days=1):
        return " – ".join(f"{language.day(at)}, {language.time(at)}" for at in (start, end))
    hours = f"{language.time(start)} – {language.time(end)}"
    return f"{language.day(start)}, {hours}"


def local(report: Report, at: datetime) -> datetime:
    """Bring a moment to the report's time zone."""
    return in_zone(at, report.timezone)


def in_zone(at: datetime, zone: str) -> datetime:
    """Bring a moment to a time zone; one that this machine does not know changes none."""
    try:
        return at.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return at


def title(words: Words, language: Language) -> str:
    """Say a title; a nameless one is a dash, for a heading must not be empty."""
    return printable(language.say(words)).strip() or "—"


def hosted(report: Report) -> Text:
    """Say who facilitated."""
    return Text("Facilitated by {name}", {"name": report.facilitator})


def kicker(report: Report, say: Callable[[Words], str]) -> str:
    """Say what it is: a report, of which kind of session; or what it says of itself."""
    said = [say(report.kicker or KICKER), *([say(report.kind)] if report.kind else [])]
    return " · ".join(said)


def provenance(report: Report) -> Text:
    """Say what the report was made from, or who stands by it."""
    if report.stands is not None:
        return report.stands
    return Text("Made from the archive {fingerprint}", {"fingerprint": report.fingerprint})


def signature(report: Report, quote: Quote, language: Language) -> str:
    """Say who spoke and when, as far as it is published; empty when neither is."""
    at = language.time(local(report, quote.at)) if quote.at else ""
    return " · ".join(part for part in (quote.by or "", at) if part)


def titled(section: Section, language: Language) -> Iterator[tuple[Block, bool]]:
    """Give each block, and whether a chart or a table says its title: not what stands above it."""
    title = language.say(section.title)
    above = title
    for block in section.blocks:
        if isinstance(block, Heading):
            above = language.say(block.text)
        yield block, language.say(_title(block)) not in (title, above)


def _title(block: Block) -> Words:
    match block:
        case Chart():
            return block.title
        case Table():
            return block.caption
    return ""


def by_column(table: Table, language: Language) -> list[tuple[str, list[str]]]:
    """Turn the rows (column, note…) of a board into columns of notes: title, then one line each."""
    columns = groupby(table.rows, key=lambda row: language.say(row[0]))
    return [(title, list(named(table, rows, language, first=1))) for title, rows in columns]


def named(
    table: Table, rows: Iterable[tuple[Words, ...]], language: Language, *, first: int = 0
) -> Iterator[str]:
    """Say each row on one line: its first cell, then the others after their heads."""
    places = range(first, len(table.head))
    for row in rows:
        own = [] if first in table.numeric else [language.say(row[first])]
        rest = (_named(table, row, place, language) for place in places[len(own) :])
        yield " · ".join((*own, *rest))


def _named(table: Table, row: tuple[Words, ...], place: int, language: Language) -> str:
    head, cell = language.say(table.head[place]), language.say(row[place])
    names_itself = place in table.numeric and cell.casefold().startswith(head.casefold())
    return cell if names_itself else language.pair(head, cell)
