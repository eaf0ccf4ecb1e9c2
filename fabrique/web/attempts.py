"""Wrong codes, counted by address: whoever guesses is stopped, a room behind one address never.

A theatre, a school or a telephone operator shows one address for hundreds of people, so only
failures count, and an address that has found a session keeps the way to that session open. In IPv6
one subscriber holds a whole /64: it counts as one address.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from msgspec import Struct

MOST = 200  # wrong codes from one address…
SPAN = 900.0  # …in as many seconds
KEPT = 20_000  # addresses remembered by this process


class _Record(Struct):
    since: float
    failures: int = 0
    found: set[str] = set()


class Attempts:
    """What each address tried; safe for the threads of one process."""

    def __init__(self) -> None:
        self._records: OrderedDict[str, _Record] = OrderedDict()
        self._lock = Lock()

    def blocked(self, address: str, code: str) -> bool:
        """Whether this address has failed too often to try `code`."""
        with self._lock:
            record = self._record(address)
            return record.failures >= MOST and code not in record.found

    def failed(self, address: str) -> None:
        """Count a wrong code."""
        with self._lock:
            self._record(address).failures += 1

    def found(self, address: str, code: str) -> None:
        """Remember that somebody at this address knows `code`."""
        with self._lock:
            self._record(address).found.add(code)

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._records.clear()

    def _record(self, address: str) -> _Record:
        now = time.monotonic()
        address = _network(address)
        record = self._records.setdefault(address, _Record(now))
        if now - record.since > SPAN:
            record.since, record.failures = now, 0
        self._records.move_to_end(address)
        while len(self._records) > KEPT:
            self._records.popitem(last=False)
        return record


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, 64), strict=False))
    return address


attempts = Attempts()
