"""Columns by their names, in French or in English."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fabrique.domain.fold_text import key
from fabrique.domain.text import Invalid, Text

NAMES = {
    "idea": ("idee", "idees", "idea", "ideas", "contenu", "content", "texte", "text", "post-it"),
    "category": ("categorie", "category", "colonne", "column", "theme"),
    "likes": ("likes", "like", "j’aime", "j'aime", "nombre de likes", "nombre de j’aime"),
    "question": ("question", "intitule", "intitule de la question", "question title"),
    "answer": ("reponse", "answer", "option", "choix", "choice", "proposition"),
    "count": ("nombre", "count", "nombre de reponses", "reponses", "answers", "votes", "total"),
}
MOST = 100_000  # people that one figure may count
_COUNT = re.compile(r"\d{1,7}", re.ASCII)


def find(head: tuple[str, ...]) -> Mapping[str, int]:
    """Give the place of each column that is known, the first where two have the same meaning."""
    found: dict[str, int] = {}
    for place, name in enumerate(head):
        for meaning, names in NAMES.items():
            if key(name) in map(key, names):
                found.setdefault(meaning, place)
    return found


def figure(cell: str, file: str, line: int) -> int:
    """Read a count; nothing is none. Raises `Invalid` with the file and the line."""
    if not cell:
        return 0
    if not _COUNT.fullmatch(cell) or int(cell) > MOST:
        raise Invalid(Text("“{text}” is no count of people.", {"text": cell}), f"{file}:{line}")
    return int(cell)
