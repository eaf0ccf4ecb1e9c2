"""Word cloud: a word or a few, gathered as people say them, weighed by distinct people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from msgspec import Struct, structs

from fabrique.domain import words
from fabrique.domain.activity import Activity
from fabrique.domain.blocks import Block, Chart, Cloud, Notice, Table, Word
from fabrique.domain.count import groups
from fabrique.domain.entry import Entry, Op
from fabrique.domain.labels import Label
from fabrique.domain.listings import WHO, Cell, Rows, by_person
from fabrique.domain.people import People
from fabrique.domain.question import alternative, counted
from fabrique.domain.run import Brought, Run
from fabrique.domain.schema import Line, Part, Whole
from fabrique.domain.step import Definition
from fabrique.domain.text import Name, Text
from fabrique.domain.view import View
from fabrique.domain.words import Entered, Sayings, mark
from fabrique.domain.written import check_written


class Asked(Part, frozen=True):
    """How many words are asked for."""

    words: Annotated[Whole, Label(Text("Words asked of each person"))] = 1


class WordCloudDefinition(Definition, frozen=True, kw_only=True, tag="word_cloud"):
    """A word about something."""

    settings: Asked = Asked()


class Said(Part, frozen=True):
    """What a person says: one entry of the cloud."""

    text: Line


class Words(Struct, frozen=True):
    """The cloud on a screen: words by people, and how many entries made them."""

    cloud: Cloud
    entries: int
    people: int


class Gathered(Struct, frozen=True):
    """A word on the console; `merged` where the facilitator put others with it."""

    mark: str
    label: str
    people: int = 0
    forms: tuple[str, ...] = ()
    merged: bool = False


class Led(Struct, frozen=True):
    """The same for the console: each word with its forms, what is hidden, what may be the same."""

    cloud: Cloud
    entries: int
    people: int
    words: tuple[Gathered, ...]
    hidden: tuple[Gathered, ...]
    variants: tuple[tuple[Gathered, Gathered], ...]


class WordCloud(Activity[WordCloudDefinition, Sayings]):
    """Entries add; the same word said twice by one person weighs one person."""

    kind = "word_cloud"
    name = Name(fr="Nuage de mots", en="Word cloud")
    about = Name(
        fr="Un mot ou quelques-uns, pesés par personnes", en="A word or a few, weighed by people"
    )
    definition = WordCloudDefinition
    example = {"settings": {"words": 1}}
    own_pace = True
    verbs = {"answer": Said, **words.BODIES}
    facilitator_verbs = quiet = frozenset(words.BODIES)
    gathers = goes_on = True
    promise = Text("Your words are shown without your name.")

    def start(self, definition: WordCloudDefinition) -> Sayings:
        """Start with no word."""
        return Sayings()

    def gathered(self, definition: WordCloudDefinition, brought: Sequence[Brought]) -> Sayings:
        """Put all the words into one cloud."""
        return Sayings([entered for one in brought for entered in one.run.state.said])

    def decide(self, run: Run, op: Op, body: Any) -> Any:
        """Refuse an entry without a word, and what is done to words nobody said."""
        if isinstance(body, Said):
            check_written(body.text)
        elif isinstance(body, words.Merge):
            words.check_merge(run.state, body)
        else:
            run.state.check(body.item)
        return body

    def fold(self, definition: WordCloudDefinition, state: Sayings, entry: Entry) -> Sayings:
        """Add an entry, or do what the facilitator asks with words."""
        if change := words.CHANGES.get(entry.verb):
            change(state, entry)
        else:
            state.said.append(Entered(entry.participant, entry.body.text))
        return state

    def answered(self, run: Run) -> set[str]:
        """Give those who said a word."""
        return {one.by for one in run.state.said}

    def entries(self, run: Run) -> int:
        """Count the entries."""
        return len(run.state.said)

    def ask(self, definition: WordCloudDefinition) -> Asked:
        """Give how many words are asked for."""
        return definition.settings

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give words with people, entries and the forms as sent, most people first."""
        hidden = len(_hidden(run, people))
        return {"words": _words(run, people), **({"hidden": hidden} if hidden else {})}

    def shown(self, run: Run, people: People, names: Mapping[str, str]) -> Words:
        """Give the cloud."""
        return Words(_cloud(run, people), len(run.state.said), people.heads(self.answered(run)))

    def view(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> View:
        """Give the console what it needs to put words together."""
        view = super().view(run, screen, people, names)
        if screen != "console":
            return view
        each = {one["label"]: _gathered(run, one) for one in _words(run, people)}
        hidden = tuple(_gathered(run, one) for one in _hidden(run, people))
        near = tuple((each[one], each[other]) for one, other in words.variants(each))
        shown = view.result
        gathered = tuple(each.values())
        led = Led(shown.cloud, shown.entries, shown.people, gathered, hidden, near)
        return structs.replace(view, result=led)

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give one's words."""
        said = [{"text": one.text} for one in run.state.said if one.by == participant]
        return {"answers": said, "changes": 0}

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give the picture and the sorted list, with the forms that were gathered."""
        found = _words(run, people)
        table = Table(
            caption=run.definition.title,
            head=(Text("Word"), Text("People"), Text("Entries"), Text("Written")),
            rows=tuple(
                (w["label"], str(w["people"]), str(w["entries"]), ", ".join(w["forms"]))
                for w in found
            ),
            numeric=(1, 2),
        )
        title = run.definition.title
        count = counted(people.heads(self.answered(run)), 0)
        chart = Chart(run.id, title, count, alternative(title), _cloud(run, people), table)
        gathered = Text("Words that differ by case, accents or an article are counted together.")
        n = len(_hidden(run, people))
        hidden = Text(
            "{n} word was hidden by the facilitator.",
            {"n": n},
            "{n} words were hidden by the facilitator.",
        )
        return [chart, Notice(gathered), *([Notice(hidden)] if n else [])]

    def rows(self, run: Run, people: People, who: Mapping[str, str]) -> Rows:
        """Give every entry, and the word it is counted as."""
        labels = {form: word["label"] for word in _each(run, people) for form in word["forms"]}
        said: dict[str, list[tuple[Cell, ...]]] = {}
        for one in run.state.said:
            said.setdefault(one.by, []).append((one.text, labels[one.text]))
        head = (*WHO, Text("Written"), Text("Counted as"))
        return Rows(head, by_person(said, people, who, said.__getitem__))


def _words(run: Run, people: People) -> list[dict[str, Any]]:
    return [one for one in _each(run, people) if not _is_hidden(run, one)]


def _hidden(run: Run, people: People) -> list[dict[str, Any]]:
    return [one for one in _each(run, people) if _is_hidden(run, one)]


def _is_hidden(run: Run, word: dict[str, Any]) -> bool:
    return _mark(run, word) in run.state.hidden


def _mark(run: Run, word: dict[str, Any]) -> str:
    found: str = run.state.top(mark(word["label"]))
    return found


def _gathered(run: Run, word: dict[str, Any]) -> Gathered:
    forms = tuple(word["forms"])
    merged = len(set(map(mark, forms))) > 1
    return Gathered(_mark(run, word), word["label"], word["people"], forms, merged)


def _each(run: Run, people: People) -> list[dict[str, Any]]:
    same = groups((run.state.top(mark(one.text)), one) for one in run.state.said)
    found = [_word(entries, people) for entries in same]
    return sorted(found, key=lambda word: (-word["people"], word["label"]))


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
