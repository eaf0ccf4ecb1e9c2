"""The draft put together from what was done: figures, notes, messages, slides; no model writes.

Figures come from the journal, words from those who wrote them: every sentence cites its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import structs

from fabrique.domain.blocks import (
    Chart,
    Heading,
    Items,
    Paragraph,
    Quote,
    Quotes,
    Section,
    Wall,
)
from fabrique.domain.brought import CHAT, NOTE, Brought, Line, elsewhere
from fabrique.domain.claims import fold
from fabrique.domain.completion import Ask
from fabrique.domain.conduct import Mark, Note
from fabrique.domain.language import Language
from fabrique.domain.material import Held, Material, Other, called
from fabrique.domain.minutes import Cite, Draft, Kind, Sentence
from fabrique.domain.passages import passages
from fabrique.domain.run import Run
from fabrique.domain.salience import extracts
from fabrique.domain.sources import messages, quotable
from fabrique.domain.statements import Statement, statements
from fabrique.domain.text import Name, Text, Words

FEW = 5  # verbatims of a question or a column: the report has them all
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
KINDS: dict[Mark, Kind] = {Mark.DECISION: "decision", Mark.ACTION: "action"}
DECIDED, NOTED = Text("Decisions and actions"), Text("Notes of the facilitator")
SECTIONS = {CHAT: Text("Messages · {title}"), NOTE: Text("Notes of {by}")}
AIM, LINKS, HEARD = Text("Aim"), Text("Resources"), Text("Extracts")


class Assembly:
    """What the session's archive tells, in the order in which it is read."""

    name = Name(fr="Assemblage", en="Assembly")

    def draft(self, material: Material, ask: Ask | None = None) -> Draft:
        """Put the sentences together; without a session, extracts and resources."""
        language = Language(material.language)
        sentences = list(_held(material.held, language)) if material.held else []
        sentences += [one for other in material.others for one in _other(other, language)]
        sentences += _brought(material, language)
        sentences += _heard(material, language)
        sentences += _resources(material, language)
        return Draft(tuple(sentences), "assembly", material.title, material.language)


def _held(held: Held, language: Language) -> Iterator[Sentence]:
    notes = held.session.conduct.notes
    yield from _aim(held, language)
    for mark, kind in KINDS.items():
        marked = [note for note in notes if note.mark is mark]
        yield from (_note(note, kind, language.say(DECIDED)) for note in marked)
    others = [note for note in notes if note.mark not in KINDS]
    for section in held.shown.sections:
        if run := held.session.runs.get(section.id):
            yield from _run(held, section, run, language)
    # What to keep comes before what was jotted down.
    others.sort(key=lambda note: note.mark is not Mark.KEEP)
    yield from (_note(note, "note", language.say(NOTED)) for note in others)


def _other(other: Other, language: Language) -> Iterator[Sentence]:
    """Give what another session tells, under its title and its day."""
    title = called(other.held.shown, language)
    for one in _held(other.held, language):
        cites = tuple(Cite(elsewhere(cite.ref, other.code), cite.quote) for cite in one.cites)
        section = f"{title} · {one.section}" if one.section else title
        yield structs.replace(one, cites=cites, section=section)


def _brought(material: Material, language: Language) -> Iterator[Sentence]:
    """Give what people brought, whole: messages, and notes taken while listening."""
    for one in (one for one in material.brought if one.kind in SECTIONS):
        for ref, line in zip(one.refs(), one.lines, strict=True):
            if fold(line.text):
                section = Text(SECTIONS[one.kind].msgid, {"title": one.title, "by": line.by})
                yield Sentence(*_line(one, line), (Cite(ref, line.text),), language.say(section))


def _line(one: Brought, line: Line) -> tuple[str, Kind]:
    if one.kind == NOTE:
        return line.text, "note"
    signed = f"{line.by} — {line.text}" if line.by else line.text
    return signed, "resource" if ADDRESS.search(line.text) else "message"


def _aim(held: Held, language: Language) -> Iterator[Sentence]:
    plan = held.session.plan
    if plan.introduction.strip() and plan.facilitator.strip():
        aim = language.say(AIM)
        yield Sentence(plan.introduction, "written", section=aim, by=plan.facilitator)


