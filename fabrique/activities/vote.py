"""Vote: one grade on a scale or one option, changed at will until closing; consultative only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from fabrique.domain import sheets
from fabrique.domain.activity import Activity
from fabrique.domain.blocks import Block
from fabrique.domain.choices import Options
from fabrique.domain.choosing import Choosing, among
from fabrique.domain.comparison import alike, earlier
from fabrique.domain.entry import Entry
from fabrique.domain.labels import Label
from fabrique.domain.latest import Latest
from fabrique.domain.listings import Rows
from fabrique.domain.people import People
from fabrique.domain.question import Question, QuestionKind, Shown, answer_data
from fabrique.domain.registry import discover
from fabrique.domain.run import Brought, Run
from fabrique.domain.schema import Index, read
from fabrique.domain.schema import Part as Piece
from fabrique.domain.step import Definition
from fabrique.domain.text import Invalid, Name, Text

KINDS: Mapping[str, QuestionKind[Any, Any]] = discover("fabrique.questions")


class Scale(Piece, frozen=True):
    """A vote from 1 to `scale`."""

    scale: Annotated[
        int,
        Meta(ge=2, le=10_000),
        Label(Text("Highest grade"), Text("Empty it to vote among options instead.")),
    ]


class VoteDefinition(Definition, frozen=True, kw_only=True, tag="vote"):
    """Either a scale or options."""

    settings: Scale | None = None
    options: (
        Annotated[
            Options, Label(Text("Options, one a line"), Text("Fill them in instead of a grade."))
        ]
        | None
    ) = None

    @property
    def question(self) -> Question:
        """The one question of the vote: a rating or a single choice."""
        return _question(self)


class Ballot(Piece, frozen=True):
    """`{value}` on a scale, `{choice}` among options."""

    value: int | UnsetType | None = UNSET
    choice: tuple[Index, ...] | UnsetType = UNSET


class Asked(Struct, frozen=True):
    """The vote's question."""

    question: Any


class Vote(Activity[VoteDefinition, Latest]):
    """The last vote of each person counts, and the screen says so."""

    kind = "vote"
    name = Name(fr="Vote", en="Vote")
    about = Name(fr="Une note, ou un choix ; indicatif", en="A grade, or a choice; consultative")
    definition = VoteDefinition
    example = {"settings": {"scale": 5}}
    own_pace = True
    verbs = {"answer": Ballot}
    gathers = True

    def prepare(self, definition: VoteDefinition) -> None:
        """Refuse a vote with both a scale and options, or neither."""
        if (definition.settings is None) == (definition.options is None):
            raise Invalid(Text("A vote has either a scale or options."))

    def start(self, definition: VoteDefinition) -> Latest:
        """Start with no vote."""
        return Latest()

    def gathered(self, definition: VoteDefinition, brought: Sequence[Brought]) -> Latest:
        """Count everybody once, as they voted in the group where they are now."""
        votes = Latest()
        for one in brought:
            votes.take(one.run.state, one.people)
        return votes

    def choosing(self, definition: VoteDefinition, state: Latest) -> list[Choosing]:
        """Give the question, if it has options."""
        return list(among([(definition.question, state)]))

    def check(self, definition: VoteDefinition, body: Ballot) -> None:
        """Refuse a ballot of the other form, an option out of range, a grade off the scale."""
        _read(definition, body)

    def fold(self, definition: VoteDefinition, state: Latest, entry: Entry) -> Latest:
        """Replace the person's vote."""
        kind, answer = _read(definition, entry.body)
        kind.put(state, entry.participant, answer)
        return state

    def answered(self, run: Run) -> set[str]:
        """Give those who voted."""
        return set(run.state.current)

    def abstained(self, run: Run) -> set[str]:
        """Give those whose last vote is an abstention."""
        return KINDS[run.definition.question.kind].abstained(run.state)

    def entries(self, run: Run) -> int:
        """Count every vote, replaced ones included."""
        given: int = run.state.given
        return given

    def ask(self, definition: VoteDefinition) -> Asked:
        """Give the question."""
        return Asked(definition.question)

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give the figures of the question, and how many people changed their vote."""
        question = run.definition.question
        own = KINDS[question.kind].result(question, run.state, people)
        return own | {"revised": people.heads(run.state.revised)}

    def shown(self, run: Run, people: People, names: Mapping[str, str]) -> Shown:
        """Give the results."""
        question = run.definition.question
        return KINDS[question.kind].shown(question, run.state, people, {}, _before(run))

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give one's current vote and how many times it was changed."""
        answer = run.state.current.get(participant)
        answers = [] if answer is None else [answer_data(answer)]
        return {"answers": answers, "changes": run.state.changes.get(participant, 0)}

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give the chart, its table and its notes."""
        question = run.definition.question
        kind = KINDS[question.kind]
        return kind.blocks(run.id, question, run.state, people, {}, _before(run))

    def rows(self, run: Run, people: People, who: Mapping[str, str]) -> Rows:
        """Give each person's last vote."""
        return sheets.rows(KINDS, [(run.definition.question, run.state)], people, who)


def _before(run: Run) -> Latest | None:
    before = earlier(run)
    if before is None or not alike(before.definition.question, run.definition.question):
        return None
    found: Latest = before.state
    return found


@lru_cache(maxsize=256)
def _question(definition: VoteDefinition) -> Question:
    common = {"id": definition.id, "title": definition.title}
    own: dict[str, Any] = {"kind": "single", "options": definition.options}
    if definition.settings is not None:
        own = {"kind": "rating", "settings": {"scale": definition.settings.scale}}
    question: Question = read(common | own, KINDS[own["kind"]].question)
    return question


def _read(definition: VoteDefinition, ballot: Ballot) -> tuple[QuestionKind[Any, Any], Any]:
    question = definition.question
    kind = KINDS[question.kind]
    return kind, kind.read(question, answer_data(ballot))


KIND = Vote()
