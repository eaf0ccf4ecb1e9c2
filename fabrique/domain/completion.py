"""What is asked of a language model behind an OpenAI-compatible endpoint, and what it answers.

Whoever carries it adds the address, the key and the model's name: here nothing goes anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

PATH = "/chat/completions"
LARGEST = 1024 * 1024  # bytes of an answer


class Request(Struct, frozen=True):
    """The body of one call."""

    body: Mapping[str, Any]
    path: str = PATH


class Answer(Struct, frozen=True):
    """The status and the bytes of what came back."""

    status: int
    content: bytes


Ask = Callable[[Request], Answer]
"""Carries a request; raises `OSError` where the endpoint cannot be reached."""


def said(answer: Answer) -> str:
    """Give the words of an answer; none where it is refused, empty or no answer at all."""
    if answer.status != 200 or len(answer.content) > LARGEST:  # noqa: PLR2004 - HTTP's "OK"
        return ""
    try:
        words = json.loads(answer.content)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return ""
    return words if isinstance(words, str) else ""
