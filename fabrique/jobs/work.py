"""The process of the worker: `python -m fabrique.jobs.work`. It ends with its parent."""

from __future__ import annotations

import logging
import os
import sys
import threading

import django

log = logging.getLogger(__name__)

POLL = 1.0  # seconds


def main() -> None:
    """Work until the parent is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.settings")
    django.setup()
    from django.db import close_old_connections  # noqa: PLC0415 - needs Django to be set up

    from fabrique.jobs.duties import found  # noqa: PLC0415
    from fabrique.jobs.send import Worker  # noqa: PLC0415

    stop = threading.Event()
    threading.Thread(target=_listen, args=[stop], daemon=True).start()
    from fabrique.jobs import drafting, plans, recordings  # noqa: PLC0415
    from fabrique.jobs.rounds import rounds  # noqa: PLC0415

    for one in (drafting, plans, *([recordings] if recordings.able() else ())):
        threading.Thread(target=rounds, args=[one.once, stop, one.REST], daemon=True).start()
    worker = Worker(found())
    while not stop.is_set():
        close_old_connections()  # as between two requests: the database may have been started anew
        try:
            worker.round(stop)
        except Exception:
            log.exception("a round of the outbox broke; the next one comes in %s s", POLL)
        stop.wait(POLL)
    worker.let_go()


def _listen(stop: threading.Event) -> None:
    os.read(sys.stdin.fileno(), 1)  # nobody writes there: it comes back when the parent is gone
    stop.set()


if __name__ == "__main__":
    main()
