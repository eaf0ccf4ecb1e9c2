"""Challenge (défi): everybody may try; the first right answer by the server's clock wins.

Equal times share the win (live-activities 3.9). Nothing says who is right before the reveal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Annotated, Any

from msgspec import Meta, Struct

from fabrique.domain import tries
from fabrique.domain.accepted import Form, matches, parse
from fabrique.domain.activity import Activity
from fabrique.domain.blocks import Block, Fact, Facts, Items
from fabrique.domain.count import number, percent
from fabrique.domain.entry import Entry, Op
from fabrique.domain.labels import Label
from fabrique.domain.listings import Rows
from fabrique.domain.people import People
from fabrique.domain.run import Brought, Run
from fabrique.domain.schema import Line, Part, Whole
from fabrique.domain.step import Definition, Publication
from fabrique.domain.text import Invalid, Name, Refused, Text, Words
from fabrique.domain.tries import Try, first_right, listed, median_seconds, right, winners

NAMELESS = Text("somebody without a name")


class Rules(Part, frozen=True):
    """What is asked for, what is right, and how many attempts each person has."""

    answer: Annotated[
        Form,
        Label(
            Text("What people write"),
            choices={"date": Text("A date"), "text": Text("Words"), "number": Text("A number")},
        ),
    ]
    accepted: Annotated[tuple[Line, ...], Label(Text("Right answers, one a line"))]
    tolerance: Annotated[
        float, Meta(ge=0), Label(Text("How far a number may be from the right one"))
    ] = 0
    attempts: Annotated[Whole, Label(Text("Attempts each"), Text("Empty: no limit."))] | None = None
    placeholder: Annotated[Line, Label(Text("Example shown in the empty field"))] | None = None


class ChallengeDefinition(Definition, frozen=True, kw_only=True, tag="challenge"):
    """A question with right answers."""

    settings: Rules


class Attempt(Part, frozen=True):
    """What a person typed."""

    text: Line


class Ask(Struct, frozen=True):
    """What a phone needs: never what is accepted."""

    answer: Form
    attempts: int | None
    placeholder: str | None


class Outcome(Struct, frozen=True):
    """Who won, after how many seconds, and what was right."""

    accepted: tuple[str, ...]
    winners: tuple[Words, ...]
    seconds: float | None
    attempts: int
    right: int
    answered: int
    joined: int


class Challenge(Activity[ChallengeDefinition, list[Try]]):
    """Every attempt is kept, those after the winner too."""

    kind = "challenge"
    name = Name(fr="Défi", en="Challenge")
    about = Name(fr="La première bonne réponse gagne", en="The first right answer wins")
    definition = ChallengeDefinition
    example = {"settings": {"answer": "number", "accepted": ["1789"], "attempts": 3}}
    verbs = {"answer": Attempt}
    gathers = True
    publication = Publication.NAMES
    publications = frozenset({Publication.PSEUDONYMS, Publication.ANONYMOUS})
    promise = Text("Only the name of whoever wins is shown.")

    def prepare(self, definition: ChallengeDefinition) -> None:
        """Refuse a right answer that the challenge itself could not read."""
        rules = definition.settings
        for place, accepted in enumerate(rules.accepted):
            if parse(rules.answer, accepted) is None:
                what = {"text": accepted, "form": rules.answer}
                where = f".settings.accepted[{place}]"
                raise Invalid(Text("“{text}” cannot be read as a {form}.", what), where)

    def start(self, definition: ChallengeDefinition) -> list[Try]:
        """Start with no attempt."""
        return []

    def gathered(self, definition: ChallengeDefinition, brought: Sequence[Brought]) -> list[Try]:
        """Compare all the attempts, each by the time since its own group began."""
        each = (tries.brought(one.run.opened_at, one.run.state) for one in brought)
        return list(chain.from_iterable(each))

    def decide(self, run: Run, op: Op, body: Attempt) -> Attempt:
        """Refuse once the attempts are used up."""
        limit = run.definition.settings.attempts
        if limit is not None and _attempts(run, op.participant) >= limit:
            raise Refused("attempts", Text("You have used all your attempts."))
        return body

    def fold(self, definition: ChallengeDefinition, state: list[Try], entry: Entry) -> list[Try]:
        """Keep an attempt, judged."""
        text = entry.body.text
        state.append(Try(entry.participant, entry.at, text, _is_right(definition.settings, text)))
        return state

    def answered(self, run: Run) -> set[str]:
        """Give those who tried."""
        return {one.by for one in run.state}

    def entries(self, run: Run) -> int:
        """Count the attempts."""
        return len(run.state)

    def ask(self, definition: ChallengeDefinition) -> Ask:
        """Give the form of the answer, never the answer."""
        rules = definition.settings
        return Ask(rules.answer, rules.attempts, rules.placeholder)

    def result(self, run: Run, people: People) -> dict[str, Any]:
        """Give winners, seconds of the first right answer, attempts and participation."""
        first = first_right(run.opened_at, run.state)
        return {
            "attempts": len(run.state),
            "right": people.heads(right(run.state)),
            "winners": winners(run.opened_at, run.state),
            "seconds": None if first is None else number(first),
            "participation_percent": percent(
                people.heads(self.answered(run)), people.heads(run.joined)
            ),
        }

    def shown(self, run: Run, people: People, names: Mapping[str, str]) -> Outcome:
        """Give the outcome; only winners are named."""
        result = self.result(run, people)
        return Outcome(
            accepted=run.definition.settings.accepted,
            winners=tuple(names.get(one) or NAMELESS for one in result["winners"]),
            seconds=result["seconds"],
            attempts=result["attempts"],
            right=result["right"],
            answered=people.heads(self.answered(run)),
            joined=people.heads(run.joined),
        )

    def mine(self, run: Run, participant: str) -> dict[str, Any]:
        """Give one's attempts; right or wrong only once revealed."""
        tries = [one for one in run.state if one.by == participant]
        own: dict[str, Any] = {"answers": [{"text": one.text} for one in tries], "changes": 0}
        if run.revealed_at:
            own["right"] = any(one.right for one in tries)
        return own

    def blocks(self, run: Run, people: People, names: Mapping[str, str]) -> list[Block]:
        """Give the right answers, the winners and the figures."""
        shown = self.shown(run, people, names)
        facts = [
            Fact(Text("Won by"), _listed(shown.winners)),
            Fact(Text("Attempts"), str(shown.attempts)),
            Fact(Text("Right answers"), str(shown.right)),
        ]
        if shown.seconds is not None:
            facts.append(Fact(Text("First right answer after"), _span(shown.seconds)))
            median = median_seconds(run.opened_at, run.state)
            facts.append(Fact(Text("Median time of right answers"), _span(median)))
        return [Items(shown.accepted), Facts(tuple(facts))]

    def rows(self, run: Run, people: People, who: Mapping[str, str]) -> Rows:
        """Give every attempt; unsigned, for the winner's name would tell who is who elsewhere."""
        return listed(run.opened_at, run.state)


def _is_right(rules: Rules, text: str) -> bool:
    tolerance = Fraction(str(rules.tolerance))
    return any(matches(rules.answer, text, one, tolerance) for one in rules.accepted)


def _attempts(run: Run, participant: str) -> int:
    return sum(one.by == participant for one in run.state)


def _listed(winners: tuple[Words, ...]) -> Words:
    named = [one for one in winners if isinstance(one, str)]
    names, n = ", ".join(named), len(winners) - len(named)
    if not n:
        return names or Text("nobody")
    others = Text("{n} person without a name", {"n": n}, "{n} people without a name")
    return Text("{names}, {others}", {"names": names, "others": others}) if names else others


def _span(seconds: float) -> Text:
    return Text("{seconds} s", {"seconds": round(Decimal(str(seconds)), 1).normalize()})


KIND = Challenge()
