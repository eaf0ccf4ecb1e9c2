"""Make an account, or give one a role; print a link that signs its person in, once."""

from __future__ import annotations

import argparse
import os
from zoneinfo import ZoneInfo

from fabrique.commands._instance import wake
from fabrique.domain.text import Text

ROLES = ("staff", "board", "facilitator", "organiser")


class PersonCommand:
    """`person EMAIL [--name NAME] [--role ROLE]`."""

    help = Text("Make an account or give it a role; print a link that signs in, once.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the address, and what is to be given."""
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", default="")
        parser.add_argument("--role", choices=ROLES, default="")
        parser.add_argument("--url", help="http://127.0.0.1:8000")

    def run(self, options: argparse.Namespace) -> None:
        """Print the link; raise `Invalid` for what is no address."""
        if options.url:
            os.environ["FABRIQUE_URL"] = options.url
        wake()
        from django.conf import settings  # noqa: PLC0415 - needs an instance
        from django.utils import timezone  # noqa: PLC0415

        from fabrique.actions.entrance import made, sign_in_link  # noqa: PLC0415

        today = timezone.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()
        person = made(options.email, options.name, options.role, today)
        print(f"{settings.PUBLIC_URL}/account/link/{sign_in_link(person)}")


KIND = PersonCommand()
