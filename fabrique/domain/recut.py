"""Words become cues short enough to point at, heard by a machine or brought by a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabrique.domain import transcript as said

Word = tuple[int, int, str]
Cue = tuple[int, int, str]

LONGEST = 12_000  # milliseconds: a citation that points at half a minute helps nobody
SHORTEST = 2_000  # a sentence of one word stays with the next one
PAUSE = 1_000  # a silence that ends a cue by itself
BREATH = 400  # a silence that parts two phrases
LEAST = 0.3  # of the longest: a better place to cut is not worth a shred
ENDS = ".?!…"
RESTS = ",;:"
CLOSING = " »”\"')"


def shortened(transcript: said.Transcript, longest: int = LONGEST) -> said.Transcript:
    """Cut the cues that last too long; their words are taken to be spoken at an even pace."""
    cues = [part for cue in transcript.cues for part in _parts(cue, longest)]
    return said.Transcript(tuple(cues), transcript.language)


def _parts(cue: said.Cue, longest: int) -> list[said.Cue]:
    if cue.end - cue.start <= longest:
        return [cue]
    # As few cues as will do: whoever made the file chose where the others end.
    found = recut(_spread(cue), longest, shortest=longest)
    return [said.Cue(start, end, text, cue.speaker) for start, end, text in found] or [cue]


def _spread(cue: said.Cue) -> list[Word]:
    """Give the words of a cue their share of its time, by their letters."""
    words = cue.text.split()
    letters = sum(len(word) + 1 for word in words) or 1
    found, before = [], 0
    for word in words:
        after = before + len(word) + 1
        start, end = (cue.start + (cue.end - cue.start) * n // letters for n in (before, after))
        found.append((start, end, f" {word}"))
        before = after
    return found


def recut(words: Sequence[Word], longest: int = LONGEST, shortest: int = SHORTEST) -> list[Cue]:
    """Give cues (start, end, text) of at most `longest` milliseconds, in order, none over another.

    `words` are (start, end, text); as a recogniser gives them, a text that begins with a space
    begins a word and any other one clings to what came before ("aujourd", "'hui"). A sentence ends
    a cue once it is `shortest` long.
    """
    cues: list[Cue] = []
    held: list[Word] = []
    for word in _straight(words, longest):
        if held and word[0] - held[-1][1] >= PAUSE:
            cues.append(_cue(held))
            held = []
        while held and word[1] - held[0][0] > longest:
            cut = _best([*held, word], longest)
            cues.append(_cue(held[:cut]))
            held = held[cut:]
        held.append(word)
        if held[-1][1] - held[0][0] >= shortest and _kind(held, len(held)) == SENTENCE:
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
            # A single word that lasts longer than a cue may is a mistake of whoever timed it.
            last = min(max(end, begun + 1), begun + longest)
            yield begun, last, text


def _best(words: Sequence[Word], longest: int) -> int:
    """Choose before which word to cut, all but the last fitting: the best kind of place, late."""

    def worth(cut: int) -> tuple[bool, bool, int, int]:
        whole = words[cut][2].startswith(" ")
        long = words[cut - 1][1] - words[0][0] >= LEAST * longest
        return whole, long, _kind(words, cut), cut

    return max(range(1, len(words)), key=worth)


SENTENCE, PHRASE, CLAUSE, ANYWHERE = 3, 2, 1, 0


def _kind(words: Sequence[Word], cut: int) -> int:
    """Say what ends after so many words: a sentence, else a phrase by a silence, else a clause."""
    last = words[cut - 1][2].rstrip(CLOSING)[-1:]
    if last and last in ENDS:
        return SENTENCE
    if cut < len(words) and words[cut][0] - words[cut - 1][1] >= BREATH:
        return PHRASE
    return CLAUSE if last and last in RESTS else ANYWHERE


def _cue(held: Sequence[Word]) -> Cue:
    return held[0][0], held[-1][1], " ".join("".join(text for _, _, text in held).split())
