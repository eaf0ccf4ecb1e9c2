"""Export: everything a session leaves, in one ZIP file. Needs no instance."""

from __future__ import annotations

from collections.abc import Iterator

from fabrique.charts import WIDE, draw
from fabrique.charts.png import chart_png
from fabrique.domain import export as form
from fabrique.domain.blocks import Chart, Report
from fabrique.domain.export import File
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.text import Text, Words

SUFFIX, MEDIA_TYPE = "zip", "application/zip"
ABOUT: dict[str, tuple[str, Words]] = {
    "html": ("report.html", Text("The report, as a page")),
    "pdf": ("report.pdf", Text("The report, to be printed")),
    "docx": ("report.docx", Text("The report, to be reworked")),
    "md": ("report.md", Text("The report, as text")),
    "json": ("results.json", Text("Every figure, for programs")),
    "xlsx": ("listings.xlsx", Text("What was answered, line by line, for spreadsheets")),
}
WHOLE = Text("The whole session: it makes all the rest again, here or elsewhere")


def export(archive: bytes, report: Report, language: Language) -> bytes:
    """Write the export of a session: its archive, and its report in every form."""
    return form.write(report.title, [_archive(archive, language), *_files(report, language)])


def _archive(archive: bytes, language: Language) -> File:
    return File(form.ARCHIVE, "application/json", archive, language.say(WHOLE))


def _files(report: Report, language: Language) -> Iterator[File]:
    formats = {one.suffix: one for one in discover("fabrique.formats").values()}
    for suffix, (path, about) in ABOUT.items():
        kind = formats[suffix]
        content = kind.render(report, language)
        yield File(path, kind.media_type, content, language.say(about))
    listed = formats["csv"].files(report, language)
    for place, listing in enumerate(report.listings):
        path = f"listings/{place:02}-{listing.id}.csv"
        about = f"{language.say(listing.name)} · {language.say(listing.title)}"
        yield File(path, formats["csv"].media_type, listed[listing.id], about)
    for place, chart in enumerate(charts(report), 1):
        picture = chart_png(draw(chart, language, WIDE, titled=True))
        yield File(f"charts/{place:02}.png", "image/png", picture, language.say(chart.title))


def charts(report: Report) -> list[Chart]:
    """Give every chart of a report, in its order."""
    blocks = (block for section in report.sections for block in section.blocks)
    return [block for block in blocks if isinstance(block, Chart)]
