"""In sentences: who loses wishes, what was moved, what is wished by more than the room holds."""

from __future__ import annotations

from collections import Counter

from fabrique.domain.text import Text
from fabrique.solvers.programme.grid.check import Placed, lost
from fabrique.solvers.programme.grid.problem import Problem

NAMED = 12


def explain(problem: Problem, placed: Placed) -> tuple[Text, ...]:
    """Give each wish that is not met, by what stands at the same time."""
    whole = lost(problem, placed)
    wished = sum(map(len, problem.wishes))
    said = []
    if whole:
        hit = sum(len(mine) > len({placed[n][0] for n in mine}) for mine in problem.wishes)
        what = {"n": whole, "wished": wished, "people": hit}
        said.append(
            Text(
                "{n} wish of {wished} falls beside another; people concerned: {people}.",
                what,
                "{n} wishes of {wished} fall beside others; people concerned: {people}.",
            )
        )
        said.append(_beside(problem, placed))
    return (*said, *_moved(problem, placed), *_full(problem, placed))


def _beside(problem: Problem, placed: Placed) -> Text:
    pairs: Counter[tuple[int, int]] = Counter()
    for mine in problem.wishes:
        for one in mine:
            for other in mine:
                if one < other and placed[one][0] == placed[other][0]:
                    pairs[one, other] += 1
    worst = [
        f"{problem.items[a].id} – {problem.items[b].id} ({many})"
        for (a, b), many in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:NAMED]
    ]
    return Text("Wished together, at the same time: {pairs}.", {"pairs": ", ".join(worst)})


def _moved(problem: Problem, placed: Placed) -> list[Text]:
    found = [
        f"{item.id} ({problem.slots[item.slot]} → {problem.slots[slot]})"
        for item, (slot, _) in zip(problem.items, placed, strict=True)
        if item.slot is not None and item.slot != slot
    ]
    return (
        [Text("Moved from where they were: {items}.", {"items": ", ".join(found)})] if found else []
    )


def _full(problem: Problem, placed: Placed) -> list[Text]:
    full = []
    for item, (_, room), many in zip(problem.items, placed, problem.demand(), strict=True):
        seats = problem.rooms[room].seats
        if seats is not None and many > seats:
            full.append(f"{item.id} ({many} > {seats})")
    return (
        [Text("Wished by more than the room holds: {items}.", {"items": ", ".join(full)})]
        if full
        else []
    )
