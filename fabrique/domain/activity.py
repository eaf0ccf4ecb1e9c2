"""The contract of an activity: a definition, rules that say yes or no, a fold, and what is shown.

One file in `fabrique/activities` is one kind. It never sees a clock, a socket or a database: it
gets the run and the people of the room, and gives values.
"""

from __future__ import annotations

from abc import ABC
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from msgspec import Struct

from fabrique.domain.blocks import Block
from fabrique.domain.entry import Entry, Op
from fabrique.domain.listings import WHO, Rows, as_sent, by_person
from fabrique.domain.people import People
from fabrique.domain.run import Brought, Phase, Run
from fabrique.domain.step import PROMISE, Definition, Publication
from fabrique.domain.text import Name, Text
from fabrique.domain.view import Part, View

if TYPE_CHECKING:
    from fabrique.domain.choosing import Choosing


D = TypeVar("D", bound=Definition)
S = TypeVar("S")


class Activity(ABC, Generic[D, S]):
    """A kind of activity. The base does what all kinds share; a kind overrides what is its own."""

    kind: ClassVar[str]
    name: ClassVar[Name]
    about: ClassVar[Name | None] = None  # what it is for, in one line
    definition: ClassVar[type[Definition]]
    example: ClassVar[Mapping[str, Any]] = {}  # a definition to start from, beside id and title
    starter: ClassVar[Mapping[str, Any]] = {}  # the same, where that shows all
    verbs: ClassVar[Mapping[str, type[Struct]]] = {}  # what may be asked in a run, and its body
    kept: ClassVar[Mapping[str, type[Struct]]] = {}  # what the journal keeps, where it is more
    facilitator_verbs: ClassVar[frozenset[str]] = frozenset()
    quiet: ClassVar[frozenset[str]] = frozenset()  # those that leave the stage as it is
    publication: ClassVar[Publication] = Publication.TOTALS
    publications: ClassVar[frozenset[Publication]] = frozenset()  # that may be chosen instead
    promise: ClassVar[Text | None] = None  # said instead of the policy's own sentence
    version: ClassVar[int] = 1
    asks: ClassVar[bool] = True  # whether people answer: a pause or slides do not
    shared: ClassVar[bool] = False  # whether contributions are seen by all as they come
    scripted: ClassVar[bool] = True  # whether fabrique.script/1 has it
    always: ClassVar[bool] = False  # open from start to end, beside the running order
    writing: ClassVar[frozenset[str]] = frozenset({"answer"})  # verbs that a scribe alone has
    gathers: ClassVar[bool] = False  # whether groups' runs can be brought together in plenary
    receives: ClassVar[bool] = False  # whether what was written elsewhere can become its cards
    goes_on: ClassVar[bool] = False  # whether people add to what was brought together
    prose: ClassVar[bool] = False  # whether what is written is the text of the minutes itself
    own_pace: ClassVar[bool] = False  # whether one can answer alone, over days

    @property
    def policies(self) -> frozenset[Publication]:
        """Give what may be said here of people: its own policy, and those to choose instead."""
        return self.publications | {self.publication}

    def policy(self, definition: D) -> Publication:
        """Say what is shown of people here."""
        return definition.publication or self.publication

    def promised(self, definition: D) -> Text:
        """Say, before anybody types, what will be shown of them."""
        own = self.promise if definition.publication in (None, self.publication) else None
        return own or PROMISE[self.policy(definition)]

    def prepare(self, definition: D) -> None:
        """Check what types cannot say; raise `Invalid`. Called when a definition is read."""

    def start(self, definition: D) -> S:
        """Give the state of a run nobody has answered yet."""
        raise LookupError(self.kind)

    def upcast(self, _verb: str, _version: int, body: dict[str, Any]) -> dict[str, Any]:
        """Bring a body written by an older version to the present form."""
        return body

    def gathered(self, definition: D, brought: Sequence[Brought]) -> S:
        """Give the state of a plenary run made of what groups hold, origin kept; theirs is left."""
        return self.start(definition)

    def travellers(self, run: Run) -> list[Any]:
        """Give what people wrote, as contributions of its own that may go elsewhere."""
        return []

    def choosing(self, definition: D, state: S) -> list[Choosing]:
        """Give the questions with options, and what each person chose: for filters."""
        return []

    def check(self, definition: D, body: Any) -> None:
        """Raise `Invalid` for a body that fits its type but not this definition."""

    def decide(self, run: Run, op: Op, body: Any) -> Any:
        """Give the body to keep; raise `Refused` or `Invalid`. Must not change the run."""
        return body

    def fold(self, definition: D, state: S, entry: Entry) -> S:
        """Give the state after `entry`. The state is the fold's own: it may be changed in place."""
        return state

    def answered(self, run: Run) -> set[str]:
        """Give the participants with at least one accepted answer, abstentions included."""
        return set()

    def abstained(self, run: Run) -> set[str]:
        """Give the participants whose last answer is an abstention."""
        return set()

    def entries(self, run: Run) -> int:
        """Count the accepted contributions, replaced ones included."""
        return 0

    def ask(self, definition: D) -> Any:
        """Give what a phone needs to draw the form. Never the right answers."""
        return definition

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give the kind's own keys of fabrique.results/1 (FORMATS), plain JSON values."""
        return {}

    def totals(self, run: Run) -> dict[str, int]:
        """Give what the kind adds to the session's own figures, for kinds beside the order."""
        return {}

    def shown(self, run: Run, people: People, names: Mapping[str, str]) -> Any:
        """Give the results as drawn on a screen: a frozen value the templates read."""
        return None

    def parts(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> list[Part]:
        """Give the fragments of a screen ("phone", "stage" or "console")."""
        return [Part(run.id, screen, self.view(run, screen, people, names))]

    def view(self, run: Run, screen: str, people: People, names: Mapping[str, str]) -> View:
        """Build the common view; results only for the console, or once revealed, or shared."""
        d = run.definition
        visible = screen == "console" or self.shared or run.phase is Phase.REVEALED
        return View(
            run=run.id,
            step=d.id,
            kind=self.kind,
            title=d.title,
            instruction=d.instruction,
            image=d.image,
            phase=run.phase,
            promise=self.promised(d),
            ask=self.ask(d),
            result=self.shown(run, people, names) if visible else None,
            answered=people.heads(self.answered(run)) if screen != "phone" else 0,
            joined=people.heads(run.joined) if screen != "phone" else 0,
            opened_at=run.opened_at,
            closes_at=None if run.paced else run.closes_at,  # a date is no countdown
            longer=people.heads(people.slower()) if screen != "phone" else 0,
            scribe=d.scribe and run.group is not None,
            paced=run.paced and run.phase is Phase.OPEN,
        )

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give what this participant did here: `{"answers": [bodies], "changes": n, …}`."""
        return {"answers": [], "changes": 0}

    def touched(self, run: Run, verb: str, body: Mapping[str, Any]) -> set[str]:
        """Give those whose own words an act of the animation has just touched."""
        return set()

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give what remains in the report, after the counts that every activity has."""
        return []

    def rows(self, run: Run, people: People, who: Mapping[str, str]) -> Rows:
        """Give what was answered, line by line; `who` is what the policy lets be said of each."""
        if not self.asks:
            return Rows()

        def own(one: str) -> list[Any]:
            return as_sent(self.mine(run, one)["answers"])

        return Rows((*WHO, Text("Answer")), by_person(self.answered(run), people, who, own))
