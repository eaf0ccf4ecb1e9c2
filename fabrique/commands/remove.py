"""Take an imported session out of this instance again."""

from __future__ import annotations

import argparse

from fabrique.commands._instance import wake
from fabrique.domain.text import Text


class Remove:
    """`remove CODE`."""

    help = Text("Take out a session that was imported, as long as nothing was added to it.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the session's code."""
        parser.add_argument("session", metavar="CODE")

    def run(self, options: argparse.Namespace) -> None:
        """Erase it whole; raise `Invalid` for any other session, and then change nothing."""
        wake()
        from fabrique.actions.animate import find_session  # noqa: PLC0415 - needs an instance
        from fabrique.actions.remove import remove  # noqa: PLC0415

        remove(find_session(options.session))


KIND = Remove()
