"""Holding back what people put up until it was read, hiding it, showing it again.

What is hidden stays in the journal, counted; erasing is another act (`redact`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from fabrique.domain.blocks import Block, Notice
from fabrique.domain.contributions import Pool
from fabrique.domain.entry import FACILITATOR, Entry
from fabrique.domain.schema import Line, Part
from fabrique.domain.text import Text


class One(Part, frozen=True):
    """Body of `hide` and `restore`, kept as it is: which contribution."""

    item: Line


class Release(Part, frozen=True):
    """Body of `release`, kept as it is: which one, or all that wait."""

    item: Line | None = None


class Act(Struct, frozen=True):
    """Something the facilitator does with a pool: its body, who says no, and what it changes.

    `check` gives the body to keep, where it is another than the one that was asked.
    """

    body: type[Struct]
    check: Callable[[Pool, Any], Any]
    apply: Callable[[Pool, Entry], None]


def _exists(pool: Pool, body: One) -> None:
    pool.find(body.item)


def _waits(pool: Pool, body: Release) -> None:
    if body.item is not None:
        pool.find(body.item)


def _hide(pool: Pool, entry: Entry) -> None:
    if item := pool.items.get(entry.body.item):
        item.hidden = True


def _restore(pool: Pool, entry: Entry) -> None:
    if item := pool.items.get(entry.body.item):
        item.hidden = item.held = False


def _release(pool: Pool, entry: Entry) -> None:
    for item in pool.items.values():
        if entry.body.item in (None, item.id):
            item.held = False


MODERATION: Mapping[str, Act] = {
    "hide": Act(One, _exists, _hide),
    "restore": Act(One, _exists, _restore),
    "release": Act(Release, _waits, _release),
}


def touched(pool: Pool, verb: str, body: Mapping[str, Any]) -> set[str]:
    """Give those whose words `hide`, `restore` or `release` touched."""
    if verb not in MODERATION:
        return set()
    if (item := body.get("item")) is None:
        return pool.authors()
    known = isinstance(item, str) and item in pool.items
    return {pool.items[item].by} - {FACILITATOR} if known else set()


def bodies(acts: Mapping[str, Act]) -> dict[str, type[Struct]]:
    """Give the type of each act's body, by verb."""
    return {verb: act.body for verb, act in acts.items()}


def figures(pool: Pool) -> dict[str, int]:
    """Count what was held back, hidden, or came from paper; nothing where nothing did."""
    found = {state: pool.count(state) for state in ("hidden", "held")}
    found["paper"] = sum(item.paper for item in pool.items.values())
    return {state: n for state, n in found.items() if n}


def notices(pool: Pool) -> list[Block]:
    """Say in a report how many are not in it: figures count them, whoever reads must know."""
    paper = sum(item.paper for item in pool.items.values())
    return told(pool.count("hidden"), pool.count("held"), paper)


def told(hidden: int, held: int, paper: int = 0) -> list[Block]:
    """Say how many were hidden, still wait, came from paper."""
    sentences = (
        Text(
            "{n} contribution was hidden by the facilitator: it is counted, not shown.",
            {"n": hidden},
            "{n} contributions were hidden by the facilitator: they are counted, not shown.",
        ),
        Text(
            "{n} contribution was never released by the facilitator: it is counted, not shown.",
            {"n": held},
            "{n} contributions were never released by the facilitator: they are counted, not "
            "shown.",
        ),
        Text(
            "{n} note was taken over from the wall: it has no author and is counted apart.",
            {"n": paper},
            "{n} notes were taken over from the wall: they have no author and are counted apart.",
        ),
    )
    return [Notice(one) for one in sentences if one.params["n"]]
