"""Show Fabrique: a café with simulated participants, and six addresses to open."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import structs

from fabrique.commands._address import add_address, claim, from_here
from fabrique.commands._files import read_file
from fabrique.commands._instance import wake
from fabrique.commands._parser import count
from fabrique.commands._pictures import with_pictures
from fabrique.domain.registry import discover
from fabrique.domain.text import Text
from fabrique.importers.script import Script, read_script

CAFE = Path(__file__).with_name("cafe.json")
NOTICE = {
    "fr": "Démonstration : les participant·es sont simulé·es.",
    "en": "Demonstration: the participants are simulated.",
}
SIMULATED = {"fr": "simulation", "en": "simulated"}
# Who documents the café afterwards, and who reads that: (address, name).
TEAM = ("team@demonstration.invalid", {"fr": "Équipe", "en": "Team"})
READER = ("reader@demonstration.invalid", {"fr": "Adhésion", "en": "Adherent"})


class Demo:
    """`demo [--people N] [--port PORT] [--script SCRIPT.json]`."""

    help = Text("Run a demonstration with simulated participants.")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take how many people to simulate, where to listen, and what they answer."""
        parser.add_argument("--people", type=count, default=71)
        add_address(parser)
        parser.add_argument("--script", type=Path, default=CAFE)

    def run(self, options: argparse.Namespace) -> None:
        """Prepare the session, print its addresses, serve until interrupted."""
        script = read_script(read_file(options.script), discover("fabrique.activities"))
        script = with_pictures(script, options.script.parent)
        claim(options.host, options.port)
        base = from_here(options.host, options.port)
        public = os.environ.setdefault("FABRIQUE_URL", base).rstrip("/")
        wake()
        tokens, addresses = _session(script, options.people, base, public)
        from fabrique.web.asgi import serve  # noqa: PLC0415 - needs Django to be set up

        order = {"script": str(options.script), **tokens}
        crowd: list[subprocess.Popen[str]] = []

        def ready() -> None:
            print("\n".join(addresses), flush=True)
            if tokens["tokens"]:
                crowd.append(_crowd(order))

        try:
            serve(options.host, options.port, ready=ready)
        finally:
            for process in crowd:
                _dismiss(process)


def _session(
    script: Script, people: int, base: str, public: str
) -> tuple[dict[str, Any], list[str]]:
    """Make the session; give the order of the crowd, and the lines to print."""
    from fabrique.actions import animate  # noqa: PLC0415 - needs Django to be set up

    language = "en" if script.plan.language == "en" else "fr"
    plan = structs.replace(
        script.plan, starts_at=datetime.now(UTC), notice=NOTICE[language] if people else ""
    )
    head = animate.create_session(plan)
    seats = []
    for n in range(people):
        one = script.participants[n % len(script.participants)]
        name = f"{one.name} ({SIMULATED[language]})"
        seats.append(animate.take_seat(head.id, name, one.heads))
    stage = animate.stage_token(head.id)
    console = animate.new_console_link(head.id)
    lines = [
        f"join     {public}/s/{head.code}/",
        f"console  {public}/enter/{console}",
        f"stage    {public}/s/{head.code}/stage?token={stage}",
        f"prepare  {public}/enter/{animate.new_organiser_link()}",
        *_accounts(language, public),
    ]
    return {"address": f"{base}/live/{head.code}", "tokens": seats}, lines


def _accounts(language: str, public: str) -> list[str]:
    """Make an account of the team, and an adherent's; give the lines that sign them in, once."""
    from django.utils import timezone  # noqa: PLC0415 - needs Django to be set up

    from fabrique.actions import entrance, members  # noqa: PLC0415 - as above
    from fabrique.store.models import Membership  # noqa: PLC0415 - as above

    today, simulated = timezone.localdate(), SIMULATED[language]
    team, reader = (
        entrance.made(address, f"{names[language]} ({simulated})", role, today)
        for (address, names), role in ((TEAM, "staff"), (READER, ""))
    )
    if not Membership.objects.filter(person=reader).exists():
        members.add_membership(reader, members.Period(today, None, paid=True), team)
    return [
        f"{name:<8} {public}/account/link/{entrance.sign_in_link(person)}"
        for name, person in (("team", team), ("reader", reader))
    ]


def _crowd(order: dict[str, Any]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "fabrique.commands._crowd"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)  # noqa: S603 - our own
    assert process.stdin is not None  # noqa: S101 - asked for above
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    return process


def _dismiss(process: subprocess.Popen[str]) -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()


KIND = Demo()
