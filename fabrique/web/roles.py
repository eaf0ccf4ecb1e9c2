"""What roles are called."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.text import Text

ROLE_NAMES: Mapping[str, Text] = {
    "staff": Text("team"),
    "board": Text("board"),
    "facilitator": Text("facilitator: prepares and leads sessions"),
    "organiser": Text("organiser"),
}
