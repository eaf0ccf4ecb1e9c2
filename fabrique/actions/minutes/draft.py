"""A draft, by one of the drafters: what a person decided on already stays as it is."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.minutes.check import check_all
from fabrique.actions.minutes.sources import material_of
from fabrique.actions.minutes.text import STEP, changed
from fabrique.domain.edition import Verdict
from fabrique.domain.minutes import Draft, Sentence
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Minutes, MinutesSentence, Person

OUTSIDE = frozenset({"llm"})  # asks another house: not before participants are told which
EXTRACT = "extract"
UNKNOWN = Text("There is no such way of drafting.")


def drafters() -> dict[str, Any]:
    """Give the ways of drafting that leave nothing outside this house, by name."""
    found = discover("fabrique.drafters")
    return {name: one for name, one in found.items() if name not in OUTSIDE}


def draft(minutes: Minutes, drafter: str, by: Person) -> int:
    """Have a draft made; give how many sentences it proposes. Raises `Invalid`.

    What the same drafter proposed and nobody decided on goes; what a person accepted, left out or
    wrote stays, and so does what another drafter proposed.
    """
    found = drafters().get(drafter)
    if found is None:
        raise Invalid(UNKNOWN, "drafter")
    return propose(minutes, found.draft(material_of(minutes)), Tool(drafter), by)


class Tool(Struct, frozen=True):
    """What proposes: a drafter and, behind it, a model of others with its host."""

    drafter: str
    name: str = ""


def propose(minutes: Minutes, made: Draft, tool: Tool, by: Person | None) -> int:
    """Lay a draft before whoever reviews; give how many sentences it proposes."""
    with transaction.atomic():
        changed(minutes)
        own = minutes.sentences.filter(drafter=tool.drafter)
        own.filter(verdict=Verdict.PROPOSED.value).delete()
        # Extracts that stand in for a model are nobody's words but those of who spoke.
        stand_ins = {EXTRACT} if tool.name else set()
        kept = minutes.sentences.filter(drafter__in={tool.drafter, *stand_ins})
        known = set(kept.values_list("kind", "text", "section"))
        fresh = [one for one in made.sentences if (one.kind, one.text, one.section) not in known]
        ranks = _ranks(minutes, [one.section for one in fresh])
        MinutesSentence.objects.bulk_create(
            _row(minutes, one, rank, tool) for one, rank in zip(fresh, ranks, strict=True)
        )
        note("minutes.drafted", minutes, by, drafter=tool.drafter, sentences=len(fresh))
        check_all(minutes)
    return len(fresh)


def _row(minutes: Minutes, one: Sentence, rank: float, tool: Tool) -> MinutesSentence:
    stands_in = bool(tool.name) and one.kind == EXTRACT
    return MinutesSentence(
        minutes=minutes,
        section=one.section[:300],
        rank=rank,
        kind=one.kind,
        drafter=EXTRACT if stands_in else tool.drafter,
        tool="" if stands_in else tool.name[:200],
        author_name=one.by[:200],
        text=one.text,
        cites=[{"ref": cite.ref, "quote": cite.quote} for cite in one.cites],
    )


def _ranks(minutes: Minutes, sections: list[str]) -> list[float]:
    """Place each sentence at the end of its section, new sections at the end of the text."""
    rows = list(minutes.sentences.order_by("rank").values_list("section", "rank"))
    last = dict(rows)
    end = max(last.values(), default=0.0)
    every = sorted(rank for _, rank in rows)
    found = []
    for n, section in enumerate(sections, 1):
        if section not in last:
            end = last[section] = end + STEP * (len(sections) + 1)
            found.append(end + n)
            continue
        at = last[section]
        following = next((rank for rank in every if rank > at), at + STEP * (len(sections) + 1))
        found.append(at + (following - at) * n / (len(sections) + 1))
    return found
