"""Write once to those who asked to be told before a session closes: by the outbox of the house."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime

from fabrique.commands._instance import wake
from fabrique.domain.language import language
from fabrique.domain.text import Text

SENT = Text(
    "{n} mail is in the outbox: it leaves while the house is served.",
    {"n": 1},
    "{n} mails are in the outbox: they leave while the house is served.",
)


class Remind:
    """`remind CODE`: one mail, once a date; says how many people it goes to."""

    help = Text("Remind those who asked for it, once, that a session closes.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the session's code, and the address that the mail gives."""
        parser.add_argument("session", metavar="CODE")
        parser.add_argument("--url", help="https://…")

    def run(self, options: argparse.Namespace) -> None:
        """Put it in the outbox; raise `Invalid` where it cannot be, or was already."""
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


KIND = Remind()
