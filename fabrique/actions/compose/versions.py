"""Plans side by side: which one holds, what a move by hand costs, who moves if another is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from msgspec import Struct

from fabrique.actions.compose.ask import Fresh, add, wanted_of
from fabrique.actions.compose.people import of
from fabrique.actions.history import note
from fabrique.domain import encounters
from fabrique.domain.encounters import Prices, Rounds
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Composition, CompositionVersion, Person

NO_PLAN = Text("This plan is not there.")
PAST = Text("This round has been played: it cannot be changed.")
NOWHERE = Text("This person does not sit in this round, or this table is not there.")
STALE = Text("The plan was changed meanwhile: look at it, then move again.")
FULL = Text("All rounds have been played.")


class Move(Struct, frozen=True):
    """Somebody goes to a table in one round, or changes places with somebody; from 1.

    `onto` is who they change places with; None puts them at `table` besides those who sit there.
    """

    number: int
    who: str
    table: int
    onto: str | None = None


def plan_of(version: CompositionVersion | None) -> dict[str, Any]:
    """Give a plan; raise `Invalid` where there is none."""
    if version is None or not version.plan:
        raise Invalid(NO_PLAN)
    found: dict[str, Any] = version.plan
    return found


def rounds_of(version: CompositionVersion | None) -> list[list[list[str]]]:
    """Give the rounds of a plan of tables; raise `Invalid` where there is none."""
    found: list[list[list[str]]] = plan_of(version)["rounds"]
    return found


def prices(version: CompositionVersion, number: int) -> Prices:
    """Give the prices of moves in a round; raise `Invalid` where it cannot be changed."""
    rounds = rounds_of(version)
    if not version.composition.played < number <= len(rounds):
        raise Invalid(PAST)
    group = of(version.composition.gathering, encounters.people(rounds))
    return Prices(rounds, number, group.values, wanted_of(version).mix)


@transaction.atomic
def move(
    composition: Composition, base: int, wish: Move, by: Person, now: datetime
) -> CompositionVersion:
    """Make a move on the plan that holds, as a version of its own; raise `Invalid`.

    `base` is the number of the version that was looked at.
    """
    row = held(composition)
    current = row.current
    if current is None or current.number != base:
        raise Invalid(STALE)
    after = _moved(rounds_of(current), wish, row.played)
    made = add(
        row,
        wanted_of(current),
        by,
        now,
        Fresh("moved", current, seed=current.seed),
        state="done",
        share=1,
        plan=_counted(row, current, after),
    )
    hold(row, made)
    return made


def _moved(rounds: Rounds, wish: Move, played: int) -> list[list[list[str]]]:
    if not played < wish.number <= len(rounds):
        raise Invalid(PAST if wish.number <= played else NOWHERE)
    row = rounds[wish.number - 1]
    here = {who for table in row for who in table}
    if wish.who not in here or not 1 <= wish.table <= len(row):
        raise Invalid(NOWHERE)
    if wish.onto is None:
        return encounters.seated(rounds, wish.number, wish.who, wish.table)
    if wish.onto not in row[wish.table - 1]:
        raise Invalid(NOWHERE)
    return encounters.swapped(rounds, wish.number, wish.who, wish.onto)


def _counted(
    composition: Composition, base: CompositionVersion, rounds: Rounds
) -> Mapping[str, Any]:
    """Give a plan made by hand: its bounds are those of the one it came from."""
    group = of(composition.gathering, encounters.people(rounds))
    found = encounters.tally(rounds, group.values, wanted_of(base).mix)
    plan = dict(base.plan or {})
    value = {"repeats": found.repeats, "mix": found.mix}
    met = plan.get("bound") == value
    status = "proved" if met else "gap" if plan.get("bound") else "unproved"
    return {**plan, "rounds": rounds, "value": value, "status": status}


@transaction.atomic
def take(composition: Composition, version: CompositionVersion, by: Person) -> None:
    """Have another plan hold; raise `Invalid` where it would change what was played."""
    row = held(composition)
    plan_of(version)
    if row.current and row.played:
        before, after = rounds_of(row.current), rounds_of(version)
        if before[: row.played] != after[: row.played]:
            raise Invalid(PAST)
    hold(row, version)
    note("composition.taken", row.gathering, by, title=row.title, number=version.number)


def changes(composition: Composition, version: CompositionVersion) -> Mapping[str, Sequence[int]]:
    """Give who would sit elsewhere than now, with the rounds, if a version were taken."""
    if composition.current is None or not composition.current.plan or not version.plan:
        return {}
    return encounters.moved(rounds_of(composition.current), rounds_of(version))


@transaction.atomic
def show(composition: Composition, by: Person, *, shown: bool) -> None:
    """Have those who are in it see their own part, or not any more."""
    plan_of(composition.current)
    Composition.objects.filter(pk=composition.pk).update(shown=shown)
    note("composition.shown", composition.gathering, by, title=composition.title, shown=shown)


@transaction.atomic
def call(composition: Composition, number: int, by: Person) -> None:
    """Call a round: it and those before it are played, and stay as they are.

    Called again by a second press, it stays called; 0 takes the call back.
    """
    row = held(composition)
    if not 0 <= number <= len(rounds_of(row.current)):
        raise Invalid(FULL)
    Composition.objects.filter(pk=row.pk).update(played=number)
    note("composition.called", row.gathering, by, title=row.title, number=number)


def held(composition: Composition) -> Composition:
    """Hold a composition until the end of the transaction."""
    rows = Composition.objects.select_for_update(of=("self",)).select_related("gathering")
    return rows.get(pk=composition.pk)


def hold(composition: Composition, version: CompositionVersion) -> None:
    """Have a version hold."""
    Composition.objects.filter(pk=composition.pk).update(current=version)
