"""What differs between two releases of a programme, worked out and said in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from msgspec import Struct

from fabrique.domain.language import Language
from fabrique.domain.programme import Item, Programme
from fabrique.domain.text import Text


class What(StrEnum):
    """What happened to an item."""

    ADDED = "added"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    ROOM = "room"
    LENGTH = "length"
    RENAMED = "renamed"
    VOICES = "voices"


class Change(Struct, frozen=True):
    """One thing that is no longer as it was."""

    what: What
    item: Item  # as it is now; as it was, once withdrawn
    was: Item | None
    room: str = ""  # names, not ids
    room_was: str = ""


def changes(before: Programme | None, after: Programme) -> tuple[Change, ...]:
    """Give what changed, in the order of the new programme, withdrawals last."""
    old = {one.id: one for one in before.placed} if before else {}
    new = {one.id: one for one in after.placed}
    found: list[Change] = []
    for name, item in new.items():
        was = old.get(name)
        if was is None:
            found.append(Change(What.ADDED, item, None, after.room(item.room)))
        elif before is not None:
            found += _of_one(was, item, before.room(was.room), after.room(item.room))
    if before is not None:
        gone = [one for name, one in old.items() if name not in new]
        found += [Change(What.WITHDRAWN, one, one, before.room(one.room)) for one in gone]
    return tuple(found)


def _of_one(was: Item, item: Item, room_was: str, room: str) -> Iterator[Change]:
    differs = {
        What.RENAMED: was.title != item.title,
        What.MOVED: was.starts_at != item.starts_at,
        What.LENGTH: was.minutes != item.minutes,
        What.ROOM: room_was != room,
        What.VOICES: _names(was) != _names(item),
    }
    return (Change(what, item, was, room, room_was) for what, yes in differs.items() if yes)


def _names(item: Item) -> list[str]:
    return sorted(voice.name for voice in item.voices)


def concerning(found: Iterable[Change], items: set[str], voice: str = "") -> tuple[Change, ...]:
    """Keep what concerns somebody: who speaks hears of their own, who picked of what they had."""
    return tuple(
        one
        for one in found
        if voice in {who.id for side in (one.item, one.was) if side for who in side.voices}
        or (one.item.id in items and one.what is not What.ADDED)
    )


def sentence(change: Change, programme: Programme, language: Language) -> Text:
    """Say a change."""
    item, was = change.item, change.was
    said: dict[str, Any] = {
        "title": item.title,
        "when": language.moment(programme.local(item)),
        "room": change.room,
        "before": change.room_was,
        "minutes": item.minutes,
        "people": language.join(_names(item)),
    }
    if change.what is What.ADDED:
        if not change.room:
            return Text("New: “{title}”, {when}.", said)
        return Text("New: “{title}”, {when}, {room}.", said)
    if change.what is What.WITHDRAWN:
        return Text("Withdrawn: “{title}”, which was to be {when}.", said)
    assert was is not None  # noqa: S101 - only a new item was nothing before
    if change.what is What.MOVED:
        said["before"] = language.moment(programme.local(was))
        return Text("Moved: “{title}” is now {when}; it was {before}.", said)
    if change.what is What.LENGTH:
        said["before"] = was.minutes
        return Text("“{title}” lasts {minutes} minutes instead of {before}.", said)
    if change.what is What.RENAMED:
        said["before"] = was.title
        return Text("Renamed: “{before}” is now called “{title}”.", said)
    if change.what is What.VOICES:
        if not said["people"]:
            return Text("“{title}” no longer has a speaker.", said)
        return Text("“{title}” is now with {people}.", said)
    return _room(change, said)


def _room(change: Change, said: dict[str, Any]) -> Text:
    if not change.room:
        return Text("“{title}” no longer has a room; it was in {before}.", said)
    if not change.room_was:
        return Text("“{title}” takes place in {room}.", said)
    return Text("Room changed: “{title}” is in {room} instead of {before}.", said)
