"""Three ways to ask for JSON, the strictest first: what a server promises is not believed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from fabrique.domain.completion import Ask, Request, said
from fabrique.drafters.llm.chunks import Chunk
from fabrique.drafters.llm.prompts import schema

OPENING = "{"
STEPS = 3


class Written(Struct, frozen=True):
    """An answer: its words, and the JSON found in them."""

    words: str
    raw: dict[str, Any]


class Ladder:
    """Remembers the step on which an endpoint answered, and that it cannot be reached at all."""

    def __init__(self, ask: Ask | None) -> None:
        self.ask = ask
        self.step = 0

    def climb(self, messages: Sequence[dict[str, str]], part: Chunk) -> Written | None:
        """Give an answer that is JSON; None where no way of asking gives one."""
        for step in range(self.step, STEPS):
            if self.ask is None:
                break
            body = {"messages": list(messages), "temperature": 0, **_form(step, part)}
            try:
                words = said(self.ask(Request(body)))
            except OSError:
                self.ask = None  # nobody is there: the other parts do not wait in vain
                break
            raw = found(words)
            if raw is not None:
                self.step = step
                return Written(words, raw)
        return None


def found(words: str) -> dict[str, Any] | None:
    """Find the JSON object in an answer, whatever stands before and after it."""
    decoder = json.JSONDecoder()
    place = words.find(OPENING)
    while place >= 0:
        try:
            value, _ = decoder.raw_decode(words, place)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict) and "sentences" in value:
            return value
        place = words.find(OPENING, place + 1)
    return None


def _form(step: int, part: Chunk) -> dict[str, Any]:
    """Give how to ask: by the schema, for any JSON object, or by the words of the prompt alone."""
    told = {"name": "minutes", "strict": True, "schema": schema(part)}
    forms: tuple[dict[str, Any], ...] = (
        {"response_format": {"type": "json_schema", "json_schema": told}},
        {"response_format": {"type": "json_object"}},
        {},
    )
    return forms[step]
