"""What may be asked of a session itself, and whose it is to ask; a kind's own verbs are its own.

Roles come from signed tokens (actions/access.py): this table only says which side of the room an
act belongs to.
"""

from __future__ import annotations

HUB = frozenset({"join", "leave", "tally"})
ANIMATION = frozenset(
    {
        "begin",
        "bring",
        "open",
        "close",
        "reveal",
        "stage",
        "conceal",
        "extend",
        "freeze",
        "lock",
        "record",
        "share",
        "tell",
        "note",
        "give",
        "lower",
        "expel",
        "readmit",
        "group.split",
        "group.put",
        "group.scribe",
        "group.show",
        "group.close",
        "group.reveal",
        "group.gather",
        "group.merge",
        "order.add",
        "order.copy",
        "order.edit",
        "order.move",
        "order.drop",
        "order.title",
        "order.undo",
        "pace.until",
        "pace.open",
        "pace.close",
        "pace.address",
        "pace.invited",
        "pace.sort",
        "end",
        "redact",
    }
)
TAKING_PART = frozenset({"hand", "allow", "heads", "pen"})
BY_PARTICIPANTS = TAKING_PART | {"join", "leave"}
