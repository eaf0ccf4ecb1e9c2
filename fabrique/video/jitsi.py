"""Jitsi: the name of the room is the whole secret, nobody has to be asked."""

from __future__ import annotations

from urllib.parse import quote

from fabrique.domain.text import Name
from fabrique.domain.video import Account, Meeting, Steps, Wanted


class Jitsi:
    """A room on the instance that `FABRIQUE_JITSI_URL` names."""

    name = Name(fr="Jitsi", en="Jitsi")
    needs = ("jitsi_url",)
    single = False

    def have(self, wanted: Wanted, account: Account) -> Steps:
        """Name a room; the same gathering keeps its own."""
        room = wanted.provider_id or account.room
        address = account.values["jitsi_url"].rstrip("/")
        return Meeting(f"{address}/{quote(room)}", "", room)
        yield  # a generator like the others, that asks for nothing


KIND = Jitsi()
