"""One's own profile: what is said, to whom it is shown, and the cards that lists are read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.outbox import Letter, put
from fabrique.domain.fold_text import plain
from fabrique.domain.language import language
from fabrique.domain.profile import LEVELS, LONGEST, LONGEST_TEXT, choices, shown_to
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.store.here import drop_media, media
from fabrique.store.models import Card, Person, Structure

TEXTS = ("interests", "brings", "seeks", "about")
SAID = ("trade", "territory", *TEXTS)  # what searches read, besides the name and the structure
PICTURES = ("photo", "banner")
YEAR = timedelta(days=365)
AGAIN = Text("Your profile, a year later")
LOOK_AGAIN = Text(
    "Hello,\n\nA year ago or more you last looked at your profile. Is it still right, and still"
    " shown to those you want? It takes a minute:\n{address}\n\nNothing changes if you do nothing."
)


class Said(Struct, frozen=True):
    """What the form of the profile gives."""

    name: str
    structure: str  # its name; one that is not known is made
    trade: str
    level: str
    territory: str
    texts: Mapping[str, str]
    shown: Mapping[str, str]


def save(person: Person, said: Said, now: datetime) -> None:
    """Keep a profile and make its cards again; raise `Invalid` and change nothing."""
    _check(said)
    with transaction.atomic():
        person.name = _line(said.name)
        person.trade, person.territory = _line(said.trade), _line(said.territory)
        person.level = said.level
        person.structure = structure_named(said.structure)
        for name in TEXTS:
            setattr(person, name, _lines(said.texts.get(name, "")))
        person.shown = choices(said.shown)
        person.profile_at = now
        person.save()
        make_cards([person])
        note("profile.saved", person, by=person)


def _check(said: Said) -> None:
    if not _line(said.name):
        raise Invalid(Text("Give a name: it is how others find you."), "name")
    if said.level and said.level not in LEVELS:
        raise Invalid(Text("Choose a seniority of the list."), "level")
    for name, most in LONGEST.items():
        if len(_line(getattr(said, name))) > most:
            raise Invalid(Text("At most {limit} characters here.", {"limit": most}), name)
    if len(_line(said.structure)) > LONGEST["name"]:
        limit = {"limit": LONGEST["name"]}
        raise Invalid(Text("At most {limit} characters here.", limit), "structure")
    for name, text in said.texts.items():
        if len(text) > LONGEST_TEXT:
            raise Invalid(Text("At most {limit} characters here.", {"limit": LONGEST_TEXT}), name)


def _line(text: str) -> str:
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def _lines(text: str) -> str:
    kept = "".join(c for c in text if c.isprintable() or c == "\n")
    return kept.strip()[:LONGEST_TEXT]


def structure_named(name: str) -> Structure | None:
    """Find a structure by its name, whatever its case and accents, or make it."""
    wanted = _line(name)
    if not wanted:
        return None
    same = {plain(one.name): one for one in Structure.objects.filter(name__istartswith=wanted[:1])}
    found = same.get(plain(wanted)) or Structure.objects.filter(name__iexact=wanted).first()
    return found or Structure.objects.get_or_create(name=wanted)[0]


def keep_picture(person: Person, which: str, content: bytes | None, now: datetime) -> None:
    """Keep a photo or a banner that was made fit, or take it out; the old one goes."""
    before = getattr(person, which)
    name = media().put(content).removeprefix("media:") if content else ""
    with transaction.atomic():
        setattr(person, which, name)
        person.profile_at = now
        person.save(update_fields=[which, "profile_at"])
        make_cards([person])
        note("profile.picture", person, by=person, which=which, kept=bool(name))
    if before and before != name:
        drop_media({before}, now.timestamp())


def make_cards(people: Iterable[Person]) -> None:
    """Make again what each tier may see of people, in the transaction of what changed."""
    found = list(people)
    Card.objects.filter(person__in=found).delete()
    Card.objects.bulk_create(card for one in found if one.is_active for card in _cards(one))


def _cards(person: Person) -> list[Card]:
    seen = {tier: shown_to(person.shown, tier) for tier in Tier}
    return [_card(person, tier, names) for tier, names in seen.items() if names]


def _card(person: Person, tier: Tier, seen: frozenset[str]) -> Card:
    def of(name: str) -> str:
        return getattr(person, name) if name in seen else ""

    structure = person.structure if "structure" in seen else None
    words = [person.name, structure.name if structure else "", *map(of, SAID)]
    return Card(
        person=person,
        tier=tier.value,
        name=person.name,
        order=plain(person.name)[:200],
        structure=structure,
        trade=of("trade"),
        level=of("level"),
        territory=of("territory"),
        photo=of("photo"),
        trade_key=plain(of("trade"))[:200],
        territory_key=plain(of("territory"))[:200],
        words=plain("\n".join(words)),
    )


def remind_yearly(now: datetime) -> int:
    """Ask those who show something, and have not looked for a year, to look again; say how many.

    Once a calendar year each, whoever asks twice; for the worker to call every day.
    """
    late = Person.objects.filter(is_active=True, profile_at__lt=now - YEAR).exclude(shown={})
    asked = 0
    for person in late.iterator():
        spoken = language(person.language)
        where = {"address": settings.PUBLIC_URL + reverse("me")}
        letter = Letter(
            relay="email",
            to=person.email,
            subject=spoken.say(AGAIN),
            body=spoken.say(Text(LOOK_AGAIN.msgid, where)),
            about=f"person:{person.pk}",
        )
        put(letter, f"profile:{person.pk}:{now.year}", now, released=True)
        asked += 1
    return asked
