"""Workshops by choice: what a solver is given, the plan that is kept, what a move by hand costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from fabrique.actions.compose import offers
from fabrique.actions.compose.ask import Fresh, add, enqueue
from fabrique.actions.compose.people import STATES
from fabrique.actions.compose.shop_plan import choosing_of, given_of, held_of
from fabrique.actions.compose.versions import STALE, held, hold, plan_of
from fabrique.domain import assigned
from fabrique.domain.offering import Choosing, Held, slots_of
from fabrique.domain.schema import read
from fabrique.domain.text import Invalid, Text
from fabrique.solvers.workshops.counted import count_ranks, waiting
from fabrique.solvers.workshops.explain import compared
from fabrique.solvers.workshops.problem import Problem
from fabrique.store.models import Composition, CompositionVersion, Gathering, Person

NOBODY = Text("Nobody has chosen yet: there is nothing to compute.")
NOWHERE = Text("This person has no seat, or this workshop is not there.")
SAME = Text("This person has this workshop already, at another hour.")
Ranked = Mapping[str, Sequence[str]]


def ask(composition: Composition, by: Person, now: datetime) -> CompositionVersion:
    """Ask for a plan of what was chosen up to now; raise `Invalid` where there is none."""
    choosing = offers.choosing_of(composition)
    check(composition.gathering, choosing, ranked_of(composition, choosing))
    return enqueue(composition, choosing, by, now, Fresh())


def check(gathering: Gathering, choosing: Choosing, ranked: Ranked) -> None:
    """Raise `Invalid` where nothing can be computed."""
    offers.checked(gathering, choosing)
    if not ranked:
        raise Invalid(NOBODY)


def ranked_of(composition: Composition, choosing: Choosing) -> dict[str, tuple[str, ...]]:
    """Give what those who have a seat chose of what is offered, who chose first in front."""
    known = offers.titles(offers.found(composition, choosing))
    rows = composition.choices.filter(
        registration__state__in=STATES["seated"], registration__main=True
    )
    found = {}
    for row in rows.order_by("at", "registration_id"):
        own = tuple(one for one in row.ranked if one in known)[: choosing.ranks]
        if own:
            found[str(row.registration_id)] = own
    return found


def silent(composition: Composition, ranked: Ranked) -> list[str]:
    """Give who has a seat and chose nothing, in the order of the queue for seats."""
    rows = composition.gathering.registrations.filter(state__in=STATES["seated"], main=True)
    ids = rows.order_by("rank", "queued_at", "pk").values_list("pk", flat=True)
    return [str(one) for one in ids if str(one) not in ranked]


def problem_of(version: CompositionVersion) -> dict[str, Any]:
    """Give the problem of a version as plain values, with what was chosen up to now.

    People stand in the order in which they chose, which is that of “first come, first served”.
    """
    composition, choosing = version.composition, choosing_of(version)
    ranked = ranked_of(composition, choosing)
    check(composition.gathering, choosing, ranked)
    whole = offers.offered(composition.gathering, choosing)
    found: dict[str, Any] = msgspec.to_builtins(_problem(ranked, whole, choosing))
    return found


def _problem(ranked: Ranked, whole: Sequence[Held], choosing: Choosing) -> Problem:
    return msgspec.convert(
        {
            "people": list(ranked),
            "choices": [[*own, *[""] * (choosing.ranks - len(own))] for own in ranked.values()],
            "offers": [
                {"workshop": one.workshop, "capacity": one.places, "slot": one.slot}
                for one in whole
            ],
            "slots": slots_of(whole),
            "ranks": choosing.ranks,
        },
        Problem,
    )


def kept(
    version: CompositionVersion, problem: Mapping[str, Any], solution: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Text]]:
    """Give the plan that is kept of a solution, and its comparison with a queue.

    Who chose nothing has what is left, where the group said so.
    """
    composition, choosing = version.composition, choosing_of(version)
    solved = read(problem, Problem)
    slot = solved.slots[0]
    given = {
        who: {slot: mine} if solved.single else mine
        for who, mine in solution["body"]["assigned"].items()
    }
    ranked = _ranks(solved)
    whole = offers.found(composition, choosing)
    if choosing.place_silent:
        given = assigned.filled(given, silent(composition, ranked), whole)
    names = ("bound", "status", "seed", "seconds")
    plan = _plan(solved, given, whole) | {name: solution[name] for name in names}
    return plan, [compared(solved, _masked(solved, given))]


def _plan(problem: Problem, given: assigned.Given, whole: Sequence[Held]) -> dict[str, Any]:
    own = _masked(problem, given)
    figures = assigned.figures(given, _ranks(problem))
    return {
        "value": {"ranks": count_ranks(problem, own)},
        "figures": msgspec.to_builtins(figures),
        "assigned": given,
        "waiting": waiting(problem, own),
        "held": [
            {"workshop": one.workshop, "item": one.item, "slot": one.slot, "places": one.places}
            for one in whole
        ],
    }


def _ranks(problem: Problem) -> dict[str, tuple[str, ...]]:
    return {
        who: tuple(filter(None, own))
        for who, own in zip(problem.people, problem.choices, strict=True)
    }


def _masked(problem: Problem, given: assigned.Given) -> dict[tuple[str, str], str | None]:
    """Give what people have of their own choices: a place nobody asked for is none of them."""
    return {
        (who, slot): mine if mine in own else None
        for who, own in _ranks(problem).items()
        for slot in problem.slots
        for mine in [given.get(who, {}).get(slot)]
    }


@transaction.atomic
def move(
    composition: Composition, base: int, wish: tuple[str, str, str], by: Person, now: datetime
) -> CompositionVersion:
    """Put somebody into a workshop of a slot, or into none, as a version of its own.

    `wish` is who, which slot, which workshop (“” for none); `base` the version that was looked at.
    The group may go over the places that there are: the page says so. Raise `Invalid`.
    """
    row = held(composition)
    current = row.current
    if current is None or current.number != base:
        raise Invalid(STALE)
    whole, choosing = held_of(current), choosing_of(current)
    ranked = ranked_of(row, choosing)
    given = {one: dict(mine) for one, mine in given_of(current).items()}
    who = wish[0]
    if who not in {*given, *silent(row, ranked), *ranked}:
        raise Invalid(NOWHERE)
    mine = {**dict.fromkeys(slots_of(whole)), **given.get(who, {})}
    given[who] = _moved(mine, wish[1:], {(one.workshop, one.slot) for one in whole})
    problem = _problem({one: own for one, own in ranked.items() if one in given}, whole, choosing)
    plan = {**plan_of(current), **_plan(problem, given, whole), "status": "unproved"}
    made = add(
        row,
        choosing,
        by,
        now,
        Fresh("moved", current, seed=current.seed),
        state="done",
        share=1,
        plan=plan,
        told=[msgspec.to_builtins(compared(problem, _masked(problem, given)))],
    )
    hold(row, made)
    return made


def _moved(
    mine: dict[str, str | None], wish: tuple[str, str], there: set[tuple[str, str]]
) -> dict[str, str | None]:
    """Give what somebody has, slot by slot, after a wish; raise `Invalid` where it cannot be."""
    slot, workshop = wish
    if (workshop, slot) not in there if workshop else slot not in mine:
        raise Invalid(NOWHERE)
    if workshop and any(one == workshop for at, one in mine.items() if at != slot):
        raise Invalid(SAME)
    return {**mine, slot: workshop or None}
