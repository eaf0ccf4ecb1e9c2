"""What the child may take of the machine; it ends when its parent does."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import threading

MEMORY = 1 << 30  # bytes of address space, for one page or one picture
OFFICE_MEMORY = 4 << 30  # LibreOffice asks for more than it uses
PROCESSOR = 600  # seconds, all pages together
WRITTEN = 512 << 20  # bytes of one file


def restrain(memory: int = OFFICE_MEMORY, processor: int = PROCESSOR) -> None:
    """Set the limits that nothing started from here can lift."""
    os.nice(10)  # the room comes first
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, processor)
    _limit(resource.RLIMIT_FSIZE, WRITTEN)
    _limit(resource.RLIMIT_CORE, 0)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def restrain_memory() -> None:
    """From now on, no more memory than one page needs."""
    _limit(resource.RLIMIT_AS, MEMORY)


def _limit(what: int, most: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # the house may allow less already
        resource.setrlimit(what, (most, most))


def _end_with_parent() -> None:
    """Wait for the pipe from the parent to close, then end with all that was started."""
    os.read(sys.stdin.fileno(), 1)  # nobody writes there: it ends, or never comes back
    os.killpg(os.getpgid(0), signal.SIGKILL)
