"""Word cloud: a word or a few, gathered as people say them, weighed by distinct people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from fabrique.domain.activity import Activity, Definition, Run
from fabrique.domain.blocks import Block, Chart, Cloud, Notice, Table, Word
from fabrique.domain.count import groups
from fabrique.domain.entry import Entry
from fabrique.domain.fold_text import key
from fabrique.domain.people import People
from fabrique.domain.question import alternative, counted
from fabrique.domain.schema import Line, Part, Whole
from fabrique.domain.text import Name, Text


class Asked(Part, frozen=True):
    """How many words are asked for."""

    words: Whole = 1


class WordCloudDefinition(Definition, frozen=True, kw_only=True, tag="word_cloud"):
    """A word about something."""

    settings: Asked = Asked()


class Said(Part, frozen=True):
    """What a person says: one entry of the cloud."""

    text: Line


class Entered(Struct, frozen=True):
    """A word as kept."""

    by: str
    text: str


class Words(Struct, frozen=True):
    """The cloud on a screen: words by people, and how many entries made them."""

    cloud: Cloud
    entries: int
    people: int


class WordCloud(Activity[WordCloudDefinition, list[Entered]]):
    """Entries add; the same word said twice by one person weighs one person."""

    kind = "word_cloud"
    name = Name(fr="Nuage de mots", en="Word cloud")
    definition = WordCloudDefinition
    example = {"settings": {"words": 1}}
    verbs = {"answer": Said}
    promise = Text("Your words are shown without your name.")

    def start(self, definition: WordCloudDefinition) -> list[Entered]:
        """Start with no word."""
        return []

    def fold(
        self, definition: WordCloudDefinition, state: list[Entered], entry: Entry
    ) -> list[Entered]:
        """Add an entry."""
        state.append(Entered(entry.participant, entry.body.text))
        return state

    def answered(self, run: Run) -> set[str]:
        """Give those who said a word."""
        return {one.by for one in run.state}

    def entries(self, run: Run) -> int:
        """Count the entries."""
        return len(run.state)

    def ask(self, definition: WordCloudDefinition) -> Asked:
        """Give how many words are asked for."""
        return definition.settings

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give words with people, entries and the forms as sent, most people first."""
        return {"words": _words(run, people)}

    def shown(self, run: Run, people: People, names: Mapping[str, str]) -> Words:
        """Give the cloud."""
        return Words(_cloud(run, people), len(run.state), people.heads(self.answered(run)))

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give one's words."""
        said = [{"text": one.text} for one in run.state if one.by == participant]
        return {"answers": said, "changes": 0}

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give the picture and the sorted list, with the forms that were gathered."""
        words = _words(run, people)
        table = Table(
            caption=run.definition.title,
            head=(Text("Word"), Text("People"), Text("Entries"), Text("Written")),
            rows=tuple(
                (w["label"], str(w["people"]), str(w["entries"]), ", ".join(w["forms"]))
                for w in words
            ),
            numeric=(1, 2),
        )
        title = run.definition.title
        count = counted(people.heads(self.answered(run)), 0)
        chart = Chart(run.id, title, count, alternative(title), _cloud(run, people), table)
        gathered = Text("Words that differ by case, accents or an article are counted together.")
        return [chart, Notice(gathered)]


def _words(run: Run, people: People) -> list[dict[str, Any]]:
    same = groups((key(one.text), one) for one in run.state)
    words = [_word(entries, people) for entries in same]
    return sorted(words, key=lambda word: (-word["people"], word["label"]))


def _word(entries: list[Any], people: People) -> dict[str, Any]:
    forms = Counter(one.text for one in entries)
    # The most frequent form; at equality the most recent, so later forms come first.
    recent = dict.fromkeys(one.text for one in reversed(entries))
    return {
        "label": max(recent, key=lambda form: forms[form]),
        "people": people.heads(one.by for one in entries),
        "entries": len(entries),
        "forms": dict(forms),
    }


def _cloud(run: Run, people: People) -> Cloud:
    return Cloud(tuple(Word(word["label"], word["people"]) for word in _words(run, people)))


KIND = WordCloud()
