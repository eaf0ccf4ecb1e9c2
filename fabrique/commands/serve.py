"""Serve this instance: pages, sockets and the hub, one process, one port."""

from __future__ import annotations

import argparse

from fabrique.commands._instance import wake
from fabrique.domain.text import Text


class Serve:
    """`serve [--host HOST] [--port PORT]`."""

    help = Text("Serve this instance.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def run(self, options: argparse.Namespace) -> None:
        """Serve until interrupted; raise `OSError` where the port is taken."""
        wake()
        from fabrique.web.asgi import serve  # noqa: PLC0415 - needs Django to be set up

        serve(options.host, options.port)


KIND = Serve()
