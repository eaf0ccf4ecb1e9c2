"""An instance as whole numbers: what each thing costs, weighted, ready for the kernel."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabrique.solvers.programme.conference.instance import Instance
from fabrique.solvers.programme.conference.judge import clash, hardship, likeness

Ints = NDArray[np.int64]


class Tables(NamedTuple):
    """Costs in `scale`-ths: N submissions, T tracks, S sessions, R rooms; cell = s·R + r."""

    track: Ints  # (N,)
    need: Ints  # (N,) slots
    order: Ints  # (N,) wanted place in its track, from 1; 0: any
    own: Ints  # (N, S·R) cost of a submission in a cell
    cell: Ints  # (T, S·R) cost of a track in a cell
    likeness: Ints  # (T, T) cost of two tracks in one session
    first: Ints  # (N + 1,) where the conflicts of a submission begin
    other: Ints  # (conflicts,)
    apart: Ints  # (conflicts,) cost in one session, different rooms
    at_once: Ints  # (conflicts,) the same for each common slot
    mine: Ints  # submissions by track
    begins: Ints  # (T + 1,) where those of a track begin
    slots: Ints  # (S,)
    flat: Ints  # (6,) S, R, rooms, parallel, consecutive, order


SCALE = 100


def tabulate(instance: Instance) -> tuple[Tables, int]:
    """Give the tables and their scale: 1 where all costs are whole numbers."""
    for scale in (1, SCALE):
        tables = _tables(instance, scale)
        if tables is not None:
            return tables, scale
    raise AssertionError("costs are rounded at the second scale")


def _tables(instance: Instance, scale: int) -> Tables | None:
    weights = {name: value * scale for name, value in instance.weights.items()}
    shape = len(instance.sessions), len(instance.rooms)
    flat = [*shape, *(weights[n] for n in ("rooms", "parallel", "consecutive", "order"))]
    clashes = _clashes(instance, weights)
    track = np.array([one.track for one in instance.submissions])
    real = [
        _own(instance, weights),
        _cells(instance, weights),
        _likeness(instance, weights),
        clashes[2],
        clashes[3],
        np.array(flat, float),
    ]
    whole = [np.rint(one).astype(np.int64) for one in real]
    if scale == 1 and not all(np.array_equal(a, b) for a, b in zip(real, whole, strict=True)):
        return None
    own, cell, alike, apart, at_once, flat_ = whole
    return Tables(
        track=track,
        need=np.array([one.slots for one in instance.submissions]),
        order=np.array([one.order for one in instance.submissions]),
        own=own,
        cell=cell,
        likeness=alike,
        first=clashes[0],
        other=clashes[1],
        apart=apart,
        at_once=at_once,
        mine=np.argsort(track, kind="stable"),
        begins=np.searchsorted(np.sort(track), np.arange(len(instance.tracks) + 1)),
        slots=np.array([one.slots for one in instance.sessions]),
        flat=flat_,
    )


def _own(instance: Instance, weights: dict[str, float]) -> NDArray[np.float64]:
    rows = []
    for one in instance.submissions:
        sessions = [
            weights["submissions_sessions"] * one.sessions[s]
            + weights["timezones"] * hardship(instance, one, s)
            for s in range(len(instance.sessions))
        ]
        rooms = weights["submissions_rooms"] * np.array(one.rooms)
        rows.append(one.slots * (np.array(sessions)[:, None] + rooms).ravel())
    return np.array(rows)


def _cells(instance: Instance, weights: dict[str, float]) -> NDArray[np.float64]:
    sessions = weights["tracks_sessions"] * np.array(instance.tracks_sessions)
    rooms = weights["tracks_rooms"] * np.array(instance.tracks_rooms)
    both = weights["sessions_rooms"] * np.array(instance.sessions_rooms)
    whole = sessions[:, :, None] + rooms[:, None, :] + both
    return np.asarray(whole.reshape(len(instance.tracks), -1))


def _likeness(instance: Instance, weights: dict[str, float]) -> NDArray[np.float64]:
    tracks = range(len(instance.tracks))
    found = np.zeros((len(tracks), len(tracks)))
    for one, other in combinations(tracks, 2):
        chairs = bool(instance.chairs[one] & instance.chairs[other])
        cost = weights["similar"] * likeness(instance, one, other) + weights["chairs"] * chairs
        found[one, other] = found[other, one] = cost
    return found


def _clashes(
    instance: Instance, weights: dict[str, float]
) -> tuple[Ints, Ints, NDArray[np.float64], NDArray[np.float64]]:
    found = []
    for one, other in combinations(range(len(instance.submissions)), 2):
        presenters, attendees = clash(instance, one, other)
        apart = presenters * weights["presenters"] + attendees * weights["attendees"]
        at_once = presenters * weights["presenters_slot"] + attendees * weights["attendees_slot"]
        if apart or at_once:
            found += [(one, other, apart, at_once), (other, one, apart, at_once)]
    found.sort()
    first = np.searchsorted([row[0] for row in found], np.arange(len(instance.submissions) + 1))
    columns = np.array([row[1:] for row in found], float).reshape(-1, 3).T
    return first, columns[0].astype(np.int64), columns[1], columns[2]
