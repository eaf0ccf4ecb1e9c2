"""A link that somebody pastes: whatever tool they use."""

from __future__ import annotations

from urllib.parse import urlsplit

from fabrique.domain.text import Invalid, Name, Text
from fabrique.domain.video import Account, Meeting, Steps, Wanted

LONGEST = 2000


class Link:
    """No account, no call."""

    name = Name(fr="Un lien à vous", en="A link of yours")
    needs = ()
    single = False

    def have(self, wanted: Wanted, account: Account) -> Steps:
        """Take the link as it is; raise `Invalid` where it is none."""
        return Meeting(checked(wanted.given))
        yield  # a generator like the others, that asks for nothing


def checked(given: str) -> str:
    """Give a link that a browser may open; raise `Invalid`."""
    shown = given.strip()
    try:
        url = urlsplit(shown)
        known = url.scheme == "https" and bool(url.hostname) and "@" not in url.netloc
    except ValueError:
        known = False
    if not known or len(shown) > LONGEST or any(char.isspace() or ord(char) < 32 for char in shown):  # noqa: PLR2004 - control characters
        raise Invalid(Text("A video link begins with https:// and has no space in it."), "given")
    return shown


KIND = Link()
