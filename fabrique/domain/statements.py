"""The figures of a report as sentences: what an assembled draft says, and what is checked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial, reduce

from msgspec import Struct, structs

from fabrique.domain.blocks import (
    Block,
    Chart,
    Cloud,
    Fact,
    Facts,
    Heading,
    Notice,
    Section,
    Table,
    Wall,
)
from fabrique.domain.language import Language
from fabrique.domain.quantities import numbers
from fabrique.domain.text import Text, Words

SHOWN = 12  # words of a cloud that a sentence tells
SAID = Text("“{title}”: {figures}.")


Row = tuple[str, str]  # what is counted, and its figures


class Statement(Struct, frozen=True):
    """A sentence of figures, and what each of them counts."""

    text: str
    rows: tuple[Row, ...] = ()
    title: str = ""
    rest: str = ""  # what it says beside its rows: how many answered in all
    people: bool = False  # who was asked and answered, and nothing of what

    def says_no_more_than(self, head: Statement, after: Statement) -> bool:
        """Whether what it counts is told by the figures around it, or is nobody."""
        if not self.people or after.people or after.title != self.title:
            return False
        told = {"0", *numbers(after.rest), *(figures for _, figures in head.rows[:1])}
        return all(figures in told for _, figures in self.rows)


def statements(section: Section, language: Language) -> tuple[Statement, ...]:
    """Give a section's figures, each under the question that it answers."""
    title = language.say(section.title)
    found: list[Statement] = []
    for block in section.blocks:
        if isinstance(block, Heading):
            title = language.say(block.text)
        elif told := _statement(block, title, language):
            found.append(told)
    return tuple(found)


def _statement(block: Block, title: str, language: Language) -> Statement | None:
    match block:
        case Facts():
            rows = [(language.say(one.label), language.say(one.value)) for one in block.facts]
            told = _told(title, rows, "", language)
            return structs.replace(told, people=True) if told else None
        case Chart():
            return _chart(block, language)
        case Table() if block.numeric:
            return _told(language.say(block.caption), [*_rows(block, language)], "", language)
        case Notice() if isinstance(block.text, Text) and block.text.params:
            return _told(title, [], language.say(block.text).rstrip("."), language)
    return None


def _chart(chart: Chart, language: Language) -> Statement | None:
    match chart.drawing:
        case Wall():
            rows = []
        case Cloud():
            said = chart.drawing.words[:SHOWN]
            rows = [(word.label, language.figure(word.people)) for word in said]
        case _:
            rows = list(_rows(chart.table, language))
    return _told(language.say(chart.title), rows, language.say(chart.count), language)


def _told(title: str, rows: Sequence[Row], rest: str, language: Language) -> Statement | None:
    parts = [language.pair(label, figures) for label, figures in rows]
    told = list(filter(None, (*parts, rest)))
    if not told:
        return None
    figures = reduce(partial(_joined, language), told)
    text = language.say(Text(SAID.msgid, {"title": title, "figures": figures}))
    return Statement(text, tuple(rows), title, rest)


def below(title: str, text: str, language: Language) -> str:
    """Give a statement as it is read under that very title, which it does not say again."""
    said = language.say(Text(SAID.msgid, {"title": title, "figures": "0"}))
    return text.removeprefix(said.removesuffix("0."))


def _rows(table: Table, language: Language) -> Iterator[Row]:
    heads = [language.say(one) for one in table.head]
    # A place before what is ranked is no name; of grades, the figure is one.
    label = next((n for n in range(len(heads)) if n not in table.numeric), 0)
    for row in table.rows:
        cells = [language.say(cell) for cell in row]
        figures = [(heads[n], cells[n]) for n in table.numeric if n > label]
        if figures:
            yield cells[label], _figures(figures)


def _figures(figures: Sequence[Row]) -> str:
    (_, first), *others = figures
    if not others:
        return first
    if len(others) == 1 and others[0][1].endswith("%"):
        return f"{first} ({others[0][1]})"
    return ", ".join(cell if _worded(cell) else f"{head} {cell}" for head, cell in figures)


def _worded(cell: str) -> bool:
    return any(sign.isalpha() for sign in cell)


def _joined(language: Language, one: str, other: str) -> str:
    return language.say(Text("{one}; {other}", {"one": one, "other": other}))


def words_of(section: Section) -> Iterator[Words]:
    """Give every text of a section: what people wrote, and the titles of what was asked."""
    yield section.title
    for block in section.blocks:
        yield from _leaves(block)


def _leaves(value: object) -> Iterator[Words]:
    if isinstance(value, str | Text):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, Struct) and not isinstance(value, Fact):
        for name in value.__struct_fields__:
            if name not in ("id", "src", "alt"):
                yield from _leaves(getattr(value, name))
