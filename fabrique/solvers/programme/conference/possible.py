"""What cannot be is named before anything is looked for; and a bound that takes no search."""

from __future__ import annotations

from fabrique.domain.solution import Impossible
from fabrique.domain.text import Text
from fabrique.solvers.programme.conference.instance import Instance
from fabrique.solvers.programme.conference.judge import hardship


def refuse_impossible(instance: Instance) -> None:
    """Raise `Impossible` for what a count shows."""
    room = len(instance.rooms) * sum(one.slots for one in instance.sessions)
    need = sum(one.slots for one in instance.submissions)
    if need > room:
        what = {"need": need, "slots": room}
        raise Impossible(Text("Submissions need {need} slots, and there are {slots}.", what))
    longest = max(one.slots for one in instance.sessions)
    for one in instance.submissions:
        if one.slots > longest:
            named: dict[str, object] = {"id": one.reference, "need": one.slots, "slots": longest}
            said = Text("“{id}” needs {need} slots; the longest session has {slots}.", named)
            raise Impossible(said)
    cells = len(instance.rooms) * len(instance.sessions)
    tracks = len({one.track for one in instance.submissions})
    if tracks > cells:
        what = {"tracks": tracks, "cells": cells}
        raise Impossible(Text("There are {tracks} tracks for {cells} cells.", what))


def bound(instance: Instance) -> float:
    """Give what no programme is below: each submission and a cell of each track at its best."""
    weights = instance.weights
    whole = 0.0
    for one in instance.submissions:
        sessions = [
            weights["submissions_sessions"] * one.sessions[s]
            + weights["timezones"] * hardship(instance, one, s)
            for s, session in enumerate(instance.sessions)
            if session.slots >= one.slots
        ]
        whole += one.slots * (min(sessions) + weights["submissions_rooms"] * min(one.rooms))
    for track in {one.track for one in instance.submissions}:
        whole += min(
            weights["tracks_sessions"] * instance.tracks_sessions[track][s]
            + weights["tracks_rooms"] * instance.tracks_rooms[track][r]
            + weights["sessions_rooms"] * instance.sessions_rooms[s][r]
            for s in range(len(instance.sessions))
            for r in range(len(instance.rooms))
        )
    return whole
