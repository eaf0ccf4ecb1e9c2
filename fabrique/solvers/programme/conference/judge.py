"""What a programme costs by the published rules, term by term, in plain Python.

The annealer has its own arithmetic: each plan is judged here before it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from fabrique.solvers.programme.conference.instance import DAY, Instance, Place, Submission

Cells = dict[tuple[int, int], int]


def judge(instance: Instance, places: Mapping[int, Place]) -> dict[str, float]:
    """Give weight × measure by name; every submission has a place."""
    cells = {
        (session, room): instance.submissions[n].track for n, (session, room, _) in places.items()
    }
    measures = {**_cells(instance, cells), **_tracks(instance, cells)}
    measures["order"] = sum(
        _order(instance, places, track) for track in range(len(instance.tracks))
    )
    measures |= _submissions(instance, places) | _conflicts(instance, places)
    weights = instance.weights
    return {name: weights[name] * value for name, value in measures.items() if weights[name]}


def _cells(instance: Instance, cells: Cells) -> dict[str, float]:
    found = cells.items()
    return {
        "tracks_sessions": sum(instance.tracks_sessions[t][s] for (s, _), t in found),
        "tracks_rooms": sum(instance.tracks_rooms[t][r] for (_, r), t in found),
        "sessions_rooms": sum(instance.sessions_rooms[s][r] for s, r in cells),
    }


def _tracks(instance: Instance, cells: Cells) -> dict[str, float]:
    measures = dict.fromkeys(("rooms", "parallel", "consecutive", "similar", "chairs"), 0.0)
    for track in set(cells.values()):
        mine = [cell for cell, other in cells.items() if other == track]
        sessions = {session for session, _ in mine}
        measures["rooms"] += len({room for _, room in mine}) - 1
        measures["parallel"] += len(mine) - len(sessions)
        measures["consecutive"] += max(sessions) - min(sessions) >= len(sessions)
    for session in range(len(instance.sessions)):
        present = sorted({track for (s, _), track in cells.items() if s == session})
        for one, other in combinations(present, 2):
            measures["similar"] += likeness(instance, one, other)
            measures["chairs"] += bool(instance.chairs[one] & instance.chairs[other])
    return measures


def likeness(instance: Instance, one: int, other: int) -> float:
    """Give the penalty of two tracks in one session, written on either side of the table."""
    return max(instance.similar[one][other], instance.similar[other][one])


def _order(instance: Instance, places: Mapping[int, Place], track: int) -> int:
    mine = sorted(
        (place, n) for n, place in places.items() if instance.submissions[n].track == track
    )
    wanted = [
        (position, n) for position, (_, n) in enumerate(mine, 1) if instance.submissions[n].order
    ]
    late = sum(instance.submissions[n].order != position for position, n in wanted)
    together = sum(
        shared(instance, places, one, other) > 0 for (_, one), (_, other) in combinations(wanted, 2)
    )
    return late + together


def shared(instance: Instance, places: Mapping[int, Place], one: int, other: int) -> int:
    """Give how many slots two submissions have in common."""
    (s1, _, b1), (s2, _, b2) = places[one], places[other]
    if s1 != s2:
        return 0
    ends = [b1 + instance.submissions[one].slots, b2 + instance.submissions[other].slots]
    return max(0, min(ends) - max(b1, b2))


def _submissions(instance: Instance, places: Mapping[int, Place]) -> dict[str, float]:
    measures = dict.fromkeys(("submissions_sessions", "submissions_rooms", "timezones"), 0.0)
    for n, (session, room, _) in places.items():
        one = instance.submissions[n]
        measures["submissions_sessions"] += one.slots * one.sessions[session]
        measures["submissions_rooms"] += one.slots * one.rooms[room]
        measures["timezones"] += one.slots * hardship(instance, one, session)
    return measures


def hardship(instance: Instance, one: Submission, session: int) -> float:
    """Give what the hour of a session costs where a submission is given from."""
    hours, when = instance.hours, instance.sessions[session]
    start = (when.start + one.zone - hours.zone) % DAY
    end = (when.end + one.zone - hours.zone) % DAY
    if start < hours.less[0] or end > hours.less[1] or end < hours.less[0]:
        return hours.big
    return hours.small if start < hours.suitable[0] or end > hours.suitable[1] else 0.0


def _conflicts(instance: Instance, places: Mapping[int, Place]) -> dict[str, float]:
    measures = dict.fromkeys(("presenters", "attendees", "presenters_slot", "attendees_slot"), 0.0)
    for one, other in combinations(sorted(places), 2):
        (s1, r1, _), (s2, r2, _) = places[one], places[other]
        if s1 != s2 or r1 == r2:
            continue
        slots = shared(instance, places, one, other)
        presenters, attendees = clash(instance, one, other)
        measures["presenters"] += presenters
        measures["attendees"] += attendees
        measures["presenters_slot"] += presenters and slots
        measures["attendees_slot"] += attendees and slots
    return measures


def clash(instance: Instance, one: int, other: int) -> tuple[bool, bool]:
    """Say whether two submissions have a conflict of presenters, and one of attendees."""
    a, b = instance.submissions[one], instance.submissions[other]
    apart = a.track != b.track
    chairs_a = instance.chairs[a.track] if apart else frozenset()
    chairs_b = instance.chairs[b.track] if apart else frozenset()
    presenters = bool(
        a.presenters & b.presenters or a.presenters & chairs_b or b.presenters & chairs_a
    )
    attendees = bool(
        a.attendees & b.attendees
        or a.attendees & (b.presenters | chairs_b)
        or b.attendees & (a.presenters | chairs_a)
    )
    return presenters, attendees
