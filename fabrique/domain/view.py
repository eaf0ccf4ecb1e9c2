"""What a screen is given to draw: values, by which it is seen whether anything changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from fabrique.domain.run import Phase
from fabrique.domain.step import Image
from fabrique.domain.text import Text


class View(Struct, frozen=True):
    """What one partial of a kind's template draws for an audience. Frozen, comparable, no leak.

    `result` is None wherever the audience may not see it yet.
    """

    run: str
    step: str
    kind: str
    title: str
    instruction: str | None
    image: Image | None
    phase: Phase
    promise: Text
    ask: Any
    result: Any
    answered: int
    joined: int
    opened_at: datetime
    closes_at: datetime | None
    longer: int  # people who have more time than others
    scribe: bool = False  # only the scribe of the group writes here
    paced: bool = False  # open until a date, not for the room


class Part(Struct, frozen=True):
    """A fragment of a screen: redrawn only when `view` changed.

    `key` is the id of its element. `within` is the id of the list that holds it, `rank` its place
    there (smallest first); without `within` it stands in the page's own order.
    """

    key: str
    partial: str
    view: Any
    within: str = ""
    rank: float = 0
    kind: str = ""  # whose template; filled in by the screen
