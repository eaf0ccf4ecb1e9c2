"""What a solver proposes: the plan, its worth, the best possible, what it lacks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol

from msgspec import Struct

from fabrique.domain.language import Language
from fabrique.domain.text import Text


class Status(StrEnum):
    """What is known of a plan: nobody can do better; how far one could be; nothing."""

    PROVED = "proved"
    GAP = "gap"
    UNPROVED = "unproved"


class Solution(Struct, frozen=True):
    """A plan as a solver gives it (`fabrique.plan/1`).

    `value` is what it costs, `bound` what no plan can be below, by the same keys; `seconds` is how
    long it took. `explain` names each wish that is not met. `body` holds the keys of the kind
    (`rounds`, `pairs`, `meetings`, `assigned`, `placed`).
    """

    kind: str
    value: Mapping[str, Any]
    bound: Mapping[str, Any] | None
    status: Status
    seed: int
    seconds: float
    explain: tuple[Text, ...]
    body: Mapping[str, Any]


class Impossible(Exception):  # noqa: N818 - it is an answer to a person, not an error of ours
    """A well-formed problem that has no solution: `text` names who or what stands in the way."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.msgid.format(**text.params))
        self.text = text


class Cancelled(Exception):  # noqa: N818 - somebody asked for it
    """Raised by a watch that was told to stop."""


class Watch(Protocol):
    """How long one may still work, and who looks on; asked between chunks of a fixed size."""

    def left(self) -> float:
        """Give the seconds that remain; raise `Cancelled` when nobody wants the plan any more."""

    def spent(self) -> float:
        """Give the seconds since the beginning."""

    def tell(self, share: float) -> None:
        """Say how far the work is, from 0 to 1."""


class Clocked(Struct):
    """A watch over a clock that is handed in: below the store nobody reads the time."""

    clock: Callable[[], float]
    seconds: float
    begun: float
    told: Callable[[float], object] | None = None

    def left(self) -> float:
        """Give the seconds that remain."""
        return self.begun + self.seconds - self.clock()

    def spent(self) -> float:
        """Give the seconds since the beginning."""
        return self.clock() - self.begun

    def tell(self, share: float) -> None:
        """Pass on how far the work is."""
        if self.told:
            self.told(share)


def write_plan(solution: Solution, language: Language) -> bytes:
    """Write `fabrique.plan/1`: keys sorted, two-space indent, sentences in `language`."""
    content = {
        "format": "fabrique.plan/1",
        "kind": solution.kind,
        "value": solution.value,
        "bound": solution.bound,
        "status": solution.status.value,
        "seed": solution.seed,
        "seconds": round(solution.seconds, 3),
        "explain": [language.say(one) for one in solution.explain],
        **solution.body,
    }
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode()
