"""A sentence to be said later, in the reader's language: what the house below the web speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Text(Struct, frozen=True):
    """A message id in English with its parameters; `plural` is chosen by `params["n"]`.

    The message is formatted by `str.format`, after translation.
    """

    msgid: str
    params: Mapping[str, Any] = {}
    plural: str | None = None


class Name(Struct, frozen=True):
    """What a kind is called, in both languages: a kind carries its own names."""

    fr: str
    en: str

    def text(self, language: str) -> str:
        """Give the name in `language`, French where it is not English."""
        return self.en if language == "en" else self.fr


Words = str | Text | Name
"""Users' words, never touched; or ours, said in the reader's language; or the name of a kind."""


class Refusal(Struct, frozen=True):
    """The rules of the room said no: a code to count by, a sentence for the person.

    `where` is the place in what was asked, if there is one to go to.
    """

    why: str
    text: Text
    where: str = ""


class Refused(Exception):  # noqa: N818 - it is an answer to a person, not an error of ours
    """Raised by a rule deep in a decision; carries the `Refusal`."""

    def __init__(self, why: str, text: Text) -> None:
        super().__init__(why)
        self.refusal = Refusal(why, text)


class Invalid(Exception):  # noqa: N818 - it is an answer to a person, not an error of ours
    """What no client of ours could send: `text` says what, `where` the place in the document."""

    def __init__(self, text: Text, where: str = "") -> None:
        super().__init__(text.msgid.format(**text.params))
        self.text = text
        self.where = where
