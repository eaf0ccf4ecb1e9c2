"""Badges and attestations of presence, as PDF."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import segno
from django.conf import settings

from fabrique.actions.news import when_of
from fabrique.actions.registration_letters import badge_of
from fabrique.domain.language import language
from fabrique.domain.seat import SEATED, Seat
from fabrique.formats.typst import badges as paper
from fabrique.store.models import Gathering, Registration


def badge_address(row: Registration, slug: str) -> str:
    """Give what the code of a badge opens: the door's page for one person, for the group alone."""
    return f"{settings.PUBLIC_URL}/g/{slug}/checkin/{badge_of(row.pk)}"


def badges(gathering: Gathering, now: datetime) -> bytes:
    """Set the badges of all who have a seat, by name."""
    rows = gathering.registrations.filter(state__in=sorted(SEATED), main=True)
    people = [
        paper.Holder(row.name, _structure(row), row.pool.title, _code(row, gathering.slug))
        for row in rows.select_related("pool", "person__structure").order_by("name", "id")
    ]
    words = language(gathering.language)
    return paper.badges(_occasion(gathering), people, _local(gathering, now), words)


def attestations(gathering: Gathering, rows: Iterable[Registration], now: datetime) -> bytes:
    """Set the attestations of those among `rows` who were seen there."""
    came = [row for row in rows if row.state == Seat.ATTENDED]
    people = [paper.Holder(row.name) for row in sorted(came, key=lambda row: row.name)]
    words = language(gathering.language)
    return paper.attestations(_occasion(gathering), people, _local(gathering, now), words)


def _structure(row: Registration) -> str:
    structure = row.person.structure if row.person else None
    return structure.name if structure else ""


def _code(row: Registration, slug: str) -> str:
    return segno.make(badge_address(row, slug), error="m", micro=False).svg_inline(border=0)


def _occasion(gathering: Gathering) -> paper.Occasion:
    return paper.Occasion(
        title=gathering.title,
        when=when_of(gathering),
        place=gathering.place,
        house=settings.HOUSE_NAME,
    )


def _local(gathering: Gathering, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(gathering.zone))
