"""The child process: `python -m fabrique.jobs.media.child WORK SOURCE FOLDER`, its order in FOLDER.

It opens foreign files, so it may fail in any way: whoever started it watches it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

from fabrique.jobs.draw import say
from fabrique.jobs.limits import restrain
from fabrique.jobs.media.order import FULL, ORDER, Order
from fabrique.jobs.refusals import Unfit
from fabrique.jobs.transcribe.hearing import Hearing

MEMORY = 4 << 30  # bytes of address space, of which a third is ever used
PROCESSOR = 24 * 3600  # seconds


def main(work: str, source: Path, folder: Path) -> None:
    """Do the work, saying how far it is; a refusal or what was made is the last word."""
    restrain(MEMORY, PROCESSOR)
    try:
        made = WORKS[work](source, folder)
    except Unfit as no:
        say(no=no.why, values=no.values)
    except MemoryError:
        say(no="memory_short", values={})
    except OSError as error:
        if error.errno not in FULL:
            raise
        say(no="disk_full", values={})
    else:
        say(done=msgspec.to_builtins(made))


def _tell(share: float) -> None:
    say(share=share)


def sound(source: Path, folder: Path) -> Any:
    """Make the MP3."""
    from fabrique.jobs.media.sound import make_sound  # noqa: PLC0415 - under the limit

    order = msgspec.json.decode((folder / ORDER).read_bytes(), type=Order)
    return make_sound(source, folder, order, _tell)


def words(source: Path, folder: Path) -> Any:
    """Hear the words."""
    from fabrique.jobs.transcribe.hear import hear  # noqa: PLC0415 - under the limit

    order = msgspec.json.decode((folder / ORDER).read_bytes(), type=Hearing)
    return hear(source, folder, order, _tell)


WORKS = {"sound": sound, "words": words}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
