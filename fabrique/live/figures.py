"""What only the hub knows of a session: who is here, and which screens are open."""

from __future__ import annotations

from msgspec import Struct


class Figures(Struct, frozen=True):
    """`connected` counts people, `here` names them, `consoles` counts the facilitators' screens."""

    connected: int = 0
    here: frozenset[str] = frozenset()
    consoles: int = 0
