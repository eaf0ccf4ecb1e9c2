"""Saying a `Text` in the reader's language, with that language's dates and figures.

Message ids are English, so English needs no catalog; the others are gettext catalogs in
`fabrique/locale`, read by the standard library so that a document needs no web framework.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from pathlib import Path
from string import Formatter
from typing import Any

from msgspec import Struct

from fabrique.domain.text import Name, Text, Words
from fabrique.domain.typography import FIRM, THIN, french

LOCALE = Path(__file__).resolve().parent.parent / "locale"


class Habits(Struct, frozen=True):
    """How a language writes figures and days."""

    point: str
    thousands: str
    percent: str
    colon: str  # between a label and its value
    last: str  # what joins the last item of a list
    first: str  # the first day of a month
    at: str  # between a day and an hour
    days: tuple[str, ...]  # Monday first
    months: tuple[str, ...]


ENGLISH = Habits(
    point=".",
    thousands=",",
    percent="{}%",
    colon=": ",
    last=" and ",
    first="1",
    at=" at ",
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
)
FRENCH = Habits(
    point=",",
    thousands=THIN,
    percent="{}" + THIN + "%",
    colon=FIRM + ": ",
    last=" et ",
    first="1er",
    at=" à ",
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
)


class Language:
    """The language in which we speak: French for "fr" or "fr-CA", English for any other code.

    Catalogs are under `locale`.
    """

    def __init__(self, code: str, locale: Path = LOCALE) -> None:
        self.code = "fr" if re.fullmatch(r"fr([-_].*)?", code, re.IGNORECASE) else "en"
        self.habits = FRENCH if self.code == "fr" else ENGLISH
        self._locale = locale

    def say(self, words: Words) -> str:
        """Say `words`; a str is a user's and comes back untouched.

        Raise KeyError when the message names a parameter it does not have.
        """
        match words:
            case Text():
                return _Sentence(self).vformat(self.template(words), (), words.params)
            case Name():
                name = words.text(self.code)
                return _set(name) if self.code == "fr" else name
            case _:
                return words

    def template(self, text: Text, n: int | None = None) -> str:
        """Give the message, its `{names}` still in it; `n` chooses the plural (`params["n"]`)."""
        if not text.msgid:  # gettext would give the catalog's header
            return ""
        if text.plural:
            number = text.params["n"] if n is None else n
            found = self._catalog.ngettext(text.msgid, text.plural, number)
        else:
            found = self._catalog.gettext(text.msgid)
        untranslated = found in (text.msgid, text.plural)
        return _set(found) if self.code == "fr" and not untranslated else found

    def figure(self, value: float | Decimal, places: int | None = None) -> str:
        """Write a number: "1 234,5"; rounded half up to `places` decimals when given."""
        exact = Decimal(str(value))
        if places is not None:
            exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        whole, _, rest = f"{exact:,f}".partition(".")
        whole = whole.replace(",", self.habits.thousands)
        return f"{whole}{self.habits.point}{rest}" if rest else whole

    def percent(self, value: int) -> str:
        """Write a whole percentage: "9 %"."""
        return self.habits.percent.format(self.figure(value))

    def pair(self, label: str, value: str) -> str:
        """Write a label and its value: "Présentes : 71"."""
        return f"{label}{self.habits.colon}{value}"

    def day(self, day: date) -> str:
        """Write a date: "mercredi 5 octobre 2022"."""
        habits = self.habits
        number = habits.first if day.day == 1 else str(day.day)
        return f"{habits.days[day.weekday()]} {number} {habits.months[day.month - 1]} {day.year}"

    def moment(self, at: datetime) -> str:
        """Write a day to come and its hour: "mardi 24 novembre à 18 h 30"."""
        day = self.day(at).removesuffix(f" {at.year}")
        if self.code == "en":
            return f"{day}{self.habits.at}{at:%H:%M}"
        minutes = f"{FIRM}{at:%M}" if at.minute else ""
        return f"{day}{self.habits.at}{at.hour}{FIRM}h{minutes}"

    def span(self, begins: datetime, ends: datetime) -> str:
        """Write when something begins and ends, the day once if it is the same."""
        last = self.moment(ends)
        if begins.date() == ends.date():
            last = last.rpartition(self.habits.at)[2]
        return f"{self.moment(begins)} – {last}"

    def time(self, at: datetime) -> str:
        """Write a time of day, as the zone of `at` says: "09:05"."""
        return f"{at:%H:%M}"

    def join(self, items: Sequence[str]) -> str:
        """Write a list: "a, b et c"."""
        *others, last = items or ("",)
        return f"{', '.join(others)}{self.habits.last}{last}" if others else last

    @cached_property
    def _catalog(self) -> gettext.NullTranslations:
        if self.code == "en":
            return gettext.NullTranslations()
        return gettext.translation("django", self._locale, [self.code], fallback=True)


class _Sentence(Formatter):
    """`str.format`, where a parameter is itself said in the language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs[str(key)]

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec:
            return format(value, format_spec)
        if isinstance(value, Text | Name):
            return self._language.say(value)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return self._language.figure(value)
        return str(value)


@cache  # as many as the catalog has messages
def _set(message: str) -> str:
    return french(message)


@cache
def language(code: str) -> Language:
    """Give the language of `code`, its catalog read once."""
    return Language(code)
