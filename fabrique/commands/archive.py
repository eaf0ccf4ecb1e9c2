"""Take a session out of this instance as one open file."""

from __future__ import annotations

import argparse
from pathlib import Path

from fabrique.commands._files import write_file
from fabrique.commands._instance import wake
from fabrique.domain.text import Text


class Archive:
    """`archive CODE --out FILE`."""

    help = Text("Write the open archive of a session.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the session's code and the file to write."""
        parser.add_argument("session", metavar="CODE")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def run(self, options: argparse.Namespace) -> None:
        """Write the archive; raise `Invalid` where no session has the code."""
        wake()
        from fabrique.actions.animate import find_session  # noqa: PLC0415 - needs an instance
        from fabrique.actions.document import archive  # noqa: PLC0415

        write_file(options.out, archive(find_session(options.session).id))


KIND = Archive()
