"""What every form of these pages is made of: typeset choices, refusals at their field, moments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404
from django.utils.translation import get_language

from fabrique.domain.language import Language, language
from fabrique.domain.programme import moment
from fabrique.domain.text import Invalid, Text
from fabrique.domain.typography import printable

DIGITS = 18  # what a database holds as a number
LANGUAGES = (("fr", "français"), ("en", "English"))
Choices = Callable[[], list[tuple[str, str]]]


def tongue() -> Language:
    """Give the reader's language."""
    return language(get_language() or "fr")


def said(words: Mapping[Any, Text]) -> Choices:
    """Give choices that are said when they are shown."""
    return lambda: [(str(value), tongue().say(text)) for value, text in words.items()]


class Words(forms.CharField):
    """Words of a user: nothing that cannot be shown, no spaces around."""

    def to_python(self, value: Any) -> str:
        """Clean."""
        found = super().to_python(value) or ""
        return printable(found.replace("\r\n", "\n"))


class Form(forms.Form):
    """A form whose errors are tied to their fields, and that the rules may refuse."""

    use_required_attribute = True

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)

    def refuse(self, error: Invalid) -> None:
        """Say at its field, or above all, what the rules refused."""
        where = error.where if error.where in self.fields else None
        self.add_error(where, tongue().say(error.text))


def words(**more: Any) -> Words:
    """Give a field of several lines."""
    rows = more.pop("rows", 4)
    return Words(widget=forms.Textarea({"rows": rows}), max_length=10_000, required=False, **more)


def day_field(**more: Any) -> forms.DateField:
    """Give a field for a day."""
    return forms.DateField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **more)


def moment_field(**more: Any) -> Words:
    """Give a field for a day and an hour; read by `moment_of`."""
    return Words(widget=forms.TextInput({"type": "datetime-local"}), max_length=16, **more)


def moment_of(typed: str, zone: str, where: str) -> datetime:
    """Read a day and an hour by the clocks of a gathering; raise `Invalid` at its field."""
    day, _sign, hour = typed.partition("T")
    try:
        return moment(date.fromisoformat(day), hour, zone)
    except ValueError:
        raise Invalid(Text("Give a day and an hour."), where) from None
    except Invalid as error:
        raise Invalid(error.text, where) from None


def typed_of(at: datetime | None, zone: str) -> str:
    """Write a moment as a form does, by the clocks of a gathering."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" if at else ""


def whole(text: str | None) -> int | None:
    """Read a whole number that a form of ours gave; None for what is none."""
    if text and text.isascii() and text.isdecimal() and len(text) <= DIGITS:
        return int(text)
    return None


def number(text: str | None) -> int:
    """Read an id that a form of ours gave; what is none answers as what does not exist."""
    found = whole(text)
    if found is None:
        raise Http404
    return found
