"""Erase a person from the house, for good."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime

from fabrique.commands._instance import wake
from fabrique.domain.language import language
from fabrique.domain.text import Invalid, Text

DONE = Text("{n} line was erased.", {"n": 1}, "{n} lines were erased.")


class Forget:
    """`forget EMAIL`: no way back."""

    help = Text("Erase a person and all that is kept about them, for good.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("email", metavar="EMAIL")

    def run(self, options: argparse.Namespace) -> None:
        """Erase; raise `Invalid` where nobody has the address."""
        wake()
        from fabrique.actions.forget import forget  # noqa: PLC0415 - needs an instance
        from fabrique.store.models import Person  # noqa: PLC0415

        email = options.email.strip().lower()
        person = Person.objects.filter(email=email).first()
        if person is None:
            raise Invalid(Text("Nobody here has the address {email}.", {"email": email}))
        n = sum(forget(person, datetime.now(UTC)).values())
        spoken = language("en" if os.environ.get("LANG", "").startswith("en") else "fr")
        print(spoken.say(Text(DONE.msgid, {"n": n}, DONE.plural)))


KIND = Forget()
