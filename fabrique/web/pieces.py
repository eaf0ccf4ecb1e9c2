"""What a form lets people choose for each piece of a file to import."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from fabrique.domain.registry import discover
from fabrique.domain.text import Text, Words
from fabrique.web.looks import OURS, Asked, Seen

UNKNOWN = Text("Not known")
PLAIN = ("times", "names", "none", "open", "rating")
DETAILED = ("multiple", "rating")
USES: Mapping[str, Words] = {
    "times": Text("Moment of the answer"),
    "names": Text("Names, kept apart from the answers"),
    "none": Text("Left aside"),
    "ideas": Text("A board of ideas"),
    "counts": Text("Questions with their counts"),
}
ORIGINS: Mapping[str, Text] = {
    OURS: Text("A session of Fabrique"),
    "forms": Text("Answers to a form, one line a person"),
    "klaxoon": Text("Tables in a ZIP file, as Klaxoon exports them"),
}


class Choice(Struct, frozen=True):
    """What a piece may be taken for."""

    value: str
    name: Words
    chosen: bool


class Chosen(Struct, frozen=True):
    """A piece of the file, and what the form says of it."""

    piece: Seen
    use: str
    choices: list[Choice]
    detail: str

    @property
    def said(self) -> str:
        """Say what the choice does not say by itself."""
        return "" if self.use in PLAIN else self.piece.said


def chosen(piece: Seen, asked: Asked) -> Chosen:
    """Say what the form has for a piece: what was asked, though it be refused; else the guess."""
    told, _, more = asked.columns.get(piece.number, "").partition(":")
    use = "names" if asked.names == piece.number else told or piece.use
    choices = [Choice(one, _names()[one], one == use) for one in piece.uses]
    if piece.uses and not use:
        choices.insert(0, Choice("", UNKNOWN, chosen=True))
    detail = piece.detail if use == piece.use else more
    return Chosen(piece, use, choices, detail if use in DETAILED else "")


def _names() -> Mapping[str, Words]:
    return {**USES, **{key: kind.name for key, kind in discover("fabrique.questions").items()}}
