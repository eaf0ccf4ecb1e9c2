"""Extracts: the sentences of a recording that say most, a few for each activity. No summary."""

from __future__ import annotations

from fabrique.domain.completion import Ask
from fabrique.domain.material import Material
from fabrique.domain.minutes import Draft
from fabrique.domain.passages import passages
from fabrique.domain.salience import extracts
from fabrique.domain.text import Name


class Extract:
    """Sentences as they were said, window by window; each cites itself."""

    name = Name(fr="Extraits", en="Extracts")

    def draft(self, material: Material, ask: Ask | None = None) -> Draft:
        """Choose them; nobody is asked."""
        cues = material.transcript.cues if material.transcript else ()
        found = list(passages(cues))
        sentences = [
            one
            for window in material.windows
            for one in extracts([p for p in found if p.start in window], window.title)
        ]
        return Draft(tuple(sentences), "extract", material.title, material.language)


KIND = Extract()
