"""The contract of an activity: a definition, rules that say yes or no, a fold, and what is shown.

One file in `fabrique/activities` is one kind. It never sees a clock, a socket or a database: it
gets the run and the people of the room, and gives values.
"""

from __future__ import annotations

from abc import ABC
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from msgspec import Struct

from fabrique.domain.blocks import Block
from fabrique.domain.entry import Entry, Op
from fabrique.domain.listings import WHO, Rows, as_sent, by_person
from fabrique.domain.people import People
from fabrique.domain.schema import Line, Seconds
from fabrique.domain.schema import Part as Piece
from fabrique.domain.schema import Source as Address
from fabrique.domain.text import Name, Text

if TYPE_CHECKING:
    from fabrique.domain.choosing import Choosing


class Publication(StrEnum):
    """What is shown of a person's contribution: said before they type, applied when shown."""

    NAMES = "names"
    PSEUDONYMS = "pseudonyms"
    ANONYMOUS = "anonymous"
    TOTALS = "totals"


PROMISE = {
    Publication.NAMES: Text("What you write is shown with your name."),
    Publication.PSEUDONYMS: Text(
        "What you write is shown under a pseudonym, the same all along this session."
    ),
    Publication.ANONYMOUS: Text("What you write is shown without your name."),
    Publication.TOTALS: Text("Your name is not published: only totals are."),
}


class Image(Piece, frozen=True):
    """A picture shown with a step or a question, and the words for those who do not see it.

    `src` names a file of the instance (`media:…`), or holds the picture itself (`data:…`), as
    archives do to be whole; any other address is shown by its words. `small` is the same picture
    for a phone.
    """

    src: Address
    alt: Line
    small: Address | None = None


class Definition(Piece, frozen=True, kw_only=True, tag_field="kind"):
    """A kind with its settings, as prepared: the base of every kind's own definition."""

    id: Line
    title: Line
    instruction: Line | None = None
    image: Image | None = None
    seconds: Seconds | None = None  # how long it stays open, unless said otherwise on opening
    publication: Publication | None = None  # what is shown of people; None: as the kind does
    presenter_notes: Line | None = None  # for the facilitator's eyes
    scribe: bool = False  # in small groups, one record a group: only its scribe writes

    @property
    def kind(self) -> str:
        """The name of the activity's file."""
        return str(type(self).__struct_config__.tag)


class Phase(StrEnum):
    """Where a run stands."""

    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"


class Run(Struct):
    """One opening of an activity: its definition frozen, its times, and what folded into it."""

    id: str
    definition: Any  # a Definition of the kind's own type
    group: str | None
    opened_at: datetime
    state: Any  # the kind's own
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    revealed_at: datetime | None = None
    sealed: bool = False  # its results were seen: it takes no answer, even hidden again
    joined: set[str] = set()  # present at any time of the run
    staged: int = 0  # the line by which the animation last gave it the stage
    gathered: tuple[str, ...] = ()  # the groups' runs that a plenary one starts from
    before: Run | None = None  # the last opening of the step that was shown to the same people
    paced: bool = False  # open at one's own pace, until the date of the whole session

    @property
    def phase(self) -> Phase:
        """Open, closed or revealed: revealing is separate from closing."""
        if self.revealed_at:
            return Phase.REVEALED
        return Phase.CLOSED if self.closed_at else Phase.OPEN

    def allowance(self, share: float) -> timedelta:
        """Give how much longer one has who was allowed `share` more: only where time decides.

        A date is the same for all.
        """
        if (
            self.paced
            or self.closes_at is None
            or (self.closed_at and self.closed_at < self.closes_at)
        ):
            return timedelta(0)
        return (self.closes_at - self.opened_at) * share

    def accepts(self, at: datetime, grace: timedelta) -> bool:
        """Whether an answer received `at` is in time: before closing (plus grace), never shown."""
        until = min((t for t in (self.closes_at, self.closed_at) if t), default=None)
        return not self.sealed and (until is None or at < until + grace)


class Brought(Struct, frozen=True):
    """What a group brings to a plenary run: its own run, its title, and who is in it now."""

    title: str
    run: Run
    people: frozenset[str] = frozenset()


class View(Struct, frozen=True):
    """What one partial of a kind's template draws for an audience. Frozen, comparable, no leak.

    `result` is None wherever the audience may not see it yet.
    """

    run: str
    step: str
    kind: str
    title: str
    instruction: str | None
    image: Image | None
    phase: Phase
    promise: Text
    ask: Any
    result: Any
    answered: int
    joined: int
    opened_at: datetime
    closes_at: datetime | None
    longer: int  # people who have more time than others
    scribe: bool = False  # only the scribe of the group writes here
    paced: bool = False  # open until a date, not for the room


class Part(Struct, frozen=True):
    """A fragment of a screen: redrawn only when `view` changed.

    `key` is the id of its element. `within` is the id of the list that holds it, `rank` its place
    there (smallest first); without `within` it stands in the page's own order.
    """

    key: str
    partial: str
    view: Any
    within: str = ""
    rank: float = 0
    kind: str = ""  # whose template; filled in by the screen


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
