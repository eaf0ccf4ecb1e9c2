"""Who is here: a participant is present while one of their screens is, and for a while after."""

from __future__ import annotations

from collections.abc import Iterable

from fabrique.live.limits import LEAD, TABS, Bucket
from fabrique.live.link import Link

AWAY = 30.0  # seconds without any screen after which a participant has left
AFTER_RESTART = 60.0  # seconds that everybody has to come back


class Presence:
    """The screens of each participant of one session. Times are seconds of the loop's clock."""

    def __init__(self) -> None:
        self.links: dict[str, list[Link]] = {}
        self._away: dict[str, float] = {}  # participant → when they will have left
        self._polling: set[str] = set()  # came by the fallback: no link, yet here
        self._buckets: dict[str, Bucket] = {}

    def add(self, link: Link) -> bool:
        """Note a screen; False if its participant has too many already."""
        screens = self.links.setdefault(link.seat.participant, [])
        if link.seat.participant and len(screens) >= TABS:
            return False
        screens.append(link)
        self._away.pop(link.seat.participant, None)
        return True

    def drop(self, link: Link, now: float) -> None:
        """Note that a screen is gone."""
        who = link.seat.participant
        screens = self.links.get(who, [])
        if link in screens:
            screens.remove(link)
        if not screens:
            self.links.pop(who, None)
            self._expect(who, now + AWAY)

    def polled(self, who: str, now: float) -> None:
        """Note a sign of life by the fallback."""
        if who and who not in self.links:
            self._polling.add(who)
            self._away[who] = now + AWAY

    def restore(self, present: Iterable[str], now: float) -> None:
        """After a restart: expect those who were here."""
        for who in present:
            if who not in self.links:
                self._expect(who, now + AFTER_RESTART)

    def left(self, now: float) -> list[str]:
        """Give those whose time to come back is over, once."""
        gone = [who for who, until in self._away.items() if until <= now]
        for who in gone:
            del self._away[who]
            self._polling.discard(who)
            self._buckets.pop(who, None)
        return gone

    def connected(self) -> set[str]:
        """Give the participants with a screen."""
        return (self.links.keys() | self._polling) - {""}

    def consoles(self) -> int:
        """Count the screens that lead."""
        return sum(link.screen == "console" for link in self.links.get("", ()))

    @property
    def empty(self) -> bool:
        """Whether nobody is here or expected back."""
        return not self.links and not self._away

    def wait(self, who: str, now: float) -> float:
        """Count an act of `who`; give the seconds to wait before hearing the next, 0 if none."""
        if who not in self._buckets:
            self._buckets[who] = Bucket(now, 1 if who else LEAD)
        return self._buckets[who].take(now)

    def _expect(self, who: str, until: float) -> None:
        if who:
            self._away[who] = until
