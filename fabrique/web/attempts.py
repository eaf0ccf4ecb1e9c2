"""Wrong codes, counted by network: whoever guesses is stopped, a room behind one address never.

A theatre, a school or a telephone operator shows one address for hundreds of people, so only
failures count, and an address that has found a session keeps the way to that session open: whoever
runs it opened its console first. In IPv6 one subscriber holds a whole /64: it counts as one.

Counted so alone, whoever holds ten thousand addresses has ten thousand times as many tries. When
wrong codes come from everywhere at once — a storm — each network has a few tries instead of many;
in IPv6 the /48 around it, which one guesser may hold whole, has a limit of its own. The first tries
of an address always pass: a limit on all tries together would let whoever guesses lock everybody
out. No network makes a storm alone: seventy people who were told a wrong code count as a few.

With 100 sessions open, ten thousand addresses could find 0.9 of them an hour; in a storm, 0.02.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from msgspec import Struct

MOST = 200  # wrong codes from one address…
SPAN = 900.0  # …in as many seconds
FEW = 5  # the same, in a storm; and what one network counts for in it, each minute
STORM = 300  # wrong codes a minute, of the whole instance, which is one process (ADR 2)
MINUTE = 60.0
KEPT = 40_000  # networks remembered by this process


class _Record(Struct):
    since: float
    failures: int = 0
    found: set[str] = set()
    minute: int = 0
    pressed: int = 0  # in that minute


class Attempts:
    """What each network tried; safe for the threads of one process."""

    def __init__(self, storm: int = STORM) -> None:
        self._storm = storm
        self._records: OrderedDict[str, _Record] = OrderedDict()
        self._pressure: dict[int, int] = {}  # wrong codes by minute: this one and the last
        self._lock = Lock()

    def blocked(self, address: str, code: str) -> bool:
        """Whether this address has failed too often to try `code`."""
        with self._lock:
            now = time.monotonic()
            near, around = self._near_and_around(address, now)
            if code in near.found:
                return False
            if self._stormy(now):
                refused = near.failures >= FEW or around.failures >= MOST
            else:
                refused = near.failures >= MOST
            if refused:  # a storm lasts as long as somebody knocks
                self._press(near, now)
            return refused

    def failed(self, address: str) -> None:
        """Count a wrong code."""
        with self._lock:
            now = time.monotonic()
            near, around = self._near_and_around(address, now)
            near.failures += 1
            around.failures += 1
            self._press(near, now)

    def found(self, address: str, code: str) -> None:
        """Remember that somebody at this address knows `code`."""
        with self._lock:
            near, _ = self._near_and_around(address, time.monotonic())
            near.found.add(code)

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._records.clear()
            self._pressure.clear()

    def _stormy(self, now: float) -> bool:
        minute = int(now // MINUTE)
        return any(self._pressure.get(one, 0) >= self._storm for one in (minute, minute - 1))

    def _press(self, record: _Record, now: float) -> None:
        minute = int(now // MINUTE)
        if record.minute != minute:
            record.minute, record.pressed = minute, 0
        if record.pressed < FEW:
            record.pressed += 1
            last = self._pressure.get(minute - 1, 0)
            self._pressure = {minute - 1: last, minute: self._pressure.get(minute, 0) + 1}

    def _near_and_around(self, address: str, now: float) -> tuple[_Record, _Record]:
        near, around = _networks(address)
        found = self._record(near, now), self._record(around, now)
        while len(self._records) > KEPT:
            self._records.popitem(last=False)
        return found

    def _record(self, network: str, now: float) -> _Record:
        record = self._records.setdefault(network, _Record(now))
        if now - record.since > SPAN:
            record.since, record.failures = now, 0
        self._records.move_to_end(network)
        return record


@lru_cache(KEPT)
def _networks(address: str) -> tuple[str, str]:
    """Give what counts as one subscriber, and what one guesser may hold whole."""
    try:
        found = ip_address(address)
    except ValueError:
        return address, f"around {address}"
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        near, around = (str(ip_network((found, bits), strict=False)) for bits in (64, 48))
        return near, around
    return address, f"around {address}"  # an IPv4 network belongs to many, or to an operator


attempts = Attempts()
