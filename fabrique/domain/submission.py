"""What somebody types to put a text in the library, checked before anything of it is kept."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from fabrique.domain.belonging import Belonging, check_themes, each
from fabrique.domain.licence import LICENCES
from fabrique.domain.resource import FORMS, Kind
from fabrique.domain.schema import Line, Source, read
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier

LONGEST = {"title": 200, "summary": 1000, "body": 200_000, "link": 500}
MOST_NAMES, LONGEST_NAME = 30, 200
TOO_LONG = Text("At most {most} characters fit here: shorten it.")
OFFERED = Text("Choose one of what is offered.")
CHOICES: dict[str, frozenset[str]] = {
    "kind": frozenset(Kind),
    "format": frozenset(FORMS),
    "licence": frozenset(LICENCES),
    "audience": frozenset(Tier),
    "language": frozenset({"fr", "en"}),
}


class Given(Belonging, frozen=True, kw_only=True):
    """A text as its author wants it read."""

    title: str = ""
    summary: str = ""
    body: str = ""
    kind: str = Kind.RESOURCE.value
    format: str = "text"
    language: str = "fr"
    licence: str = "CC-BY-SA-4.0"
    audience: str = Tier.ADHERENT.value
    link: str = ""
    published_on: str = ""  # "2019-05-02", "": the day it is published here
    names: str = ""  # of authors, one a line
    signs: bool = False  # whoever proposes it is named as an author

    @property
    def day(self) -> date | None:
        """Give its own date."""
        return date.fromisoformat(self.published_on) if self.published_on else None


def names_of(given: Given) -> list[str]:
    """Give the names of its authors, each once."""
    return each(given.names.split("\n"))


def check(given: Given, today: date) -> None:
    """Raise `Invalid` for what cannot be kept."""
    for name, most in LONGEST.items():
        if len(getattr(given, name)) > most:
            raise Invalid(Text(TOO_LONG.msgid, {"most": most}), name)
    for name in ("title", "summary", "link"):
        read(getattr(given, name), Line, name)
    for name in ("body", "themes", "names"):
        read(getattr(given, name), Source, name)
    if not given.title.strip():
        raise Invalid(Text("Give it a title: it is what people look for."), "title")
    for name, values in CHOICES.items():
        if getattr(given, name) not in values:
            raise Invalid(OFFERED, name)
    _check_link(given.link)
    _check_day(given, today)
    _check_lists(given)


def _check_link(link: str) -> None:
    if not link:
        return
    try:
        found = urlsplit(link)
        good = found.scheme in ("http", "https") and bool(found.hostname) and " " not in link
    except ValueError:
        good = False
    if not good:
        raise Invalid(Text("An address begins with https:// and is whole: copy it again."), "link")


def _check_day(given: Given, today: date) -> None:
    try:
        day = given.day
    except ValueError:
        raise Invalid(
            Text("Write the date as a day, a month and a year."), "published_on"
        ) from None
    if day is not None and day > today:
        raise Invalid(Text("Its date is to come: give the day it was published."), "published_on")


def _check_lists(given: Given) -> None:
    check_themes(given)
    names = names_of(given)
    if len(names) > MOST_NAMES or any(len(one) > LONGEST_NAME for one in names):
        raise Invalid(Text("At most {n} authors, one a line.", {"n": MOST_NAMES}), "names")
