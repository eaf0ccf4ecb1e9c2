"""Play a script through the real room and journal, and write what remains of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands._files import read_file, write_files
from fabrique.commands._instance import throwaway
from fabrique.commands._pictures import with_pictures
from fabrique.commands._report import render
from fabrique.domain import archive
from fabrique.domain.entry import Entry
from fabrique.domain.registry import discover
from fabrique.domain.report import from_archive
from fabrique.domain.text import Text
from fabrique.importers.script import Script, read_script

BATCH = 500  # lines kept in one transaction: nobody waits for an acknowledgement here


class Replay:
    """`replay SCRIPT.json --out DIR`: archive.json, results.json, report.html, report.pdf."""

    help = Text("Play a script and write its archive, results and report.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the script and the folder to write into."""
        parser.add_argument("script", type=Path)
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def run(self, options: argparse.Namespace) -> None:
        """Play; raise `Invalid` or `OSError`, and then write nothing."""
        kinds = discover("fabrique.activities")
        script = with_pictures(read_script(read_file(options.script), kinds), options.script.parent)
        with throwaway():
            content = _play(script)
        made = from_archive(content, archive.read(content, kinds), kinds)
        files = {"archive.json": content, "results.json": render(made, "json")}
        files |= {f"report.{one}": render(made, one) for one in ("html", "pdf")}
        write_files(options.out, files)


def _play(script: Script) -> bytes:
    """Play the script into a journal; give the archive that the journal makes."""
    from fabrique.actions.animate import create_session  # noqa: PLC0415 - needs an instance
    from fabrique.actions.document import archive as archive_of  # noqa: PLC0415
    from fabrique.live.replay import replay  # noqa: PLC0415
    from fabrique.store.here import here  # noqa: PLC0415
    from fabrique.store.journal import Append  # noqa: PLC0415

    session = create_session(script.plan).id
    waiting: list[Entry] = []

    def flush() -> None:
        if waiting:
            names = script.participants if waiting[0].seq == 1 else ()
            lines = tuple(waiting)
            here().append([Append(session, lines[0].seq - 1, lines, names)])
            waiting.clear()

    def append(entries: tuple[Entry, ...]) -> None:
        waiting.extend(entries)
        if len(waiting) >= BATCH:
            flush()

    replay(script, here().kinds, append)
    flush()
    return archive_of(session)


KIND = Replay()
