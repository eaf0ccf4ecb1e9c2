"""What kinds of gatherings there are, as people call them; others keep their own name."""

from __future__ import annotations

from fabrique.domain.text import Name

OCCASIONS = {
    "cafe": Name(fr="Café", en="Café"),
    "fabrique": Name(fr="Fabrique", en="Fabrique"),
    "meeting": Name(fr="Rencontre", en="Meeting"),
    "days": Name(fr="Journées", en="Days"),
    "assembly": Name(fr="Assemblée", en="Assembly"),
    "workshop": Name(fr="Atelier", en="Workshop"),
}


def occasion(kind: str) -> Name:
    """Give the name of a kind."""
    own = kind.replace("_", " ").replace("-", " ").capitalize()
    return OCCASIONS.get(kind) or Name(fr=own, en=own)
