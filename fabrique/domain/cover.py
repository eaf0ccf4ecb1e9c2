"""What every document of a report says around its sections: one wording for all formats."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fabrique.domain.blocks import Quote, Report
from fabrique.domain.language import Language
from fabrique.domain.text import Text

KICKER = Text("Session report")
CONTENTS = Text("Contents")
FIGURES = Text("Figures as a table")


def when(report: Report, language: Language) -> str:
    """Say the day and the hours, in the time zone of the report."""
    start, end = (local(report, at) for at in (report.starts_at, report.ends_at))
    hours = f"{language.time(start)} – {language.time(end)}"
    return f"{language.day(start)}, {hours}"


def local(report: Report, at: datetime) -> datetime:
    """Bring a moment to the report's time zone; a zone this machine does not know changes none."""
    try:
        return at.astimezone(ZoneInfo(report.timezone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return at


def hosted(report: Report) -> Text:
    """Say who facilitated."""
    return Text("Facilitated by {name}", {"name": report.facilitator})


def provenance(report: Report) -> Text:
    """Say what the report was made from."""
    return Text("Made from the archive {fingerprint}", {"fingerprint": report.fingerprint})


def signature(report: Report, quote: Quote, language: Language) -> str:
    """Say who spoke and when, as far as it is published; empty when neither is."""
    at = language.time(local(report, quote.at)) if quote.at else ""
    return " · ".join(part for part in (quote.by or "", at) if part)
