"""The texts and dates of a gathering: read from a form, changed, and told where they matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F
from msgspec import Struct, structs

from fabrique.actions.history import note
from fabrique.actions.news import queue, when_of
from fabrique.actions.publish import MEANWHILE
from fabrique.domain.announcement import Change, Happens
from fabrique.domain.gathering import State
from fabrique.domain.language import Language, language
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.domain.told import MODES
from fabrique.domain.typography import printable
from fabrique.domain.when import Span, said, span_of
from fabrique.store.models import Gathering, Person

LIMITS = {"title": 200, "question": 300, "about": 20_000, "place": 200, "directions": 2_000}
TOO_LONG = Text("At most {limit} characters, and here are {n}: shorten it.")
SHOWN = ("title", "starts_at", "ends_at", "all_day", "place", "mode")  # in people's calendars
TOLD_IN = frozenset({State.ANNOUNCED, State.PUBLISHED})


class Wrong(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """What a form holds cannot be: a sentence for each field."""

    def __init__(self, fields: Mapping[str, Text]) -> None:
        super().__init__(", ".join(fields))
        self.fields = dict(fields)


class Texts(Struct, frozen=True, kw_only=True):
    """What the page “Edit” holds, read and possible."""

    title: str
    question: str
    about: str
    place: str
    directions: str
    mode: str
    audience: str
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    target: int | None


def read(form: Mapping[str, str], zone: str) -> Texts:
    """Read a form; raise `Wrong` with a sentence for each field that cannot be."""
    wrong: dict[str, Text] = {}
    words = {name: read_words(form, name, limit, wrong) for name, limit in LIMITS.items()}
    if not words["title"]:
        wrong.setdefault("title", Text("A gathering needs a title."))
    mode = _among(form.get("mode", ""), tuple(MODES), "remote")
    audience = _among(form.get("audience", ""), tuple(Tier), Tier.GUEST)
    starts_at, ends_at = read_dates(form, zone, wrong)
    target = _target(form.get("target", ""), wrong)
    if wrong:
        raise Wrong(wrong)
    return Texts(
        **words,
        mode=mode,
        audience=audience,
        starts_at=starts_at,
        ends_at=ends_at,
        all_day="all_day" in form,
        target=target,
    )


def change(gathering: Gathering, texts: Texts, by: Person, now: datetime) -> tuple[Change, ...]:
    """Keep the texts; where it is public, what changes for people becomes drafts. Gives that.

    Raises `Invalid` if somebody else changed it meanwhile.
    """
    fields = structs.asdict(texts)
    differ = sorted(name for name, value in fields.items() if getattr(gathering, name) != value)
    if not differ:
        return ()
    before = _shown(gathering)
    raised = any(name in SHOWN for name in differ)
    with transaction.atomic():
        seen = Gathering.objects.filter(pk=gathering.pk, sequence=gathering.sequence)
        sequence = F("sequence") + int(raised)
        if not seen.update(**fields, sequence=sequence, changed_at=now):
            raise Invalid(MEANWHILE)
        gathering.refresh_from_db()
        changes = _changes(before, gathering)
        if changes and State(gathering.state) in TOLD_IN:
            queue(gathering, Happens.UPDATED, now, changes)
        note("gathering.edited", gathering, by, fields=differ)
    return changes


def _shown(gathering: Gathering) -> dict[str, object]:
    return {
        "title": gathering.title,
        "when": when_of(gathering),
        "where": (gathering.mode, gathering.place),
    }


def _changes(before: Mapping[str, object], gathering: Gathering) -> tuple[Change, ...]:
    words, after = language(gathering.language), _shown(gathering)
    labels = {"title": Text("Title"), "when": Text("Date"), "where": Text("Where")}
    return tuple(
        Change(label, _spoken(before[name], words), _spoken(after[name], words))
        for name, label in labels.items()
        if before[name] != after[name]
    )


def _spoken(value: object, words: Language) -> str:
    match value:
        case Span():
            return said(value, words)
        case (str() as mode, str() as place):
            return f"{words.say(MODES[mode])}, {place}" if place else words.say(MODES[mode])
        case None:
            return ""
    return str(value)


def read_words(form: Mapping[str, str], name: str, limit: int, wrong: dict[str, Text]) -> str:
    """Read users' words; where they are too long, say so in `wrong`."""
    words = printable(form.get(name, "").replace("\r\n", "\n")).strip()
    if name not in ("about", "directions"):
        words = " ".join(words.split())
    if len(words) > limit:
        wrong[name] = Text(TOO_LONG.msgid, {"limit": limit, "n": len(words)})
    return words


def _among(value: str, values: tuple[str, ...], default: str) -> str:
    return str(value) if value in values else str(default)


def read_dates(
    form: Mapping[str, str], zone: str, wrong: dict[str, Text]
) -> tuple[datetime | None, datetime | None]:
    """Read the days and, unless they are whole, the hours; all empty: no date yet."""
    given = {name: form.get(name, "").strip() for name in ("day", "last", "opens", "closes")}
    if not any(given.values()):
        return None, None
    try:
        first = date.fromisoformat(given["day"])
        last = date.fromisoformat(given["last"]) if given["last"] else first
    except ValueError:
        wrong["day"] = Text("Write the day as 2026-11-24.")
        return None, None
    hours = None
    if "all_day" not in form:
        try:
            hours = time.fromisoformat(given["opens"]), time.fromisoformat(given["closes"])
        except ValueError:
            wrong["opens"] = Text("Write both hours, as 18:30, or say that it lasts whole days.")
            return None, None
    try:
        return span_of((first, last), hours, zone)
    except Invalid as error:
        wrong["opens" if hours else "day"] = error.text
        return None, None


def _target(given: str, wrong: dict[str, Text]) -> int | None:
    given = given.strip()
    if not given:
        return None
    if not given.isascii() or not given.isdigit() or not 0 < int(given) <= 100_000:  # noqa: PLR2004
        wrong["target"] = Text("Write a number of people, from 1 to 100,000.")
        return None
    return int(given)
