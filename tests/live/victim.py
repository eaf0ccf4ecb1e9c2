"""A server to be killed: `python -m tests.live.victim JOURNAL SESSION PORT [liar]`.

The liar acknowledges what it has not written yet: the audit must find it out.
"""

import sys
import time
from pathlib import Path

import django

django.setup()  # the instance is the one of whoever started this, ready to use

from fabrique.live.hub import Hub  # noqa: E402 - needs Django to be set up
from fabrique.live.writer import Writer  # noqa: E402
from fabrique.web.asgi import make_server  # noqa: E402
from tests.live.place import make_house  # noqa: E402


class Liar(Writer):
    """Says that lines are on disk, then takes its time to put them there."""

    def put(self, append, done):
        super().put(append, lambda _error: None)
        done(None)

    def _append(self, batch):
        time.sleep(0.03)
        super()._append(batch)


def main(journal, port, liar):
    hub = Hub(make_house(Path(journal)))
    if liar:
        sys.modules["fabrique.live.hub"].Writer = Liar
    server = make_server(hub, "127.0.0.1", int(port))
    server.ready = lambda: sys.stdout.write("listening\n") and sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "liar" in sys.argv[3:])
