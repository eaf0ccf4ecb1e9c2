"""Give a new link to the console of a session: after an import, or when a browser was lost."""

from __future__ import annotations

import argparse
import os

from fabrique.commands._instance import wake
from fabrique.domain.text import Text


class Console:
    """`console CODE`: prints a link that works once, within a day."""

    help = Text("Print a one-time link to the console of a session.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the session's code and the address at which the instance is served."""
        parser.add_argument("session", metavar="CODE")
        parser.add_argument("--url", help="http://127.0.0.1:8000")

    def run(self, options: argparse.Namespace) -> None:
        """Print the link; raise `Invalid` where no session has the code."""
        if options.url:
            os.environ["FABRIQUE_URL"] = options.url
        wake()
        from django.conf import settings  # noqa: PLC0415 - needs an instance

        from fabrique.actions.animate import find_session, new_console_link  # noqa: PLC0415

        head = find_session(options.session)
        print(f"{settings.PUBLIC_URL}/enter/{new_console_link(head.id)}")


KIND = Console()
