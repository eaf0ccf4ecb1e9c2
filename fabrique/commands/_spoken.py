"""In which language to speak to whoever types."""

from __future__ import annotations

import os

from fabrique.domain.language import Language, language


def spoken() -> Language:
    """Give English where the environment asks for it, else French."""
    wanted = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return language("en" if wanted.startswith("en") else "fr")
