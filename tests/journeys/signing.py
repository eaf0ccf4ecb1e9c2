"""Sign in as anybody does: ask for a code, read it in the mail, type it."""

import email
import email.policy
import re
import time

from tests.journeys.people import PATIENCE

CODE = re.compile(r"^(\d{6})\b")


def mails(world, to):
    """Give the mails of the instance to an address, the oldest first."""
    if world.post is not None:
        return [mail for _, mail in world.post if to.lower() in str(mail["To"]).lower()]
    found = []
    folder = world.instance.mails
    for path in sorted(folder.glob("*.log"), key=lambda one: one.stat().st_mtime_ns):
        for piece in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            if piece.strip():
                mail = email.message_from_bytes(piece.lstrip(), policy=email.policy.default)
                found += [mail] if to.lower() in str(mail["To"]).lower() else []
    return found


def code_for(world, to, after=0):
    """Wait for the mail that comes after so many, and give its code."""
    end = time.monotonic() + PATIENCE / 1000
    while len(found := mails(world, to)) <= after:
        assert time.monotonic() < end, f"no mail to {to}"
        time.sleep(0.05)
    return CODE.match(found[-1]["Subject"])[1]


def sign_in(page, world, address):
    """Sign somebody in who has an account, in the browser of a page."""
    before = len(mails(world, address))
    page.goto("/account/enter/")
    page.locator("main input[name=email]").fill(address)
    page.locator("main form button.go").first.click()
    page.locator("input[name=code]").fill(code_for(world, address, before))
    page.locator("main form button.go").first.click()
    page.wait_for_url("**/me/", timeout=PATIENCE)
    return page


def member(world, address, name="", role=""):
    """Have an account made by the command line, as whoever installed the house does."""
    words = ["--name", name] if name else []
    words += ["--role", role] if role else []
    return world.instance.command("person", address, *words).strip()
