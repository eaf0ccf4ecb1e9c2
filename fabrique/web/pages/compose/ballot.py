"""What somebody is asked of workshops, and given, on the page of their own registration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fabrique.actions.compose.choices import Ballot, ballots
from fabrique.actions.compose.mine import Workshops
from fabrique.domain.offering import MOST_RANKS
from fabrique.store.models import Registration

FIELD = "choice-"


def ranked(post: Mapping[str, str]) -> list[str]:
    """Read the choices of a form, best first; blank where none was made."""
    return [post.get(f"{FIELD}{n}", "") for n in range(1, MOST_RANKS + 1)]


def drawn_ballots(
    row: Registration, now: datetime, typed: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Give what the page asks; `typed` is what a refused form said, to be shown again."""
    zone = ZoneInfo(row.gathering.zone)
    return [_ballot(one, zone, typed) for one in ballots(row, now) if one.options]


def _ballot(one: Ballot, zone: ZoneInfo, typed: Mapping[str, str]) -> dict[str, Any]:
    titles = {workshop: title for workshop, title, _ in one.options}
    again = typed.get("composition") == str(one.composition.pk)
    chosen = ranked(typed) if again else list(one.chosen)
    until = one.composition.closes_at
    return {
        "composition": one.composition,
        "is_open": one.is_open,
        "until": until.astimezone(zone) if until else None,
        "chosen": [titles[workshop] for workshop in one.chosen],
        "ranks": [
            {"number": n + 1, "chosen": chosen[n] if n < len(chosen) else ""}
            for n in range(one.ranks)
        ],
        "options": [
            {
                "id": workshop,
                "title": title,
                "held": [
                    {"when": at.starts_at and at.starts_at.astimezone(zone), "room": at.room}
                    for at in held
                ],
            }
            for workshop, title, held in one.options
        ],
    }


def given_shops(one: Workshops, row: Registration) -> dict[str, Any]:
    """Give somebody's workshops, by the clocks of the gathering."""
    zone = ZoneInfo(row.gathering.zone)
    places = [
        {
            "slot": at.slot,
            "held": at.held,
            "when": at.held.starts_at.astimezone(zone) if at.held and at.held.starts_at else None,
        }
        for at in one.places
    ]
    return {"title": one.title, "places": places, "waits": one.waits}
