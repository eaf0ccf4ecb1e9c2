"""True sentences, and the same made false in one place: what the validator lets pass and catches.

The procedure is written once, here; `bin/bench minutes` prints it, a test holds it to its targets.
"""

from __future__ import annotations

import random
import re
from collections import Counter

from msgspec import Struct

from bench.debates import Debate
from fabrique.domain.citations import Finding, check
from fabrique.domain.claims import NEGATIONS, fold, tokens
from fabrique.domain.minutes import Cite, Sentence
from fabrique.domain.quantities import TENS, UNITS, numbers
from fabrique.domain.sources import Sources

WORD = re.compile(r"[^\W\d_]+|\d+")
SENTENCES = re.compile(r"(?<=[.?!…])\s+")
FEW = 4  # words: below, no quote is taken
FRAGMENT = 6  # words of the shortest quotes that are tried
NE = re.compile(r"\b(?:ne\s+|n['’]\s*)", re.IGNORECASE)
DENIAL = re.compile(rf"\b(?:{'|'.join(sorted(NEGATIONS))})\b\s*", re.IGNORECASE)
NUMERALS = [word for word in (*UNITS, *TENS) if word != "vingts"]


class Tally(Struct):
    """How many were tried, and how many came out as wanted."""

    tried: int = 0
    right: int = 0

    def add(self, *, right: bool) -> None:
        """Count one."""
        self.tried += 1
        self.right += right

    @property
    def percent(self) -> float:
        """Give the share, in percent."""
        return 100 * self.right / self.tried if self.tried else 0.0


def measure(found: list[Debate], seed: int = 5) -> dict[str, Tally]:
    """Try every extract, as it is and changed in one place; the same seed gives the same.

    An extract of several sentences quotes each of them, for people join passages that stand apart.
    `true_lines` quotes it in one piece, as it stands.
    """
    chance = random.Random(seed)
    said = [_words(debate) for debate in found]
    named = set().union(*map(_names, found))
    tallies: dict[str, Tally] = {}
    for debate, own in zip(found, said, strict=True):
        foreign = sorted(name for name in named if fold(name) not in own)
        alien = sorted(word for word in set().union(*said) - own if word.isalpha())
        trial = _Trial(debate, foreign, alien, chance, tallies)
        for speaker, text in debate.extracts:
            if len(tokens(text)) >= FEW:
                trial.sentence(speaker, text)
    return tallies


