"""In a sentence for each rule: what the programme costs by it."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.text import Text

NAMES = {
    "tracks_sessions": Text("tracks in sessions that do not suit them"),
    "tracks_rooms": Text("tracks in rooms that do not suit them"),
    "sessions_rooms": Text("rooms in sessions that do not suit them"),
    "similar": Text("similar tracks at the same time"),
    "rooms": Text("tracks that change rooms"),
    "parallel": Text("tracks beside themselves"),
    "consecutive": Text("tracks whose sessions are not in a row"),
    "timezones": Text("hours of the night where somebody is"),
    "order": Text("submissions out of order"),
    "submissions_sessions": Text("submissions in sessions that do not suit them"),
    "submissions_rooms": Text("submissions in rooms that do not suit them"),
    "presenters": Text("people who present twice in a session"),
    "attendees": Text("people who attend twice in a session"),
    "chairs": Text("people who chair twice in a session"),
    "presenters_slot": Text("people who present twice in a slot"),
    "attendees_slot": Text("people who attend twice in a slot"),
}


def explain(terms: Mapping[str, float]) -> tuple[Text, ...]:
    """Give what counts, the dearest first."""
    found = sorted(((-value, name) for name, value in terms.items() if value))
    return tuple(
        Text("{what}: {cost}.", {"what": NAMES[name], "cost": -value}) for value, name in found
    )
