"""Pause: an instruction and a moment; nobody answers."""

from __future__ import annotations

from fabrique.domain.activity import Activity
from fabrique.domain.step import Definition
from fabrique.domain.text import Name


class PauseDefinition(Definition, frozen=True, kw_only=True, tag="pause"):
    """A step that is only a title and an instruction: a break, a round of introductions."""


class Pause(Activity[PauseDefinition, None]):
    """Shown, never answered."""

    kind = "pause"
    name = Name(fr="Pause", en="Pause")
    about = Name(
        fr="Une consigne, personne ne répond : accueil, récit, pause",
        en="An instruction, nobody answers: welcome, story, break",
    )
    definition = PauseDefinition
    asks = False

    def start(self, definition: PauseDefinition) -> None:
        """Keep nothing."""
        return


KIND = Pause()