class _Trial:
    """One debate: its sources, the words of others, and the count."""

    def __init__(
        self,
        debate: Debate,
        foreign: list[str],
        alien: list[str],
        chance: random.Random,
        tallies: dict[str, Tally],
    ) -> None:
        self.sources = Sources(debate.transcript)
        self.turns = [(cue.speaker, f" {fold(cue.text)} ") for cue in debate.transcript.cues]
        self.foreign, self.alien, self.chance, self.tallies = foreign, alien, chance, tallies

    def sentence(self, speaker: str, text: str) -> None:
        """Try a sentence: as it is; its quote corrupted; a name, a number, a negation changed."""
        whole = [Cite(self._ref(speaker, text), text)]
        self._count("true_lines", right=not self._blocked(text, whole))
        cites = [Cite(self._ref(speaker, one), one) for one in _sentences(text)]
        accepted = not self._blocked(text, cites)
        self._count("true_quotes", right=accepted)
        if not accepted:
            return
        self._count("false_alarms", right=bool(self._check(text, cites)))
        self._count("corrupted", right=self._blocked(text, self._corrupted(cites)))
        self._changed("names", self._named(text), text, cites)
        self._changed("numbers", self._renumbered(text), text, cites)
        self._changed("negations", self._affirmed(text), text, cites)

    def _changed(self, name: str, changed: str | None, text: str, cites: list[Cite]) -> None:
        """Try a changed sentence beside its whole quote, then beside a fragment of it."""
        if changed is None:
            return
        self._count(name, right=bool(self._check(changed, cites)))
        fragment = " ".join(cites[0].quote.split()[:FRAGMENT])
        few = [Cite(cites[0].ref, fragment)]
        if len(tokens(fragment)) >= FEW and not self._check(text, few):
            self._count(f"{name}_fragment", right=bool(self._check(changed, few)))

    def _ref(self, speaker: str, text: str) -> str:
        return f"t:{self._turn(speaker, text)}"

    def _turn(self, speaker: str, text: str) -> int:
        """Give the number of the turn a sentence was taken from, by the words they share."""
        wanted, words = fold(text), Counter(fold(text).split())
        likely = [
            (
                f" {wanted} " in turn,
                (words & Counter(turn.split())).total() + (who == speaker),
                -number,
            )
            for number, (who, turn) in enumerate(self.turns, 1)
        ]
        return -max(likely)[2]

    def _check(self, text: str, cites: list[Cite]) -> tuple[Finding, ...]:
        return check(Sentence(text, "extract", tuple(cites)), self.sources)

    def _blocked(self, text: str, cites: list[Cite]) -> bool:
        return any(one.blocks for one in self._check(text, cites))

    def _count(self, name: str, *, right: bool) -> None:
        self.tallies.setdefault(name, Tally()).add(right=right)

    def _corrupted(self, cites: list[Cite]) -> list[Cite]:
        """Replace one word of one quote by one that is not said in the debate."""
        place = self.chance.randrange(len(cites))
        text = cites[place].quote
        one = self.chance.choice(list(WORD.finditer(text)))
        quote = f"{text[: one.start()]}{self.chance.choice(self.alien)}{text[one.end() :]}"
        return [*cites[:place], Cite(cites[place].ref, quote), *cites[place + 1 :]]

    def _named(self, text: str) -> str:
        """Put a name of another debate somewhere, the beginning included."""
        words = text.split()
        place = self.chance.randrange(len(words))
        return " ".join([*words[:place], self.chance.choice(self.foreign), *words[place:]])

    def _renumbered(self, text: str) -> str | None:
        """Give another number for one of those said; None where none is."""
        said = [one for one in WORD.finditer(text) if numbers(one[0])]
        if not said:
            return None
        one = self.chance.choice(said)
        other = one[0]
        while numbers(other) == numbers(one[0]):
            other = self._digits(one[0]) if one[0].isdigit() else self.chance.choice(NUMERALS)
        return f"{text[: one.start()]}{other}{text[one.end() :]}"

    def _digits(self, number: str) -> str:
        place = self.chance.randrange(len(number))
        return number[:place] + self.chance.choice("123456789") + number[place + 1 :]

    def _affirmed(self, text: str) -> str | None:
        """Take one negation away, with the "ne" before it; None where there is none."""
        denials = list(DENIAL.finditer(text))
        if not denials:
            return None
        one = self.chance.choice(denials)
        before = text[: one.start()]
        nes = list(NE.finditer(before))
        if nes:
            before = before[: nes[-1].start()] + before[nes[-1].end() :]
        return before + text[one.end() :]


def _names(debate: Debate) -> set[str]:
    text = " ".join(cue.text for cue in debate.transcript.cues)
    found = {one for one in tokens(text) if one.capital and not one.initial and one.word.isalpha()}
    return {one.word.capitalize() for one in found if len(one.word) > FEW}


def _words(debate: Debate) -> set[str]:
    told = (f"{cue.speaker} {cue.text}" for cue in debate.transcript.cues)
    return {word for one in told for word in fold(one).split()}


def _sentences(text: str) -> list[str]:
    """Cut a text into sentences that are long enough to be quoted."""
    found: list[str] = []
    for one in SENTENCES.split(text):
        if found and min(len(tokens(one)), len(tokens(found[-1]))) < FEW:
            found[-1] = f"{found[-1]} {one}"
        else:
            found.append(one)
    return found
