"""What a gathering needs of a video provider: requests and answers as data, nobody called.

An adapter is a generator: it yields the requests it needs and is sent their answers, so that it
can be tried without a network. Who performs them is `fabrique/jobs/video.py`.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping, MutableMapping
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from fabrique.domain.text import Name, Text

GARBLED = Text("{provider} answered something that cannot be read. Nothing was changed here.")


class Request(Struct, frozen=True):
    """A call to a provider. `form` goes as a form, `body` as JSON."""

    method: str
    url: str
    headers: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    form: Mapping[str, str] | None = None
    body: Mapping[str, Any] | None = None


class Answer(Struct, frozen=True):
    """What came back."""

    status: int
    headers: Mapping[str, str] = {}
    body: bytes = b""

    def table(self, provider: str) -> dict[str, Any]:
        """Read the body as a JSON object; raise `Failed` for anything else."""
        try:
            found = json.loads(self.body)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise Failed(Text(GARBLED.msgid, {"provider": provider}))
        return found


class Wanted(Struct, frozen=True):
    """A meeting to have: `key` is the gathering's, by which it is found again."""

    key: str
    title: str
    starts_at: datetime
    minutes: int
    zone: str
    provider_id: str = ""  # of the meeting that there is already
    given: str = ""  # the link that somebody pasted


class Meeting(Struct, frozen=True):
    """A meeting that there is. `host_url` lets whoever holds it lead: it is a secret."""

    join_url: str
    host_url: str = ""
    provider_id: str = ""


class Account(Struct, frozen=True):
    """What the house holds with a provider; `kept` holds a token between calls."""

    values: Mapping[str, str]
    kept: MutableMapping[str, str]
    room: str  # the name of a room that nobody can guess

    def has(self, *names: str) -> bool:
        """Whether all of these were set."""
        return all(self.values.get(name) for name in names)


class Failed(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """A provider said no, or nothing that can be read; `again` if it is worth trying later."""

    def __init__(self, text: Text, *, again: bool = False, after: int | None = None) -> None:
        super().__init__(text.msgid.format(**text.params))
        self.text = text
        self.again = again
        self.after = after  # seconds that the provider asks for


Steps = Generator[Request, Answer, Meeting]


class Provider(Protocol):
    """One way to meet at a distance."""

    name: Name
    needs: tuple[str, ...]  # settings without which it is not offered
    single: bool  # one account hosts one meeting at a time

    def have(self, wanted: Wanted, account: Account) -> Steps:
        """Have the meeting: made, or found, or moved to its new date. Twice gives one."""
        ...
