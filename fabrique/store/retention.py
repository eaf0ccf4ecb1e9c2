"""What is personal, how it is given to the person it is about, and how it is erased.

Every model of the house says it by its `retention`; a test fails on one that does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Retention(NamedTuple):
    """`export(row)` gives plain values for the person; `erase(row)` takes the personal ones out."""

    export: Callable[[Any], dict[str, Any]]
    erase: Callable[[Any], None]


def _nothing(_row: Any) -> dict[str, Any]:
    return {}


def _keep(_row: Any) -> None:
    return None


NOTHING_PERSONAL = Retention(export=_nothing, erase=_keep)