def _note(note: Note, kind: Kind, section: str) -> Sentence:
    text = note.text or (note.image.alt if note.image else "")
    return Sentence(text, kind, (Cite(f"n:{note.seq}", text),), section)


def _run(held: Held, section: Section, run: Run, language: Language) -> Iterator[Sentence]:
    title = language.say(section.title)
    if messages(run, held.kinds):
        yield from _messages(section, run, title)
        return
    yield from _slides(run, title)
    ref = f"a:{run.id}"
    asks = held.kinds[run.definition.kind].asks
    for told in _telling(statements(section, language)) if asks else ():
        yield Sentence(told.text, "result", (Cite(ref),), title)
    if held.kinds[run.definition.kind].prose:
        yield from _prose(section, run, title)
        return
    for text in _verbatims(section, run):
        yield Sentence(text, "extract", (Cite(ref, text),), title)


def _telling(told: Sequence[Statement]) -> Iterator[Statement]:
    """Leave out who was asked and answered where the figures beside it say so already."""
    for n, one in enumerate(told):
        if n + 1 == len(told) or not one.says_no_more_than(told[0], told[n + 1]):
            yield one


def _prose(section: Section, run: Run, title: str) -> Iterator[Sentence]:
    """Give all that was written together: it is the text itself, signed as the report signs it."""
    for block in section.blocks:
        match block:
            case Paragraph(text=str(text)) if text != run.definition.instruction:
                quotes: tuple[Quote, ...] = (Quote(text),)
            case Quotes():
                quotes = block.quotes
            case _:
                quotes = ()
        for one in quotes:
            if isinstance(one.text, str) and quotable(one.text):
                cite = Cite(f"a:{run.id}", one.text)
                yield Sentence(one.text, "statement", (cite,), title, one.by or "")


def _verbatims(section: Section, run: Run) -> Iterator[str]:
    """Give what people wrote, a few of many; what stands under a title of ours is a digest."""
    theirs = True
    for block in section.blocks:
        match block:
            case Heading():
                theirs = isinstance(block.text, str)
            case Quotes() if theirs:
                yield from _some([quote.text for quote in block.quotes])
            case Items() if theirs:
                yield from _some(block.items)
            case Paragraph() if theirs and block.text != run.definition.instruction:
                yield from _some((block.text,))
            case Chart(drawing=Wall(columns=columns)):
                for column in columns:
                    yield from _some(column.notes)


def _some(texts: Sequence[Words]) -> Iterator[str]:
    """Give the first of them that say something, each once; our own sentences are none."""
    theirs = (text for text in texts if isinstance(text, str) and quotable(text))
    once = {quotable(text): text for text in reversed(list(theirs))}
    return islice(reversed(once.values()), FEW)


def _messages(section: Section, run: Run, title: str) -> Iterator[Sentence]:
    """Give what was said to all, signed as the report signs it."""
    quotes = (quote for block in section.blocks for quote in getattr(block, "quotes", ()))
    for said, quote in zip(run.state.public(), quotes, strict=False):
        kind: Kind = "resource" if ADDRESS.search(said.text) else "message"
        yield Sentence(_signed(quote), kind, (Cite(f"m:{said.lines[0]}", said.text),), title)


def _signed(quote: Quote) -> str:
    return f"{quote.by} — {quote.text}" if quote.by else quote.text


def _slides(run: Run, title: str) -> Iterator[Sentence]:
    """Give what the pages that were shown say."""
    pictures = getattr(run.definition, "pictures", ())
    shown = {one.page for one in run.state} if pictures else set()
    for page in sorted(shown):
        alt = pictures[page - 1].alt if page <= len(pictures) else ""
        if quotable(alt):
            yield Sentence(alt, "extract", (Cite(f"s:{run.id}/{page}", alt),), title)


def _heard(material: Material, language: Language) -> Iterator[Sentence]:
    """Give what was said while each activity was on, as it was said."""
    found = list(passages(material.sources.cues))
    for window in material.windows:
        text = Text("Extracts · {title}", {"title": window.title}) if window.title else HEARD
        inside = [one for one in found if one.start in window]
        yield from extracts(inside, language.say(text))


def _resources(material: Material, language: Language) -> Iterator[Sentence]:
    section = language.say(LINKS)
    for one, text in material.resources.items():
        if quotable(text):
            yield Sentence(text, "resource", (Cite(f"r:{one}", text),), section)


KIND = Assembly()
