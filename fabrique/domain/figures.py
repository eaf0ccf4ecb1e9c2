"""The figures of a sentence that cites an activity: those of the journal, or it is blocked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from fabrique.domain.claims import fold
from fabrique.domain.minutes import Sentence
from fabrique.domain.quantities import numbers
from fabrique.domain.sources import Source, Sources, quotable
from fabrique.domain.statements import Row, Statement

CLAUSES = re.compile(r"[;\n]|[,.](?=\s)")
DIGITS = re.compile(r"\d+")
WORD = re.compile(r"[^\W_]+")


def told(sentence: Sentence, sources: Sources) -> bool:
    """Whether a sentence without any quote has a figure: what else it says could not be checked."""
    if numbers(sentence.text) or any(quotable(cite.quote) for cite in sentence.cites):
        return True
    cited = [sources.others[cite.ref] for cite in sentence.cites if cite.ref in sources.others]
    own = {fold(one.text) for source in cited for one in source.statements}
    return fold(sentence.text) in own


def wrong(sentence: Sentence, sources: Sources) -> list[tuple[str, dict[str, str]]]:
    """Give the first figure that the journal does not give; nothing where there is none."""
    cited = [
        source
        for cite in sentence.cites
        if (source := sources.others.get(cite.ref)) and source.statements
    ]
    quotes = [cite.quote for cite in sentence.cites if cite.quote]
    if not cited:
        return []
    others = [one for cite in sentence.cites if (one := _text(cite.ref, sources)) is not None]
    number = next(_wrong(_without(sentence.text, quotes), cited, others), None)
    return [] if number is None else [("figures", {"number": number})]


def _text(ref: str, sources: Sources) -> str | None:
    """Give what else the sentence cites: a number may come from there."""
    place = sources.place(ref)
    if place is not None:
        return sources.turn(place).around
    source = sources.others.get(ref)
    return source.text if source and not source.statements else None


def _without(text: str, told: Iterable[str]) -> str:
    """Leave out what is quoted, whatever its case and its punctuation."""
    for one in sorted(told, key=len, reverse=True):
        if words := WORD.findall(one):
            pattern = r"(?<!\w)" + r"[\W_]+".join(map(re.escape, words)) + r"(?!\w)"
            text = re.sub(pattern, " ", text, flags=re.IGNORECASE)
    return text


def _wrong(text: str, cited: Sequence[Source], others: Sequence[str]) -> Iterator[str]:
    told = [one for source in cited for one in source.statements]
    mine = _masked(text)
    same = [one for one in told if _masked(one.text) == mine]
    if any(numbers(one.text) == numbers(text) for one in same):
        return
    if same:  # our own sentence, and another figure in it
        yield next(_changed(text, same[0]))
        return
    rows = [row for one in told for row in one.rows]
    right = {number for other in others for number in numbers(other)}
    right |= {number for one in told for number in _beside(one)}
    bound = _named(text, rows) or rows
    for clause in CLAUSES.split(text):
        of_rows = _named(clause, rows) or bound
        counted = {number for _, figures in of_rows for number in numbers(figures)}
        bare = _without(clause, [label for label, _ in of_rows if numbers(label) and _wordy(label)])
        yield from (one for one in numbers(bare) if one not in right | counted)


def _beside(statement: Statement) -> Counter[str]:
    """Give the numbers of a statement that are no row's: how many answered in all."""
    of_rows = (f"{label} ; {figures}" for label, figures in statement.rows)
    return Counter(numbers(statement.text)) - Counter(
        number for row in of_rows for number in numbers(row)
    )


def _named(text: str, rows: Sequence[Row]) -> list[Row]:
    """Give the rows whose label a text names: its figures are theirs, not those of their like."""
    told = f" {fold(text)} "
    return [row for row in rows if _wordy(row[0]) and f" {fold(row[0])} " in told]


def _wordy(label: str) -> bool:
    return any(sign.isalpha() for sign in label)


def _changed(text: str, statement: Statement) -> Iterator[str]:
    mine, theirs = numbers(text), numbers(statement.text)
    yield from (one for one, other in zip(mine, theirs, strict=False) if one != other)
    yield mine[-1] if mine else "0"


def _masked(text: str) -> str:
    return DIGITS.sub("0", fold(text))
