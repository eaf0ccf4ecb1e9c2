"""FREDSum: French debates and what people extracted from them, to measure citations and extracts.

The data are read where they lie, beside the project, and never copied: CC BY-SA 4.0, Rennard,
Shang, Grari, Hunter, Vazirgiannis, EMNLP 2023.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from fabrique.domain.transcript import Cue, Transcript

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "fredsum"
TURN = re.compile(r"\s*([^\s:][^:\n]{0,40}?)\s*:\s+(.*)")


class Debate(Struct, frozen=True):
    """A debate, a cue a turn; what two people extracted of it, and three summaries."""

    name: str
    transcript: Transcript
    extracts: tuple[tuple[str, str], ...]  # speaker, sentence
    summaries: tuple[str, ...]


def debates(folder: Path = FOLDER) -> list[Debate]:
    """Read every debate; none where the data are absent."""
    return [_debate(folder, path) for path in sorted(folder.glob("transcript/*.txt"))]


def _debate(folder: Path, path: Path) -> Debate:
    name = path.name
    turns = list(_turns(path.read_text(encoding="utf-8")))
    cues = tuple(Cue(n * 10_000, n * 10_000 + 9000, *turn[::-1]) for n, turn in enumerate(turns))
    extracts = [
        one
        for number in (1, 2)
        for one in _turns((folder / f"summary_extractive/{number}/{name}").read_text("utf-8"))
    ]
    summaries = [
        (folder / f"summary_abstractive/{number}/{name}").read_text("utf-8") for number in (1, 2, 3)
    ]
    return Debate(path.stem, Transcript(cues), tuple(extracts), tuple(summaries))


def _turns(text: str) -> Iterator[tuple[str, str]]:
    """Give speaker and words of each line; a line without a speaker is of the one before."""
    speaker = ""
    for line in text.lstrip("\ufeff").split("\n"):
        if found := TURN.fullmatch(line):
            speaker = found[1]
        words = found[2] if found else line
        if words.strip():
            yield speaker, words.strip()
