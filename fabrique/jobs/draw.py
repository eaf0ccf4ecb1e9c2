"""The child process: `python -m fabrique.jobs.draw KIND SOURCE FOLDER`, one line of JSON a step.

It opens foreign files, so it may fail in any way: whoever started it watches it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from fabrique.jobs.content import is_locked
from fabrique.jobs.limits import restrain, restrain_memory
from fabrique.jobs.refusals import Unfit


def main(kind: str, source: Path, folder: Path) -> None:
    """Do what `kind` asks, saying each step; a refusal is the last word."""
    restrain()
    try:
        DRAWN[kind](source, folder)
    except Unfit as no:
        say(no=no.why, values=no.values)
    except MemoryError:
        say(no="broken", values={})
    else:
        say(done=True)


def say(**what: Any) -> None:
    """Tell the parent."""
    print(json.dumps(what), flush=True)  # noqa: T201 - this is how the parent hears


def picture(source: Path, folder: Path) -> None:
    """Write `picture.webp`, and `picture.small.webp` for phones where it is worth it."""
    restrain_memory()
    from fabrique.jobs.pictures import refit, variants  # noqa: PLC0415 - under the limit

    image = refit(source)
    whole, small = variants(image)
    (folder / "picture.webp").write_bytes(whole)
    if small is not None:
        (folder / "picture.small.webp").write_bytes(small)
    say(width=image.width, height=image.height)


def portrait(source: Path, folder: Path) -> None:
    """Write `picture.webp`, no larger than a face in a list needs."""
    restrain_memory()
    from fabrique.jobs.pictures import refit, written  # noqa: PLC0415 - under the limit

    (folder / "picture.webp").write_bytes(written(refit(source), FACE))


def pdf(source: Path, folder: Path, expected: int = 0) -> None:
    """Write the pages."""
    restrain_memory()
    from fabrique.jobs.pages import draw_pages  # noqa: PLC0415 - under the limit

    draw_pages(source, folder, say, expected)


def office(source: Path, folder: Path) -> None:
    """Write `notes.json`, then the pages, by way of a PDF that a second try finds made."""
    from fabrique.jobs.office import convert, look_into  # noqa: PLC0415 - pictures need none of it

    suffix, notes = look_into(source)
    (folder / "notes.json").write_bytes(msgspec.json.encode(notes))
    made = folder / "whole.pdf"
    if not made.exists():
        say(converting=True)
        convert(source, suffix, folder).replace(made)
    pdf(made, folder, len(notes))


def old(source: Path, _folder: Path) -> None:
    """Say why a file of old form is refused."""
    raise Unfit("encrypted" if is_locked(source.read_bytes()) else "old_office")


FACE = 400  # points
DRAWN = {"picture": picture, "portrait": portrait, "pdf": pdf, "office": office, "old": old}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
