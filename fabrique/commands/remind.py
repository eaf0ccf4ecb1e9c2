"""Write once to those who asked to be told before a session closes."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime

from fabrique.commands._instance import wake
from fabrique.domain.language import language
from fabrique.domain.text import Text

SENT = Text("{n} person was written to.", {"n": 1}, "{n} people were written to.")
FAILED = Text("{n} address could not be reached.", {"n": 1}, "{n} addresses could not be reached.")


class Remind:
    """`remind CODE`: one mail, once a date; says how many people it went to."""

    help = Text("Remind those who asked for it, once, that a session closes.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the session's code, and the address that the mail gives."""
        parser.add_argument("session", metavar="CODE")
        parser.add_argument("--url", help="https://…")

    def run(self, options: argparse.Namespace) -> None:
        """Send it; raise `Invalid` where it cannot be, or was already."""
        if options.url:
            os.environ["FABRIQUE_URL"] = options.url
        wake()
        from fabrique.actions.animate import find_session  # noqa: PLC0415 - needs an instance
        from fabrique.actions.remind import remind  # noqa: PLC0415
        from fabrique.store.here import plan_of  # noqa: PLC0415

        head = find_session(options.session)
        sent = remind(head, datetime.now(UTC))
        spoken = language(plan_of(head).language)
        print(spoken.say(Text(SENT.msgid, {"n": sent.people}, SENT.plural)))
        if sent.failed:
            print(spoken.say(Text(FAILED.msgid, {"n": sent.failed}, FAILED.plural)))


KIND = Remind()
