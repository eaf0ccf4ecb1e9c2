"""Ideas with likes: a list everybody adds to and supports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fabrique.domain import cards, dots, ideas_report, moderation, paper, stacks
from fabrique.domain.blocks import Block, Heading, Items, Paragraph
from fabrique.domain.contributions import Contribution, Pool, listed, with_origin
from fabrique.domain.count import groups
from fabrique.domain.dots import Budget, Dots
from fabrique.domain.entry import Entry, Op
from fabrique.domain.fold_text import stems
from fabrique.domain.listings import Rows
from fabrique.domain.people import People
from fabrique.domain.pooled import Pooled
from fabrique.domain.run import Run
from fabrique.domain.schema import Line
from fabrique.domain.schema import Part as Piece
from fabrique.domain.step import Definition
from fabrique.domain.text import Name, Text
from fabrique.domain.view import Part
from fabrique.domain.written import check_written


class Settings(Piece, frozen=True):
    """Whether ideas can be liked, and wait until the facilitator has read them."""

    likes: bool = False
    review: bool = False
    dots: Budget = 0


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


class Ideas(Pooled[IdeasDefinition]):
    """Ideas add; a like is one person's, given or taken back."""

    kind = "ideas"
    name = Name(fr="Idées", en="Ideas")
    about = Name(
        fr="Une liste que chacun·e complète et soutient", en="A list everybody adds to and supports"
    )
    definition = IdeasDefinition
    example = {"settings": {"likes": True}}
    own_pace = True
    verbs = {"answer": Idea, "like": Like, "dots": Dots, **moderation.bodies(Pooled.led)}
    kept = {"answer": KeptIdea, **paper.KEPT}
    receives = True

    def judge(self, run: Run, op: Op, body: Any) -> Any:
        """Give an id to an idea that says something; refuse to like one's own."""
        if isinstance(body, Like):
            likes = run.definition.settings.likes
            run.state.check_like(body.idea, op.participant, allowed=likes)
            return body
        if isinstance(body, Dots):
            dots.check(run.state, op.participant, body, run.definition.settings.dots)
            return body
        given = run.state.check_new(body.id)
        return KeptIdea(given, check_written(body.text), body.id is None)

    def take(self, definition: IdeasDefinition, state: Pool, entry: Entry) -> None:
        """Put up an idea, or toggle a like."""
        body = entry.body
        if isinstance(body, Like):
            state.toggle(body.idea, entry.participant)
        elif isinstance(body, Dots):
            dots.place(state, entry)
        else:
            held, lines = definition.settings.review, [entry.seq]
            idea = Contribution(body.id, body.text, entry.participant, lines=lines, held=held)
            idea.at = entry.at
            state.add(idea, numbered=body.numbered)

    def ask(self, definition: IdeasDefinition) -> Settings:
        """Give whether ideas can be liked."""
        return definition.settings

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give the ideas in order of time, and groups of those that say the same."""
        ideas = run.state.public()
        same = groups((stems(idea.text), idea.id) for idea in ideas)
        return {
            "ideas": [self._figures(i, people) for i in ideas],
            "duplicates": [group for group in same if len(group) > 1],
            **stacks.figures(run.state, people),
            **moderation.figures(run.state),
        }

    def _figures(self, idea: Contribution, people: People) -> dict[str, Any]:
        own = {"id": idea.id, "text": idea.text, "by": idea.by, "likes": people.heads(idea.likes)}
        if idea.dots:
            own["dots"] = dots.total([idea], people)
        return with_origin(own, idea)

    def counted(self, run: Run, screen: str) -> cards.Count:
        """Give the number of ideas; the ideas themselves are fragments of their own."""
        return cards.count(run, screen, likes=run.definition.settings.likes)

    def parts(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> list[Part]:
        """Give the form, then each idea; on stage and console the most liked come first."""
        head = Part(run.id, screen, self.view(run, screen, people, names))
        ideas = enumerate(cards.seen(run, screen))
        liked = screen != "phone" and run.definition.settings.likes
        # The order of phones is made in the browser, random per viewer against first-come bias.
        pool = run.state
        ranks = (
            (n - 100_000 * (people.heads(stacks.likers(pool, _top(pool, i))) if liked else 0), i)
            for n, i in ideas
        )
        place = f"{run.id}:list"
        return [head, *(cards.part(run, i, screen, people, names, (place, n)) for n, i in ranks)]

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give one's ideas and likes."""
        own = run.state.own(participant)
        return {
            "answers": [cards.own(idea) for idea in own],
            "changes": 0,
            "likes": run.state.liked_by(participant),
            **({"dots": dots.own(run.state, participant)} if run.definition.settings.dots else {}),
        }

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give the ideas, most supported first, and those that say the same."""
        result = self.result(run, people)
        found = [*ideas_report.table(run, people, names), *moderation.notices(run.state)]
        if result["duplicates"]:
            texts = {idea["id"]: idea["text"] for idea in result["ideas"]}
            same = tuple(" · ".join(texts[i] for i in group) for group in result["duplicates"])
            said = Text("These ideas have the same words; each is kept and counted as it was sent.")
            found += [Heading(Text("Said more than once")), Paragraph(said), Items(same)]
        return found

    def rows(self, run: Run, people: People, who: Mapping[str, str]) -> Rows:
        """Give every idea with its author and its likes."""
        return listed((Text("Idea"),), run.state, lambda idea: (idea.text,), people, who)


def _top(pool: Pool, idea: Contribution) -> Contribution:
    return pool.items.get(idea.onto, idea)


KIND = Ideas()
