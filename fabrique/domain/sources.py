"""What sentences of the minutes may cite, by reference: what is read there, and between what.

`t:N` the N-th cue · `a:RUN` (or the step's id) what an activity gave · `n:SEQ` a note of the
facilitator · `m:SEQ` a message · `s:RUN/PAGE` a slide · `r:ID` a resource.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from fabrique.domain.blocks import Report, Section
from fabrique.domain.claims import Token, fold, tokens
from fabrique.domain.contributions import Pool
from fabrique.domain.language import Language
from fabrique.domain.run import Run
from fabrique.domain.session import Kinds, Session
from fabrique.domain.statements import Statement, statements, words_of
from fabrique.domain.transcript import Cue, Transcript

REACH = 3  # cues of the same voice, before and after, in which a quote may begin or end


class Source(Struct, frozen=True):
    """A message, note, slide, resource, or the activity's own words and figures."""

    text: str
    by: str = ""
    whole: frozenset[str] = frozenset()  # what is quoted from here, quoted whole
    statements: tuple[Statement, ...] = ()
    part: bool = False  # a part of it may be quoted


class Turn(Struct, frozen=True):
    """The words around a cue: those of the same voice, where the cue stands in them, and beyond."""

    words: tuple[Token, ...]
    first: int
    last: int  # the cue's own words are words[first:last]
    text: str
    around: str  # with a cue before and after, whoever speaks
    speaker: str
    voices: tuple[str, ...]  # of `around`


class Sources:
    """Everything one draft may cite; cues are looked at only when they are."""

    def __init__(
        self, transcript: Transcript | None = None, others: Mapping[str, Source] | None = None
    ) -> None:
        self.cues: tuple[Cue, ...] = transcript.cues if transcript else ()
        self.others = dict(others or {})
        self._words: dict[int, tuple[Token, ...]] = {}

    def __contains__(self, ref: str) -> bool:
        return ref in self.others or self.place(ref) is not None

    @cached_property
    def speakers(self) -> dict[str, str]:
        """Give every voice of the transcript, by its folded name."""
        return {fold(one.speaker): one.speaker for one in self.cues if one.speaker.strip()}

    def place(self, ref: str) -> int | None:
        """Give where in the transcript the cue `t:N` stands, from 0; None where there is none."""
        kind, _, number = ref.partition(":")
        # As it is written, so that a cue has one reference: neither "t:01" nor "t:٣".
        if kind != "t" or not (number.isascii() and number.isdigit()) or number[0] == "0":
            return None
        place = int(number[:9]) - 1
        return place if place < len(self.cues) else None

    def turn(self, place: int) -> Turn:
        """Give the words around a cue."""
        speaker = self.cues[place].speaker
        first, last = self._reach(place, -1), self._reach(place, 1)
        words: list[Token] = []
        own = [0, 0]
        for n in range(first, last + 1):
            if n == place:
                own[0] = len(words)
            words += self._tokens(n, words[-1].sentence if words else 0)
            if n == place:
                own[1] = len(words)
        near = self.cues[max(first - 1, 0) : last + 2]
        return Turn(
            words=tuple(words),
            first=own[0],
            last=own[1],
            text=" ".join(cue.text for cue in self.cues[first : last + 1]),
            around=" ".join(cue.text for cue in near),
            speaker=speaker,
            voices=tuple(dict.fromkeys(cue.speaker for cue in near if cue.speaker)),
        )

    def _reach(self, place: int, step: int) -> int:
        speaker, last = self.cues[place].speaker, place
        for n in range(place + step, place + step * (REACH + 1), step):
            if not (0 <= n < len(self.cues)) or self.cues[n].speaker != speaker:
                break
            last = n
        return last

    def _tokens(self, place: int, sentence: int) -> Iterator[Token]:
        if place not in self._words:
            self._words[place] = tokens(self.cues[place].text)
        before = self.cues[place - 1].text.rstrip() if place else ""
        step = sentence + int(before.endswith((".", "?", "!", "…")))
        for one in self._words[place]:
            yield Token(one.word, one.sentence + step, one.capital, one.initial)


def from_session(session: Session, kinds: Kinds, report: Report) -> dict[str, Source]:
    """Give what an archive holds; `report` is the whole one, made from the same archive."""
    language = Language(session.plan.language)
    runs: dict[str, Source] = {}
    steps: dict[str, Source] = {}
    for section in report.sections:
        if run := session.runs.get(section.id):
            source = _activity(section, language)
            runs[f"a:{run.id}"] = source
            steps[f"a:{run.definition.id}"] = source  # of several openings, the last
    # A step may be called as a run is: a run is what a sentence was drafted from.
    return steps | runs | _notes(session) | dict(_beside(session, kinds, report))


def resources(told: Mapping[str, str]) -> dict[str, Source]:
    """Give resources of a gathering, by their id: a title, an address, an abstract."""
    return {f"r:{one}": Source(text, part=True) for one, text in told.items()}


def _activity(section: Section, language: Language) -> Source:
    words = [language.say(one) for one in words_of(section)]
    told = statements(section, language)
    whole = frozenset(filter(None, map(quotable, words)))
    return Source("\n".join(words), whole=whole, statements=told)


def quotable(text: str) -> str:
    """Give the form under which two quotes are the same; signs alone are compared as they are."""
    return fold(text) or text.strip()


def _notes(session: Session) -> dict[str, Source]:
    found = {}
    for note in session.conduct.notes:
        alt = note.image.alt if note.image else ""
        whole = frozenset(filter(None, map(quotable, (note.text, alt))))
        by = session.plan.facilitator
        found[f"n:{note.seq}"] = Source("\n".join(filter(None, (note.text, alt))), by, whole)
    return found


def _beside(session: Session, kinds: Kinds, report: Report) -> Iterator[tuple[str, Source]]:
    names = _names(report)
    for run in session.runs.values():
        if messages(run, kinds):
            for one in run.state.public():
                by = names.get((run.id, one.text), "")
                yield f"m:{one.lines[0]}", Source(one.text, by, frozenset((quotable(one.text),)))
        yield from _slides(run)


def messages(run: Run, kinds: Kinds) -> bool:
    """Whether what people say in a run are messages: a pool that is open beside all steps."""
    return kinds[run.definition.kind].always and isinstance(run.state, Pool)


def _names(report: Report) -> dict[tuple[str, str], str]:
    """Give under which name a message is published, as the report signs it."""
    quotes = (
        (section.id, quote)
        for section in report.sections
        for block in section.blocks
        for quote in getattr(block, "quotes", ())
    )
    return {(run, quote.text): quote.by or "" for run, quote in quotes}


def _slides(run: Run) -> Iterator[tuple[str, Source]]:
    pages: Iterable[object] = getattr(run.definition, "pictures", ())
    notes = getattr(run.definition, "notes", ())
    for page, picture in enumerate(pages, 1):
        told = (getattr(picture, "alt", ""), notes[page - 1] if page <= len(notes) else "")
        yield f"s:{run.id}/{page}", Source("\n".join(filter(None, told)), part=True)
