"""Compositions computed one at a time, each in a child, beside the worker that sends."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from django.utils import timezone

from fabrique.actions.compose import ask as verbs
from fabrique.actions.compose import shops
from fabrique.actions.compose.problem import problem_of
from fabrique.domain.text import Invalid, Text
from fabrique.jobs.child import end, start
from fabrique.jobs.solve import FILE, Order
from fabrique.store.models import CompositionVersion

REST = 0.5  # seconds between two looks
SECONDS = 20.0
PROVEN = ("value", "bound", "status", "seed", "seconds")
PATIENCE = 120.0  # seconds, after which a child that says nothing is ended
SOLVE = "fabrique.jobs.solve"
NEEDED = ("numba", "numpy", "ortools", "scipy")
BROKE = Text("This plan could not be computed: nothing was changed. Ask for it again.")
MISSING = Text(
    "What computes plans is not installed in this house: ask its keeper to install"
    " fabrique-collective[solvers]."
)
Clock = Callable[[], datetime]
Values = Mapping[str, Any]


def _seated(
    _version: CompositionVersion, _problem: Values, solution: Values
) -> tuple[dict[str, Any], list[Text]]:
    """Keep tables as they were found."""
    plan = {name: solution[name] for name in PROVEN} | solution["body"]
    return plan, [msgspec.convert(one, Text) for one in solution["explain"]]


class Kind(NamedTuple):
    """What a solver is given of a version, and what is kept of its solution: a plan, sentences."""

    problem: Callable[[CompositionVersion], dict[str, Any]]
    kept: Callable[[CompositionVersion, Values, Values], tuple[dict[str, Any], list[Text]]]


KINDS = {
    "tables": Kind(problem_of, _seated),
    "workshops": Kind(shops.problem_of, shops.kept),
}


def able() -> bool:
    """Say whether plans can be computed here."""
    return all(map(find_spec, NEEDED))


def once(stop: threading.Event, clock: Clock = timezone.now) -> bool:
    """Compute one plan, if one waits; say whether."""
    version = verbs.claim(clock())
    if version is None:
        return False
    if not able():
        verbs.broke(version, MISSING)
        return True
    try:
        kind = version.composition.kind
        order = Order(kind, KINDS[kind].problem(version), version.seed, SECONDS)
        _follow(version, order, stop, clock)
    except Invalid as no:
        verbs.broke(version, no.text)
    except Exception:
        verbs.broke(version, BROKE)
        raise
    return True


def _follow(version: CompositionVersion, order: Order, stop: threading.Event, clock: Clock) -> None:
    """Have a child solve, say how far it is, keep what it found; nothing if nobody waits."""
    with tempfile.TemporaryDirectory(prefix="plan-") as name:
        folder = Path(name)
        (folder / FILE).write_bytes(msgspec.json.encode(order))
        for said in heard(folder):
            if "done" in said:
                kept = KINDS[order.kind].kept(version, order.problem, said["done"])
                verbs.done(version, *kept)
                return
            if "no" in said:
                why = msgspec.convert(said["no"], Text)
                verbs.broke(version, why, "impossible" if said["impossible"] else "stopped")
                return
            if stop.is_set() or not verbs.tell(version, said["share"], clock()):
                return  # given up, or the house goes down: it is taken on again
    verbs.broke(version, BROKE)


def heard(folder: Path) -> Iterator[dict[str, Any]]:
    """Give what the child says, line by line; it is ended when nobody listens, or it is silent."""
    process = start(SOLVE, str(folder), folder=folder)
    limit = threading.Timer(PATIENCE, end, [process])
    limit.start()
    try:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        with process.stdout as lines:
            yield from map(msgspec.json.decode, lines)
    finally:
        limit.cancel()
        end(process)
