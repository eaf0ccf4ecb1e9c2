"""Ideas with likes: a list everybody adds to and supports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from fabrique.domain.activity import Activity, Definition, Part, Publication, Run
from fabrique.domain.blocks import Block, Heading, Items, Paragraph, Table
from fabrique.domain.contributions import ITEM, Contribution, Pool
from fabrique.domain.count import groups
from fabrique.domain.entry import Entry, Op
from fabrique.domain.fold_text import stems
from fabrique.domain.people import People
from fabrique.domain.schema import Line
from fabrique.domain.schema import Part as Piece
from fabrique.domain.text import Name, Text


class Settings(Piece, frozen=True):
    """Whether ideas can be liked."""

    likes: bool = False


class IdeasDefinition(Definition, frozen=True, kw_only=True, tag="ideas"):
    """A question that gathers ideas."""

    settings: Settings = Settings()


class Idea(Piece, frozen=True):
    """A new idea; the room gives it an id if it has none."""

    text: Line
    id: Line | None = None


class KeptIdea(Piece, frozen=True):
    """An idea as the journal keeps it; `numbered` when the room gave the id."""

    id: Line
    text: Line
    numbered: bool


class Like(Piece, frozen=True):
    """Like an idea, or take it back."""

    idea: Line


class Shown(Struct, frozen=True):
    """An idea on a screen; `likes` is None where there are none."""

    id: str
    text: str
    likes: int | None


class Gathered(Struct, frozen=True):
    """How many ideas there are, and whether they can be liked."""

    ideas: int
    likes: bool


class Ideas(Activity[IdeasDefinition, Pool]):
    """Ideas add; a like is one person's, given or taken back."""

    kind = "ideas"
    name = Name(fr="Idées", en="Ideas")
    definition = IdeasDefinition
    example = {"settings": {"likes": True}}
    verbs = {"answer": Idea, "like": Like}
    kept = {"answer": KeptIdea}
    publication = Publication.ANONYMOUS
    shared = True

    def start(self, definition: IdeasDefinition) -> Pool:
        """Start with no idea."""
        return Pool()

    def decide(self, run: Run, op: Op, body: Any) -> Any:
        """Give an id to an idea; refuse to like one's own."""
        if isinstance(body, Like):
            likes = run.definition.settings.likes
            run.state.check_like(body.idea, op.participant, allowed=likes)
            return body
        return KeptIdea(run.state.check_new(body.id), body.text, body.id is None)

    def fold(self, definition: IdeasDefinition, state: Pool, entry: Entry) -> Pool:
        """Put up an idea, or toggle a like."""
        body = entry.body
        if isinstance(body, Like):
            state.toggle(body.idea, entry.participant)
        else:
            idea = Contribution(body.id, body.text, entry.participant)
            state.add(idea, numbered=body.numbered)
        return state

    def answered(self, run: Run) -> set[str]:
        """Give those who put up an idea."""
        authors: set[str] = run.state.authors()
        return authors

    def entries(self, run: Run) -> int:
        """Count the ideas."""
        return len(run.state.items)

    def ask(self, definition: IdeasDefinition) -> Settings:
        """Give whether ideas can be liked."""
        return definition.settings

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give the ideas in order of time, and groups of those that say the same."""
        ideas = list(run.state.items.values())
        same = groups((stems(idea.text), idea.id) for idea in ideas)
        return {
            "ideas": [
                {"id": i.id, "text": i.text, "by": i.by, "likes": people.heads(i.likes)}
                for i in ideas
            ],
            "duplicates": [group for group in same if len(group) > 1],
        }

    def shown(self, run: Run, people: People, names: Mapping[str, str]) -> Gathered:
        """Give the number of ideas; the ideas themselves are fragments of their own."""
        return Gathered(len(run.state.items), run.definition.settings.likes)

    def parts(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> list[Part]:
        """Give the form, then each idea; on stage and console the most liked come first."""
        head = Part(run.id, screen, self.view(run, screen, people, names))
        items = enumerate(run.state.items.values())
        return [head, *(self._part(run, idea, n, screen, people) for n, idea in items)]

    def _part(self, run: Run, idea: Contribution, n: int, screen: str, people: People) -> Part:
        likes = people.heads(idea.likes) if run.definition.settings.likes else None
        # The order of phones is made in the browser, random per viewer against first-come bias.
        rank = n if screen == "phone" else n - 100_000 * (likes or 0)
        view = Shown(idea.id, idea.text, likes)
        return Part(f"{run.id}:{ITEM}:{idea.id}", "item", view, f"{run.id}:list", rank)

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give one's ideas and likes."""
        own = [i for i in run.state.items.values() if i.by == participant]
        return {
            "answers": [{"id": idea.id, "text": idea.text} for idea in own],
            "changes": 0,
            "likes": run.state.liked_by(participant),
        }

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give the ideas, most liked first when likes were on, and those that say the same."""
        result = self.result(run, people)
        found: list[Block] = [_listing(run, result["ideas"])]
        if result["duplicates"]:
            texts = {idea["id"]: idea["text"] for idea in result["ideas"]}
            same = tuple(" · ".join(texts[i] for i in group) for group in result["duplicates"])
            said = Text("These ideas have the same words; each is kept and counted as it was sent.")
            found += [Heading(Text("Said more than once")), Paragraph(said), Items(same)]
        return found


def _listing(run: Run, ideas: list[dict[str, Any]]) -> Block:
    if not run.definition.settings.likes:
        return Items(tuple(idea["text"] for idea in ideas))
    ranked = sorted(ideas, key=lambda idea: -idea["likes"])
    rows = tuple((idea["text"], str(idea["likes"])) for idea in ranked)
    return Table(run.definition.title, (Text("Idea"), Text("Likes")), rows, (1,))


KIND = Ideas()
