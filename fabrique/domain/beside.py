"""What stands beside the text of minutes: resources, and the other sessions it is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from fabrique.domain.blocks import Items, Section
from fabrique.domain.brought import LINK, Brought
from fabrique.domain.text import Text, Words

RESOURCES, ALSO = Text("Resources"), Text("Also made from")
FROM = Text("{title}, from the archive {fingerprint}")


class Link(Struct, frozen=True):
    """A resource that goes with the text: where it is found, and under which title."""

    title: str
    address: str
    about: str = ""


class Besides(Struct, frozen=True):
    """Another session that the text is made from too, and the sum of its archive."""

    title: str
    starts_at: datetime
    fingerprint: str


def links(brought: Iterable[Brought]) -> list[Link]:
    """Give the resources that people brought, to stand beside the text."""
    found = [one for one in brought if one.kind == LINK]
    return [Link(one.title, one.address, one.lines[0].text if one.lines else "") for one in found]


def beside(resources: Iterable[Link], sessions: Iterable[Besides]) -> list[Section]:
    """Give what goes with the text, and the other sessions that it is made from."""
    links = [" — ".join(filter(None, (x.title, x.about, x.address))) for x in resources]
    sums = [told_of(one) for one in sessions]
    told: tuple[tuple[Text, Sequence[Words]], ...] = ((RESOURCES, links), (ALSO, sums))
    return [
        Section(f"beside-{n}", "", title, (Items(tuple(lines)),))
        for n, (title, lines) in enumerate(told)
        if lines
    ]


def told_of(one: Besides) -> Text:
    """Say from which archive the figures of another session are."""
    return Text(FROM.msgid, {"title": one.title, "fingerprint": one.fingerprint})
