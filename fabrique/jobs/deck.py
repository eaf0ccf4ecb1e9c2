"""A presentation on its way into a session: a folder that a restart finds as it was left."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from fabrique.jobs.pages import Page
from fabrique.jobs.words import plain
from fabrique.store.files import Media

LONGEST_TITLE = 200
TRIES = 3  # a file that ends the server each time is given up
_RECORD, _SOURCE = "job.json", "source"


class Deck(Struct, frozen=True):
    """What is known of a presentation that comes in: `id` is that of the act that will add it."""

    id: str
    session: int
    title: str
    kind: str  # as `content` tells it
    tries: int = 0


def create(folder: Path, deck: Deck, source: Path) -> Path:
    """Take the file `source` in; give the deck's own folder, whole or not there."""
    own = folder / deck.id
    fresh = folder / f".{deck.id}"
    fresh.mkdir(mode=0o700, parents=True)
    source.replace(fresh / _SOURCE)
    _record(fresh, deck)
    fresh.replace(own)
    return own


def left(folder: Path) -> list[Deck]:
    """Give what a restart found unfinished, and take out what was not whole or tried too often."""
    found = []
    for own in sorted(folder.iterdir()) if folder.is_dir() else []:
        try:
            deck = msgspec.json.decode((own / _RECORD).read_bytes(), type=Deck)
        except (OSError, msgspec.DecodeError):
            deck = None
        if deck is None or own.name != deck.id or deck.tries >= TRIES:
            shutil.rmtree(own, ignore_errors=True)
            continue
        again = msgspec.structs.replace(deck, tries=deck.tries + 1)
        _record(own, again)
        found.append(again)
    return found


def _record(own: Path, deck: Deck) -> None:
    part = own / f"{_RECORD}.part"
    part.write_bytes(msgspec.json.encode(deck))
    part.replace(own / _RECORD)


def source_of(own: Path) -> Path:
    """Give the file somebody sent."""
    return own / _SOURCE


def forget(own: Path) -> None:
    """Take out all that was made of a file, and the file."""
    shutil.rmtree(own, ignore_errors=True)


def step_of(own: Path, deck: Deck, pages: int, media: Media) -> dict[str, Any]:
    """Keep every page among the media; give the step to add, without an id."""
    pictures = [_picture(own, number, media) for number in range(1, pages + 1)]
    notes = _notes(own, pages)
    step = {"kind": "slides", "title": deck.title, "pages": pages, "pictures": pictures}
    return step | {"notes": notes} if any(notes) else step


def title_of(name: str) -> str:
    """Make a title of a file's name."""
    stem = Path(name.replace("\\", "/")).stem.replace("_", " ")
    return plain(stem, LONGEST_TITLE) or "—"


def _picture(own: Path, number: int, media: Media) -> dict[str, str]:
    page = msgspec.json.decode((own / f"{number}.json").read_bytes(), type=Page)
    found = {"src": media.put((own / f"{number}.webp").read_bytes())}
    if page.small:
        found["small"] = media.put((own / f"{number}.small.webp").read_bytes())
    return found | {"alt": page.text or f"Page {number}"}


def _notes(own: Path, pages: int) -> list[str]:
    try:
        found: list[str] = msgspec.json.decode((own / "notes.json").read_bytes())
    except FileNotFoundError:
        return []
    return found if len(found) == pages else []
