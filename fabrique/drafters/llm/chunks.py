"""Parts of a recording that a model reads at once: an activity's, short, cut between turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from fabrique.domain.material import SLICE, Material, Window
from fabrique.domain.transcript import Cue

MOST_WORDS = 2000
MOST_TIME = SLICE

Numbered = tuple[int, Cue]


class Chunk(Struct, frozen=True):
    """Cues by their number, the turn before the part and the turn after it included.

    Its own cues are those from `first` to before `own_end`.
    """

    section: str
    cues: tuple[Numbered, ...]
    first: int
    own_end: int

    @property
    def refs(self) -> list[str]:
        """Give what may be cited."""
        return [f"t:{number}" for number, _ in self.cues]


def chunks(material: Material) -> list[Chunk]:
    """Cut the whole recording, window by window."""
    cues = material.sources.cues
    return [
        _chunk(part, cues, window.title)
        for window in material.windows
        for part in _parts(_turns(cues, window))
    ]


def _turns(cues: Sequence[Cue], window: Window) -> Iterator[list[Numbered]]:
    inside = [(n, cue) for n, cue in enumerate(cues, 1) if cue.start in window and cue.text.strip()]
    for _, turn in groupby(inside, key=lambda one: one[1].speaker):
        yield from _cut(list(turn))


def _cut(turn: list[Numbered]) -> Iterator[list[Numbered]]:
    """Cut a turn that alone is more than a part between two of its cues."""
    held: list[Numbered] = []
    for one in turn:
        if held and not _fits([*held, one]):
            yield held
            held = []
        held.append(one)
    if held:
        yield held


def _parts(turns: Iterator[list[Numbered]]) -> Iterator[list[Numbered]]:
    held: list[Numbered] = []
    for turn in turns:
        if held and not _fits([*held, *turn]):
            yield held
            held = []
        held = [*held, *turn]
    if held:
        yield held


def _fits(cues: Sequence[Numbered]) -> bool:
    words = sum(len(cue.text.split()) for _, cue in cues)
    return words <= MOST_WORDS and cues[-1][1].end - cues[0][1].start <= MOST_TIME


def _chunk(part: list[Numbered], cues: Sequence[Cue], section: str) -> Chunk:
    first, last = part[0][0], part[-1][0]
    before = _turn(cues, range(first - 1, 0, -1))[::-1]
    after = _turn(cues, range(last + 1, len(cues) + 1))
    own = [(number, cues[number - 1]) for number in range(first, last + 1)]
    return Chunk(section, (*before, *own, *after), first, last + 1)


def _turn(cues: Sequence[Cue], numbers: range) -> list[Numbered]:
    """Give the turn that begins there, a few sentences of it if it is long."""
    found: list[Numbered] = []
    words = 0
    for number in numbers:
        cue = cues[number - 1]
        words += len(cue.text.split())
        if found and (cue.speaker != found[0][1].speaker or words > MOST_WORDS // 10):
            break
        found.append((number, cue))
    return found
