"""Those who see the same screen in the same language: drawn once, sent to all.

A patch goes from one seq to another. A screen too slow to take it is not sent the next ones: when
it has caught its breath it gets one patch, made of the keys that it missed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from msgspec import Struct

from fabrique.domain.view import Part
from fabrique.live.frames import Frame
from fabrique.live.link import Link

log = logging.getLogger(__name__)

SLOW = 64 * 1024  # bytes waiting for one screen beyond which it is not sent more
HOPELESS = 1024 * 1024
PATIENCE = 30.0  # seconds
ORDER = {"console": 0, "stage": 1, "phone": 2}  # who leads and who projects see it first

Key = tuple[str, str, str | None]  # screen, language, group
Render = Callable[[str, str, Any, str, Part], str]


class Patch(Struct, frozen=True):
    """What takes a screen from `since` to `seq`."""

    frame: Frame
    since: int
    seq: int
    keys: frozenset[str]


class Audience:
    """What the screens of one kind, language and group show, and who they are."""

    def __init__(self, key: Key, render: Render) -> None:
        self.key = key
        self.screen, self.lang, self.group = key
        self.links: dict[Link, None] = {}
        self.slow: set[Link] = set()
        self.polled_at = 0.0
        self._render = render
        self.forget()

    def forget(self) -> None:
        """Start from a blank screen: the past has changed."""
        self.seq = -1  # never drawn
        self.restless = False  # changed without an entry: a seq does not say what is shown
        self._shown: dict[str, tuple[Part, str]] = {}
        self._whole: Frame | None = None

    def draw(self, parts: Iterable[Part], seq: int) -> Patch | None:
        """Bring the screen to `parts`; give what changed, or None."""
        since, before, shown = self.seq, self._shown, {}
        for part in parts:
            known = before.get(part.key)
            shown[part.key] = known if known and known[0] == part else (part, self._html(part))
        new = {k: html for k, (_, html) in shown.items() if k not in before or before[k][1] != html}
        gone = [key for key in before if key not in shown]
        self._shown = shown
        if since >= 0 and not new and not gone:
            return None
        self.seq, self._whole = seq, None
        self.restless = since == seq
        if since <= 0:  # `from` 0 means the whole screen
            return Patch(self.whole(), since, seq, frozenset(shown))
        return Patch(_frame(seq, since, new, gone), since, seq, frozenset((*new, *gone)))

    def whole(self) -> Frame:
        """Give the whole screen, made once a seq however many ask."""
        if self._whole is None:
            html = {key: html for key, (_, html) in self._shown.items()}
            self._whole = _frame(self.seq, 0, html, [])
        return self._whole

    def add(self, link: Link) -> None:
        """Count `link` among those who are told."""
        link.audience = self
        self.links[link] = None

    def show_whole(self, link: Link) -> None:
        """Send the whole screen to one."""
        link.write(self.whole())
        link.seq, link.missed = self.seq, None
        self.slow.discard(link)

    def drop(self, link: Link) -> None:
        """Forget a screen that left."""
        self.links.pop(link, None)
        self.slow.discard(link)

    def deliver(self, link: Link, patch: Patch, now: float) -> None:
        """Send `patch` to one screen, unless it is too slow: then note what it misses."""
        if link.audience is not self:  # it changed tables since the patch was drawn
            return
        if link.missed is None and link.backlog() > SLOW:
            link.missed, link.slow_since = set(), now
            self.slow.add(link)
        if link.missed is not None:
            link.missed |= patch.keys
        elif link.seq == patch.since:
            link.write(patch.frame)
            link.seq = patch.seq

    def catch_up(self, now: float) -> None:
        """Send the slow what they missed, merged by key; give up those who take nothing."""
        for link in list(self.slow):
            backlog = link.backlog()
            if backlog > HOPELESS or now - link.slow_since > PATIENCE:
                link.abort()
            elif backlog < SLOW // 2:
                self._catch_up(link)

    def _catch_up(self, link: Link) -> None:
        missed, link.missed = link.missed or set(), None
        self.slow.discard(link)
        if link.seq <= 0:
            self.show_whole(link)
            return
        new = {key: html for key, (_, html) in self._shown.items() if key in missed}
        gone = [key for key in missed if key not in self._shown]
        link.write(_frame(self.seq, link.seq, new, gone))
        link.seq = self.seq

    def _html(self, part: Part) -> str:
        try:
            return self._render(part.kind, part.partial, part.view, self.lang, part)
        except Exception:  # one fragment that cannot be drawn must not blind the room
            log.exception("Could not draw %s.%s", part.kind, part.partial)
            return f'<div id="{escape(part.key)}" hidden></div>'

    @property
    def rank(self) -> int:
        """Who is told first: the smallest."""
        return ORDER.get(self.screen, 9)


def _frame(seq: int, since: int, new: dict[str, str], gone: list[str]) -> Frame:
    return Frame({"seq": seq, "from": since, "set": new, "drop": gone})
