"""Serve this instance: pages, sockets and the hub, one process, one port."""

from __future__ import annotations

import argparse
import os

from fabrique.commands._address import add_address, claim, from_here
from fabrique.commands._instance import wake
from fabrique.domain.text import Text


class Serve:
    """`serve [--host HOST] [--port PORT]`."""

    help = Text("Serve this instance.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take where to listen."""
        add_address(parser)

    def run(self, options: argparse.Namespace) -> None:
        """Serve until interrupted; raise `OSError` where the port is taken."""
        claim(options.host, options.port)
        base = from_here(options.host, options.port)
        os.environ.setdefault("FABRIQUE_URL", base)
        wake()
        from fabrique.actions.animate import new_organiser_link  # noqa: PLC0415 - needs Django
        from fabrique.web.asgi import serve  # noqa: PLC0415

        address = f"{os.environ['FABRIQUE_URL'].rstrip('/')}/enter/{new_organiser_link()}"
        serve(options.host, options.port, ready=lambda: print(f"prepare  {address}", flush=True))


KIND = Serve()
