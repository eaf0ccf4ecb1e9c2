"""Those who change tables while they look: each is shown their own, at once and nothing else."""

from __future__ import annotations

from fabrique.domain.groups import Groups
from fabrique.live.gallery import Gallery
from fabrique.live.link import Link
from fabrique.live.presence import Presence


class Moves:
    """What changed in the groups of a session since it was last asked."""

    def __init__(self, presence: Presence, gallery: Gallery) -> None:
        self._presence = presence
        self._gallery = gallery
        self._seq = 0
        self._scribes: set[str] = set()

    def since(self, groups: Groups) -> tuple[list[Link], list[Link]]:
        """Give the screens that now show another group, and those whose pen came or went."""
        if groups.seq == self._seq:
            return [], []
        scribes = set(groups.scribes.values())
        changed, self._scribes, self._seq = scribes ^ self._scribes, scribes, groups.seq
        links = [link for screens in self._presence.links.values() for link in screens]
        seated = [link for link in links if link.audience is not None]
        moved = [link for link in seated if link.audience is not self._gallery.seat(link)]
        told = [one for one in seated if one.seat.participant in changed and one not in moved]
        return moved, told
