"""What kinds that gather contributions share: a pool, its authors, and the facilitator's acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from msgspec import structs

from fabrique.domain import moderation
from fabrique.domain.activity import Activity
from fabrique.domain.cards import count
from fabrique.domain.contributions import Contribution, Pool, gathered
from fabrique.domain.entry import Entry, Op
from fabrique.domain.moderation import Act
from fabrique.domain.paper import PAPER
from fabrique.domain.people import People
from fabrique.domain.run import Brought, Run
from fabrique.domain.stacks import LED, remember
from fabrique.domain.step import Definition, Publication
from fabrique.domain.view import View

D = TypeVar("D", bound=Definition)
TRAVEL = {**LED, **PAPER}  # what ideas and cards go through
SIGNED = frozenset({Publication.NAMES, Publication.PSEUDONYMS, Publication.ANONYMOUS})


class Pooled(Activity[D, Pool]):
    """A kind gives its own verbs, `judge` and `take`; the acts of `led` come from elsewhere."""

    led: ClassVar[Mapping[str, Act]] = TRAVEL
    facilitator_verbs = quiet = frozenset(TRAVEL)
    publication = Publication.ANONYMOUS
    publications = SIGNED
    shared = True
    gathers = goes_on = True

    def start(self, definition: D) -> Pool:
        """Start with nothing."""
        return Pool()

    def gathered(self, definition: D, brought: Sequence[Brought]) -> Pool:
        """Put up what every group wrote."""
        return gathered(brought)

    def decide(self, run: Run, op: Op, body: Any) -> Any:
        """Judge the facilitator's acts here, people's own in `judge`."""
        if act := self.led.get(op.do):
            kept = act.check(run.state, body)
            return body if kept is None else kept
        return self.judge(run, op, body)

    def fold(self, definition: D, state: Pool, entry: Entry) -> Pool:
        """Apply the facilitator's acts here, people's own in `take`."""
        if act := self.led.get(entry.verb):
            act.apply(state, entry)
        else:
            self.take(definition, state, entry)
        remember(state, entry)
        return state

    def counted(self, run: Run, screen: str) -> Any:
        """Give the figures of a screen: a frozen value the templates read."""
        return count(run, screen)

    def view(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> View:
        """Give figures for results: contributions are fragments of their own."""
        view = super().view(run, screen, people, names)
        return structs.replace(view, result=self.counted(run, screen))

    def judge(self, run: Run, op: Op, body: Any) -> Any:
        """Give the body to keep of what a person asks; raise `Refused` or `Invalid`."""
        return body

    def take(self, definition: D, state: Pool, entry: Entry) -> None:
        """Change the pool by what a person did."""

    def touched(self, run: Run, verb: str, body: Mapping[str, Any]) -> set[str]:
        """Give the author of what was hidden or shown; every author where all were shown."""
        return moderation.touched(run.state, verb, body)

    def answered(self, run: Run) -> set[str]:
        """Give those who put something up."""
        authors: set[str] = run.state.authors()
        return authors

    def entries(self, run: Run) -> int:
        """Count what people put up, hidden or not; what came from paper is counted apart."""
        return sum(not item.paper and not item.brought for item in run.state.items.values())

    def travellers(self, run: Run) -> list[Any]:
        """Give what all may see, as it stands: likes and dots were given there."""
        return [
            Contribution(one.id, one.text, one.by, origin=one.origin, lines=one.lines, at=one.at)
            for one in run.state.public()
        ]
