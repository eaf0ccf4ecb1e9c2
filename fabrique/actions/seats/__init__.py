"""The only code that takes a seat or frees one.

Each verb is one transaction whose first statement writes the pool's row (`hold`): the write lock of
SQLite, a row lock on PostgreSQL. Then what is confirmed or offered is counted anew; no counter is
kept. Whoever frees a seat offers it to the next person before the transaction ends.
"""

from fabrique.actions.seats.door import ABSENT, Act, absent, check
from fabrique.actions.seats.enter import Entry, enter, enter_many, enter_with
from fabrique.actions.seats.hold import Asks, gauge
from fabrique.actions.seats.leave import accept, cancel, change, decline
from fabrique.actions.seats.pools import (
    USUAL,
    capacity,
    draw,
    forget_pool,
    open_pool,
    open_usual,
    order,
    reorder,
)
from fabrique.actions.seats.settle import tend

__all__ = [
    "ABSENT",
    "USUAL",
    "Act",
    "Asks",
    "Entry",
    "absent",
    "accept",
    "cancel",
    "capacity",
    "change",
    "check",
    "decline",
    "draw",
    "enter",
    "enter_many",
    "enter_with",
    "forget_pool",
    "gauge",
    "open_pool",
    "open_usual",
    "order",
    "reorder",
    "tend",
]
