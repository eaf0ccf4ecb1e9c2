"""Ranking by preference, complete or of the first few; ties are shown as ties.

Order by mean rank, an unranked option taking the mean of the ranks that remain: the average of
remaining points of live-activities 3.4, which agrees with the pairwise count on its test ballots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from msgspec import Meta

from fabrique.domain.blocks import Bar, Bars, Table
from fabrique.domain.choices import Options, check_indexes
from fabrique.domain.count import groups, half_up
from fabrique.domain.labels import Label
from fabrique.domain.latest import Latest
from fabrique.domain.listings import Cell
from fabrique.domain.people import People
from fabrique.domain.question import Question, QuestionKind
from fabrique.domain.schema import Index, Part, read
from fabrique.domain.text import Invalid, Name, Text, Words

Ballots = Sequence[tuple[tuple[int, ...], int]]  # (order, people) of those who ranked something


class Top(Part, frozen=True):
    """With `top`, a ballot ranks at most that many options; without, all of them."""

    top: (
        Annotated[int, Meta(ge=1), Label(Text("Options to rank"), Text("Empty: all of them."))]
        | None
    ) = None


class RankingQuestion(Question, frozen=True, kw_only=True, tag="ranking"):
    """Options to put in order, best first."""

    options: Options
    settings: Top = Top()


class Order(Part, frozen=True):
    """Indexes of options, best first."""

    order: tuple[Index, ...]


class Ranking(QuestionKind[RankingQuestion, Order]):
    """Mean ranks, first places, ties, and the pairwise winner."""

    kind = "ranking"
    name = Name(fr="Classement", en="Ranking")
    about = Name(fr="Des options à mettre en ordre", en="Options to put in order")
    question = RankingQuestion
    example = {"options": ["A", "B", "C"], "settings": {"top": 2}}

    def read(self, question: RankingQuestion, data: Mapping[str, Any]) -> Order:
        """Read `{order: [index]}`: a permutation, or at most `top` options."""
        answer = read(dict(data), Order)
        check_indexes(answer.order, question.options, ".order")
        top = question.settings.top
        if top is None and len(answer.order) < len(question.options):
            raise Invalid(Text("Every option must be ranked."), ".order")
        if top is not None and len(answer.order) > top:
            raise Invalid(Text("At most {n} options can be ranked.", {"n": top}), ".order")
        return answer

    def abstains(self, answer: Order) -> bool:
        """Say that ranking nothing is an abstention."""
        return not answer.order

    def result(self, question: RankingQuestion, latest: Latest, people: People) -> dict[str, Any]:
        """Give the order, its ties, mean ranks, first places and the pairwise winner."""
        ballots = _ballots(latest, people)
        ranks = mean_ranks(ballots, len(question.options))
        order = sorted(range(len(ranks)), key=lambda i: (ranks[i] or 0, i))
        return {
            "order": order,
            "ties": [group for group in groups((ranks[i], i) for i in order) if len(group) > 1],
            "mean_rank": [None if rank is None else half_up(rank, 2) for rank in ranks],
            "first_places": _first_places(ballots, len(ranks)),
            "pairwise_winner": pairwise_winner(ballots, len(ranks)),
        }

    def drawing(self, question: RankingQuestion, latest: Latest, people: People) -> Bars:
        """Draw options best first: the better the mean rank, the longer the bar."""
        result = self.result(question, latest, people)
        size = len(question.options)
        bars = []
        for index in result["order"]:
            rank = result["mean_rank"][index]
            length = size + 1 - float(rank) if rank is not None else 0
            bars.append(Bar(question.options[index], length, _rank(rank), _firsts(result, index)))
        return Bars(tuple(bars), size)

    def table(self, question: RankingQuestion, latest: Latest, people: People) -> Table:
        """Give place, mean rank and first places, best first; equal options share a place."""
        result = self.result(question, latest, people)
        return Table(
            caption=question.title,
            head=(Text("Place"), Text("Option"), Text("Mean rank"), Text("First places")),
            rows=tuple(
                (
                    str(place),
                    question.options[i],
                    _rank(result["mean_rank"][i]),
                    str(result["first_places"][i]),
                )
                for i, place in _places(result)
            ),
            numeric=(0, 2, 3),
        )

    def columns(self, question: RankingQuestion) -> tuple[Words, ...]:
        """Give a column an option."""
        return tuple(f"{question.title} [{option}]" for option in question.options)

    def cells(self, question: RankingQuestion, answer: Order) -> tuple[Cell, ...]:
        """Give the place of each option that was ranked, 1 the best."""
        places = {index: place for place, index in enumerate(answer.order, 1)}
        return tuple(map(places.get, range(len(question.options))))

    def notes(self, question: RankingQuestion, latest: Latest, people: People) -> tuple[Text, ...]:
        """Say the rule, the ties, and warn when the pairwise winner is another option."""
        result = self.result(question, latest, people)
        winner = result["pairwise_winner"]
        notes = [Text("Ordered by mean rank: 1 is the best.")]
        if result["ties"] and latest.current:
            notes.append(Text("Options with the same mean rank share a place."))
        if winner is not None and winner != result["order"][0]:
            label = question.options[winner]
            notes.append(
                Text("One against one, “{label}” beats every other option.", {"label": label})
            )
        return tuple(notes)


def mean_ranks(ballots: Ballots, size: int) -> list[Fraction | None]:
    """Give the mean rank of each option, 1 the best; None for all when nobody ranked."""
    total = sum(people for _, people in ballots)
    if not total:
        return [None] * size
    sums = [Fraction(0)] * size
    for order, people in ballots:
        rest = Fraction(len(order) + 1 + size, 2)  # mean of the ranks that the ballot left
        places = {index: Fraction(place) for place, index in enumerate(order, 1)}
        for index in range(size):
            sums[index] += people * places.get(index, rest)
    return [one / total for one in sums]


def pairwise_winner(ballots: Ballots, size: int) -> int | None:
    """Give the option that more people prefer to each other one than the reverse, if any."""
    if not ballots:
        return None
    lead = [[0] * size for _ in range(size)]
    for order, people in ballots:
        above = {index: place for place, index in enumerate(order)}
        for a in order:
            for b in range(size):
                if above.get(b, size) > above[a]:
                    lead[a][b] += people
                    lead[b][a] -= people
    beats_all = (a for a in range(size) if all(lead[a][b] > 0 for b in range(size) if b != a))
    return next(beats_all, None)


def _ballots(latest: Latest, people: People) -> Ballots:
    return [(answer.order, people.weight(one)) for one, answer in latest if answer.order]


def _first_places(ballots: Ballots, size: int) -> list[int]:
    firsts = [0] * size
    for order, people in ballots:
        firsts[order[0]] += people
    return firsts


def _places(result: dict[str, Any]) -> list[tuple[int, int]]:
    tied = {index: group[0] for group in result["ties"] for index in group}
    place = {index: n for n, index in enumerate(result["order"], 1)}
    return [(index, place[tied.get(index, index)]) for index in result["order"]]


def _rank(rank: str | None) -> Text:
    if rank is None:
        return Text("not ranked")
    return Text("mean rank {rank}", {"rank": Decimal(rank)})


def _firsts(result: dict[str, Any], index: int) -> Text:
    n = result["first_places"][index]
    return Text("{n} first place", {"n": n}, "{n} first places")


KIND = Ranking()
