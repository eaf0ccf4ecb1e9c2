"""What was put right in a transcript when it was taken in, as it is told to whoever brought it."""

from __future__ import annotations

from msgspec import Struct, structs

from fabrique.domain.text import Text

SENTENCES = {
    "unordered": Text(
        "{n} moment was put in its place: the file was not in order.",
        {},
        "{n} moments were put in their place: the file was not in order.",
    ),
    "twice": Text(
        "{n} moment said twice was kept once.", {}, "{n} moments said twice were kept once."
    ),
    "lines": Text(
        "{n} line that the next moment said again was kept once.",
        {},
        "{n} lines that the next moment said again were kept once.",
    ),
    "overlapping": Text(
        "{n} moment was ended where the same voice went on.",
        {},
        "{n} moments were ended where the same voice went on.",
    ),
    "empty": Text(
        "{n} moment without a word was left out.",
        {},
        "{n} moments without a word were left out.",
    ),
    "long": Text(
        "{n} moment of more than twelve seconds was cut into shorter ones.",
        {},
        "{n} moments of more than twelve seconds were cut into shorter ones.",
    ),
}


class Mended(Struct, frozen=True):
    """How many cues of a file were put right, by what was wrong with them."""

    unordered: int = 0  # not in its place
    twice: int = 0  # the same voice says the same at the same time
    lines: int = 0  # captions that roll
    overlapping: int = 0  # go on while the same voice says something else
    empty: int = 0
    long: int = 0

    def counts(self) -> dict[str, int]:
        """Give what there is to tell, by what was wrong."""
        return {name: n for name, n in structs.asdict(self).items() if n}


def told(counts: dict[str, int]) -> list[Text]:
    """Say it, a sentence each."""
    return [
        Text(text.msgid, {"n": counts[name]}, text.plural)
        for name, text in SENTENCES.items()
        if counts.get(name)
    ]
