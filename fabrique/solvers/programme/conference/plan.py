"""From a conference to its plan, one entry for each slot that is taken."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.solution import Impossible, Solution, Status, Watch
from fabrique.domain.text import Text
from fabrique.solvers.programme.conference.check import check
from fabrique.solvers.programme.conference.explain import explain
from fabrique.solvers.programme.conference.instance import Instance, Place
from fabrique.solvers.programme.conference.judge import judge
from fabrique.solvers.programme.conference.possible import bound, refuse_impossible
from fabrique.solvers.programme.conference.search import search
from fabrique.solvers.programme.conference.tables import tabulate


def solve(instance: Instance, seed: int, watch: Watch) -> Solution:
    """Give a plan; raise `Impossible`."""
    refuse_impossible(instance)
    tables, scale = tabulate(instance)
    places = search(tables, scale, seed, watch)
    if places is None:
        raise Impossible(Text("No programme was found that has room for every submission."))
    terms = judge(instance, places)
    value = _whole(sum(terms.values()))
    least = _whole(bound(instance))
    placed = _placed(instance, places)
    if wrong := check(instance, placed, value):
        raise AssertionError(wrong)
    return Solution(
        kind="programme",
        value={"lost": value},
        bound={"lost": least},
        status=Status.PROVED if value == least else Status.GAP,
        seed=seed,
        seconds=watch.spent(),
        explain=explain(terms),
        body={"placed": placed},
    )


def _whole(value: float) -> float:
    """Give a whole number as such."""
    value = round(value, 6)
    return int(value) if value.is_integer() else value


def _placed(instance: Instance, places: Mapping[int, Place]) -> list[dict[str, object]]:
    found = []
    for n, (session, room, start) in places.items():
        one = instance.submissions[n]
        name = instance.sessions[session].name
        found += [
            {
                "item": one.reference,
                "slot": f"{name} {index}",
                "room": instance.rooms[room],
                "session": name,
                "index": index,
            }
            for index in range(start + 1, start + one.slots + 1)
        ]
    return found
