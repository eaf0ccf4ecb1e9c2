"""Words heard one by one become cues short enough to point at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Word = tuple[int, int, str]
Cue = tuple[int, int, str]

LONGEST = 12_000  # milliseconds
SHORTEST = 2_000  # a sentence of one word stays with the next one
PAUSE = 1_000  # a silence that ends a cue by itself
ENDS = ".?!…"
RESTS = ",;:"


def recut(words: Sequence[Word], longest: int = LONGEST) -> list[Cue]:
    """Give cues (start, end, text) of at most `longest` milliseconds, in order, none over another.

    `words` are (start, end, text); as a recogniser gives them, a text that begins with a space
    begins a word and any other one clings to what came before ("aujourd", "'hui").
    """
    cues: list[Cue] = []
    held: list[Word] = []
    for word in _straight(words, longest):
        if held and word[0] - held[-1][1] >= PAUSE:
            cues.append(_cue(held))
            held = []
        while held and word[1] - held[0][0] > longest:
            cut = _best(held)
            cues.append(_cue(held[:cut]))
            held = held[cut:]
        held.append(word)
        if _ended(held):
            cues.append(_cue(held))
            held = []
    if held:
        cues.append(_cue(held))
    return cues


def _straight(words: Sequence[Word], longest: int) -> Iterator[Word]:
    """Give the words that say something, none before the end of the one before."""
    last = 0
    for start, end, text in words:
        if text.strip():
            begun = max(start, last)
            last = min(max(end, begun + 1), begun + longest)
            yield begun, last, text


def _ended(held: Sequence[Word]) -> bool:
    long_enough = held[-1][1] - held[0][0] >= SHORTEST
    return long_enough and held[-1][2].rstrip(" »\"'").endswith(tuple(ENDS))


def _best(held: Sequence[Word]) -> int:
    """Give how many words to take: up to a mark or a pause, and rather more than fewer."""

    def worth(cut: int) -> float:
        before, after = held[cut - 1], held[cut]
        if not after[2].startswith(" "):
            return -1.0
        mark = before[2].rstrip()[-1:]
        weight = 3.0 * (mark in ENDS) + 1.5 * (mark in RESTS)
        return weight + (after[0] - before[1]) / PAUSE + cut / len(held)

    return max(range(1, len(held)), key=worth, default=len(held))


def _cue(held: Sequence[Word]) -> Cue:
    return held[0][0], held[-1][1], " ".join("".join(text for _, _, text in held).split())
