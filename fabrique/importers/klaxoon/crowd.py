"""Stand-ins for the people whom a table counts without saying who they are."""

from __future__ import annotations

from fabrique.domain.text import Invalid, Text

MOST = 5_000
MOST_ACTS = 200_000  # ideas, likes and answers that the figures of one file stand for


class Crowd:
    """As many stand-ins as the figures need, and no more."""

    def __init__(self) -> None:
        self.people: list[str] = []
        self._left = MOST_ACTS

    def first(self, count: int, where: str) -> list[str]:
        """Give so many of them, the first ones again; raise `Invalid` for more than a room has."""
        if count > MOST:
            limit = {"limit": MOST}
            raise Invalid(Text("A table counts at most {limit} people.", limit), where)
        self.people += [f"p{n + 1}" for n in range(len(self.people), count)]
        return self.people[:count]

    def spend(self, acts: int, where: str) -> None:
        """Count what these people are to do; raise `Invalid` before it is made, if too much."""
        self._left -= acts
        if self._left < 0:
            limit = {"limit": MOST_ACTS}
            raise Invalid(Text("These figures make more than {limit} answers.", limit), where)
