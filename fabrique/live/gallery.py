"""All the audiences of one session: drawn a few times a second, only when something changed."""

from __future__ import annotations

from fabrique.domain.view import Part
from fabrique.live.audience import Audience, Key
from fabrique.live.desk import Desk
from fabrique.live.figures import Figures
from fabrique.live.intake import Intake
from fabrique.live.link import Link
from fabrique.live.presence import Presence
from fabrique.live.screens import parts

POLLED = 60.0  # seconds a screen is kept drawn for those who ask for it by HTTP


class Gallery:
    """What every screen of a session shows. Draws only what is on disk."""

    def __init__(self, intake: Intake, presence: Presence, desk: Desk) -> None:
        self.audiences: dict[Key, Audience] = {}
        self._intake = intake
        self._presence = presence
        self._desk = desk
        self._drawn: tuple[int, Figures] | None = None
        self._due = False

    def audience(self, screen: str, lang: str, participant: str, wanted: str = "") -> Audience:
        """Find where somebody looks from, drawn; only while nothing is in flight.

        A participant sees their own group; a stage may be that of one: `wanted`.
        """
        groups = self._intake.session.groups
        group = groups.of.get(participant) if screen == "phone" else None
        key = (screen, lang, wanted if screen == "stage" and wanted else group)
        if key not in self.audiences:
            self.audiences[key] = Audience(key, self._desk.render)
        audience = self.audiences[key]
        if audience.seq < 0:
            audience.draw(self._parts(screen, key[2]), self._intake.session.seq)
        return audience

    def tick(self, at: float, *, may_send: bool) -> None:
        """Draw what changed, now or as soon as nothing is in flight; `at` is the loop's time."""
        for key, audience in list(self.audiences.items()):
            audience.catch_up(at)
            if not audience.links and at - audience.polled_at > POLLED:
                del self.audiences[key]
        if may_send and self.audiences:
            self._due = True
            self.draw_due()

    def hurry(self) -> None:
        """Draw at the next occasion, without waiting for the tick: a room looks at the stage."""
        self._due = bool(self.audiences)

    def draw_due(self) -> None:
        """Draw if it is time and nothing is in flight."""
        if not self._due or self._intake.busy:
            return
        self._due = False
        now = (self._intake.session.seq, self._figures())
        if now != self._drawn:
            self._drawn = now
            self._draw()

    def seat(self, link: Link) -> Audience:
        """Put a screen among those who see the same, wherever it was before."""
        found = self.audience(link.screen, link.lang, link.seat.participant, link.group)
        if link.audience is not found:
            if link.audience is not None:
                link.audience.drop(link)
            found.add(link)
        return found

    def start_over(self) -> list[Audience]:
        """Draw every screen from nothing: the past has changed. Gives those to be shown whole."""
        for audience in self.audiences.values():
            audience.forget()
            audience.draw(self._parts(audience.screen, audience.group), self._intake.session.seq)
        return list(self.audiences.values())

    def _draw(self) -> None:
        screens: dict[tuple[str, str | None], list[Part]] = {}
        for audience in sorted(self.audiences.values(), key=lambda one: one.rank):
            seen = (audience.screen, audience.group)
            if seen not in screens:
                screens[seen] = self._parts(*seen)
            if patch := audience.draw(screens[seen], self._intake.session.seq):
                self._desk.send(audience, patch)

    def _parts(self, screen: str, group: str | None) -> list[Part]:
        names = {who: one.name for who, one in self._intake.names.items()}
        return parts(self._intake.session, self._desk.kinds, screen, names, self._figures(), group)

    def _figures(self) -> Figures:
        here = frozenset(self._presence.connected())
        connected = self._intake.session.people.heads(here)
        return Figures(connected, here, self._presence.consoles())
