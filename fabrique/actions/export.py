"""Export: everything a session leaves, in one ZIP file. Needs no instance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from msgspec import Struct

from fabrique.charts import WIDE, draw
from fabrique.charts.png import chart_png
from fabrique.domain import export as form
from fabrique.domain.blocks import Chart, Report
from fabrique.domain.export import File
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.text import Text, Words

AT_ONCE = 3  # files being made
SUFFIX, MEDIA_TYPE = "zip", "application/zip"
ABOUT: dict[str, tuple[str, Words]] = {
    "docx": ("report.docx", Text("The report, to be reworked")),  # the longest to make
    "html": ("report.html", Text("The report, as a page")),
    "pdf": ("report.pdf", Text("The report, to be printed")),
    "md": ("report.md", Text("The report, as text")),
    "json": ("results.json", Text("Every figure, for programs")),
    "xlsx": ("listings.xlsx", Text("What was answered, line by line, for spreadsheets")),
}
WHOLE = Text("The whole session: it makes all the rest again, here or elsewhere")


class Task(Struct, frozen=True):
    """A file of an export, and how it is made."""

    path: str
    media_type: str
    make: Callable[[], bytes]
    about: str


def export(archive: bytes, report: Report, language: Language) -> bytes:
    """Write the export of a session: its archive, and its report in every form.

    Most of the time is spent drawing pictures, away from Python: that goes on side by side.
    """
    tasks = list(_tasks(report, language))
    with ThreadPoolExecutor(AT_ONCE) as threads:
        made = threads.map(lambda one: one.make(), tasks)
        files = [
            File(one.path, one.media_type, content, one.about)
            for one, content in zip(tasks, made, strict=True)
        ]
    return form.write(report.title, [_archive(archive, language), *files])


def _archive(archive: bytes, language: Language) -> File:
    return File(form.ARCHIVE, "application/json", archive, language.say(WHOLE))


def _tasks(report: Report, language: Language) -> Iterator[Task]:
    formats = {one.suffix: one for one in discover("fabrique.formats").values()}
    for suffix, (path, about) in ABOUT.items():
        kind = formats[suffix]
        make = partial(kind.render, report, language)
        yield Task(path, kind.media_type, make, language.say(about))
    for place, chart in enumerate(charts(report), 1):
        make = partial(_picture, chart, language)
        yield Task(f"charts/{place:02}.png", "image/png", make, language.say(chart.title))
    listed = formats["csv"].files(report, language)
    for place, listing in enumerate(report.listings):
        path = f"listings/{place:02}-{listing.id}.csv"
        about = f"{language.say(listing.name)} · {language.say(listing.title)}"
        yield Task(path, formats["csv"].media_type, partial(bytes, listed[listing.id]), about)


def _picture(chart: Chart, language: Language) -> bytes:
    return chart_png(draw(chart, language, WIDE, titled=True))


def charts(report: Report) -> list[Chart]:
    """Give every chart of a report, in its order."""
    blocks = (block for section in report.sections for block in section.blocks)
    return [block for block in blocks if isinstance(block, Chart)]
