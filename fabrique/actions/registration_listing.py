"""Who registered, as a spreadsheet: the same rows in CSV and in a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fabrique.actions.registration_letters import NOBODY
from fabrique.actions.registrations import asked_of, listed
from fabrique.domain.asked import said
from fabrique.domain.blocks import Fact, Report
from fabrique.domain.language import Language
from fabrique.domain.listings import NO, YES, Cell, Listing
from fabrique.domain.registry import discover
from fabrique.domain.seat import NAMES, Seat
from fabrique.domain.text import Text
from fabrique.domain.tier import NAMES as TIERS
from fabrique.domain.tier import Tier
from fabrique.store.models import Gathering, Registration

HEAD = (
    Text("Name"),
    Text("Address"),
    Text("State"),
    Text("Seats"),
    Text("Tier"),
    Text("Registered on"),
    Text("To pay"),
    Text("Paid"),
)
PEOPLE = Text("Registrations")
FORMATS = ("csv", "xlsx")


def exported(gathering: Gathering, suffix: str, language: Language, now: datetime) -> bytes:
    """Write who registered; raise `LookupError` for a format that this is not written in."""
    if suffix not in FORMATS:
        raise LookupError(suffix)
    report = _report(gathering, now)
    kind = discover("fabrique.formats")[suffix]
    if suffix == "csv":
        one: bytes = kind.files(report, language)["registrations"]
        return one
    whole: bytes = kind.render(report, language)
    return whole


def _report(gathering: Gathering, now: datetime) -> Report:
    rows = listed(gathering)
    starts = gathering.starts_at or now
    return Report(
        title=gathering.title,
        kind=gathering.title,
        language=gathering.language,
        starts_at=starts,
        ends_at=gathering.ends_at or starts,
        timezone=gathering.zone,
        facilitator="",
        introduction="",
        facts=_facts(rows),
        sections=(),
        results={},
        fingerprint="",
        listings=(_listing(gathering, rows),),
    )


def _facts(rows: Sequence[Registration]) -> tuple[Fact, ...]:
    counted = ((state, sum(row.state == state for row in rows)) for state in Seat)
    return tuple(Fact(NAMES[state], str(n)) for state, n in counted if n)


def _listing(gathering: Gathering, rows: Sequence[Registration]) -> Listing:
    form = asked_of(gathering)
    questions = tuple(one.question.title for one in form)
    lines = []
    for row in rows:
        answers = said(form, row.answers)
        lines.append((*_cells(row), *(answers.get(one.question.id) for one in form)))
    return Listing("registrations", PEOPLE, gathering.title, (*HEAD, *questions), tuple(lines))


def _cells(row: Registration) -> tuple[Cell, ...]:
    return (
        row.name,
        "" if row.email.endswith(NOBODY) else row.email,
        NAMES[Seat(row.state)],
        row.pool.title,
        TIERS[Tier(row.tier)],
        row.queued_at,
        row.fee / 100,
        YES if row.paid else NO,
    )
