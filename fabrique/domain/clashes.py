"""What cannot go well in a programme: said as warnings, never forbidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from fabrique.domain.language import Language
from fabrique.domain.programme import Item, Programme
from fabrique.domain.text import Text


class What(StrEnum):
    """What is wrong."""

    ROOM = "room"
    SPEAKER = "speaker"
    OUTSIDE = "outside"
    SMALL = "small"
    UNCONFIRMED = "unconfirmed"


class Clash(Struct, frozen=True):
    """One warning, about one item or two."""

    what: What
    one: Item
    other: Item | None = None
    who: str = ""  # the room, or the speaker
    figure: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """Give the ids of the items it is about."""
        return (self.one.id,) if self.other is None else (self.one.id, self.other.id)


def meetings(items: Iterable[Item]) -> Iterator[tuple[Item, Item]]:
    """Give each two that take place at some same moment, in order of time."""
    open_: list[Item] = []
    spans = sorted((one.span, one.id, one) for one in items if one.span is not None)
    for _, _, item in spans:
        open_ = [one for one in open_ if one.meets(item)]
        yield from ((one, item) for one in open_)
        open_.append(item)


def clashes(programme: Programme) -> tuple[Clash, ...]:
    """Give every warning about a programme, in order of time."""
    found = [*_together(programme), *_alone(programme)]
    found.sort(key=lambda one: (one.one.span is None, one.one.span, one.what, one.ids, one.who))
    return tuple(found)


def _together(programme: Programme) -> Iterator[Clash]:
    for one, other in meetings(programme.items):
        if one.room and one.room == other.room:
            yield Clash(What.ROOM, one, other, programme.room(one.room))
        theirs = {voice.id for voice in other.voices}
        for voice in one.voices:
            if voice.id in theirs:
                yield Clash(What.SPEAKER, one, other, voice.name)


def _alone(programme: Programme) -> Iterator[Clash]:
    seats = {room.id: room.seats for room in programme.rooms}
    for one in programme.placed:
        if not _within(programme, one):
            yield Clash(What.OUTSIDE, one)
        room = seats.get(one.room)
        if room is not None and one.seats is not None and one.seats > room:
            yield Clash(What.SMALL, one, None, programme.room(one.room), room)
        if not one.confirmed:
            yield Clash(What.UNCONFIRMED, one)


def _within(programme: Programme, item: Item) -> bool:
    return programme.local(item).date() in programme.days


def overlaps(picked: Iterable[Item]) -> tuple[tuple[Item, Item], ...]:
    """Give each two of somebody's own items that they cannot both be at."""
    return tuple(meetings(picked))


def lanes(items: Iterable[Item]) -> dict[str, tuple[int, int]]:
    """Give each item of one column its lane and how many there are, so that none hides another."""
    found: dict[str, tuple[int, int]] = {}
    for group in _groups(items):
        taken: list[Item] = []
        lane: dict[str, int] = {}
        for item in group:
            free = next((n for n, one in enumerate(taken) if not one.meets(item)), len(taken))
            taken[free : free + 1] = [item]
            lane[item.id] = free
        found |= {name: (n, len(taken)) for name, n in lane.items()}
    return found


def _groups(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Give the items by stretches of time that nothing joins."""
    group: list[Item] = []
    until = None
    for item in sorted((one for one in items if one.span), key=lambda one: (one.span, one.id)):
        assert item.span is not None  # noqa: S101 - only those were kept
        if until is not None and item.span[0] >= until:
            yield group
            group, until = [], None
        group.append(item)
        until = item.span[1] if until is None else max(until, item.span[1])
    if group:
        yield group


def sentence(clash: Clash, programme: Programme, language: Language) -> Text:
    """Say a warning."""
    said = {"one": clash.one.title, "who": clash.who, "room": clash.figure}
    if clash.other is not None:
        when = language.moment(programme.local(clash.other))
        both = {**said, "other": clash.other.title, "when": when}
        if clash.what is What.ROOM:
            return Text("“{one}” and “{other}” are both in {who}, {when}.", both)
        return Text("{who} is expected in “{one}” and in “{other}” at once, {when}.", both)
    when = language.moment(programme.local(clash.one))
    said |= {"when": when, "seats": clash.one.seats or 0}
    if clash.what is What.OUTSIDE:
        return Text("“{one}” is outside the days of the gathering: {when}.", said)
    if clash.what is What.SMALL:
        return Text("“{one}” has {seats} seats, and {who} holds {room}.", said)
    return Text("Whoever proposed “{one}” has not confirmed yet.", said)


def told(pairs: Iterable[tuple[Item, Item]]) -> list[Text]:
    """Say to somebody which of their own items overlap."""
    return [
        Text(
            "“{one}” and “{other}” overlap: you cannot be at both to the end.",
            {"one": one.title, "other": other.title},
        )
        for one, other in pairs
    ]
