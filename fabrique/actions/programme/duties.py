"""What speakers owe before the day: what is asked of whom, what they gave, letters to remind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from fabrique.actions.history import name_of, note
from fabrique.actions.outbox import Letter, put
from fabrique.actions.programme.draft import days_of, hold
from fabrique.actions.programme.speakers import speaker_link
from fabrique.domain import preparation
from fabrique.domain.language import language
from fabrique.domain.preparation import CONSENTS, NO, YES, Form, asked_of, due
from fabrique.domain.text import Text
from fabrique.store.models import Duty, DutyAnswer, Gathering, Part, Person, Speaker

LONGEST = 4000
SUBJECT = Text("{title}: what we need from you")
BODY = Text(
    "Hello {name},\n\nYou have a part in “{title}”. Before the day, please give us what is listed "
    "on this page; it also shows when and where you speak:\n{link}\n\nThis link is yours: whoever "
    "has it can answer in your place. Nothing happens before you press a button there.\n"
)


class Owed(Struct, frozen=True):
    """A duty of a speaker, the day it is due, and what they gave."""

    duty: Duty
    due: date | None
    value: str
    late: bool

    @property
    def asks(self) -> bool:
        """Whether it is a yes or a no."""
        return self.duty.form in CONSENTS

    @property
    def shown(self) -> Text | str:
        """Give the answer in words."""
        if self.asks:
            return preparation.SHOWN.get(self.value, self.value)
        return Text("done") if self.duty.form == Form.DONE and self.value else self.value


class Prepared(Struct, frozen=True):
    """A speaker, their parts in what is not dropped, and what they owe."""

    speaker: Speaker
    parts: tuple[Part, ...]
    owed: tuple[Owed, ...]

    @property
    def missing(self) -> int:
        """Count what was not given yet."""
        return sum(not one.value for one in self.owed)


@transaction.atomic
def usual_duties(gathering: Gathering, code: str, by: Person) -> None:
    """Start from what is usually asked; what is there already stays."""
    hold(gathering)
    tongue = language(code)
    for one in preparation.USUAL:
        values = {
            "form": one.form.value,
            "about": tongue.say(one.about),
            "days_before": one.days_before,
        }
        title = tongue.say(one.title)
        Duty.objects.get_or_create(gathering=gathering, role=one.role, title=title, defaults=values)
    note("duties.usual", gathering, by)


@transaction.atomic
def add_duty(gathering: Gathering, values: Mapping[str, Any], by: Person) -> Duty:
    """Ask something of speakers; asked twice of the same role, the last wording counts."""
    hold(gathering)
    key = {"role": values["role"], "title": values["title"]}
    rest = {name: values[name] for name in ("form", "about", "days_before")}
    made, _ = Duty.objects.update_or_create(gathering=gathering, **key, defaults=rest)
    note("duty.asked", gathering, by, **key)
    return made


@transaction.atomic
def drop_duty(gathering: Gathering, duty: int, by: Person) -> None:
    """Ask it no longer; what was given for it goes too."""
    for row in gathering.duties.filter(pk=duty):
        note("duty.dropped", gathering, by, title=row.title)
        row.delete()


def prepared(gathering: Gathering, today: date) -> list[Prepared]:
    """Give every speaker with what they owe: the same number of queries however many they are."""
    speakers = gathering.speakers.order_by("name", "id").prefetch_related(
        "parts__item__room", "answers"
    )
    duties = list(gathering.duties.order_by("-days_before", "id"))
    first = next(iter(days_of(gathering)), None)
    return [_prepared(one, duties, first, today) for one in speakers]


def prepared_one(speaker: Speaker, today: date) -> Prepared:
    """Give one speaker with what they owe."""
    duties = list(speaker.gathering.duties.order_by("-days_before", "id"))
    first = next(iter(days_of(speaker.gathering)), None)
    return _prepared(speaker, duties, first, today)


def _prepared(
    speaker: Speaker, duties: Iterable[Duty], first: date | None, today: date
) -> Prepared:
    parts = tuple(one for one in speaker.parts.all() if not one.item.dropped)
    roles = {one.role for one in parts}
    values = {one.duty_id: one.value for one in speaker.answers.all()}
    owed = []
    for duty in duties:
        if asked_of(duty.role, roles):
            day = due(first, duty.days_before) if first else None
            value = values.get(duty.pk, "")
            owed.append(Owed(duty, day, value, bool(day and not value and today > day)))
    return Prepared(speaker, parts, tuple(owed))


@transaction.atomic
def give(speaker: Speaker, values: dict[int, str], now: datetime, by: Person | None) -> int:
    """Keep what a speaker answers, by id of duty; an empty answer takes the last one back."""
    kept = 0
    for duty in speaker.gathering.duties.filter(pk__in=values):
        value = values[duty.pk].strip()[:LONGEST]
        if duty.form in CONSENTS and value not in (YES, NO, ""):
            continue
        rows = DutyAnswer.objects.filter(duty=duty, speaker=speaker)
        if not value:
            rows.delete()
        else:
            DutyAnswer.objects.update_or_create(
                duty=duty, speaker=speaker, defaults={"value": value, "at": now}
            )
            kept += 1
    note("speaker.answered", speaker, by, answers=kept)
    return kept


@transaction.atomic
def write_to(gathering: Gathering, now: datetime, by: Person) -> int:
    """Put in the outbox a letter to each speaker who owes something; say how many."""
    written = 0
    for one in prepared(gathering, timezone.localdate(now)):
        if one.speaker.email and one.parts and one.missing:
            person = one.speaker.person
            tongue = language(person.language if person else gathering.language)
            said = {
                "name": one.speaker.name,
                "title": gathering.title,
                "link": speaker_link(one.speaker),
            }
            letter = Letter(
                relay="email",
                to=one.speaker.email,
                subject=tongue.say(Text(SUBJECT.msgid, said)),
                body=tongue.say(Text(BODY.msgid, said)),
                about=name_of(gathering),
            )
            put(letter, f"speaker:{one.speaker.pk}:{timezone.localdate(now)}", now)
            written += 1
    note("speakers.written", gathering, by, letters=written)
    return written
