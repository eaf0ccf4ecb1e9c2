"""Who goes to which group: as even as devices that answer for several allow, the same by seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random

from fabrique.domain.people import People


def drawn(who: Iterable[str], groups: Sequence[str], people: People, seed: str) -> dict[str, str]:
    """Draw a group for each; no two groups differ by more people than one device answers for."""
    chance = Random(seed)
    order, places = sorted(who), list(groups)
    chance.shuffle(order)
    chance.shuffle(places)  # or the first groups would always be those with one more
    order.sort(key=people.weight, reverse=True)
    return filled({}, order, places, people)


def filled(
    of: Mapping[str, str], others: Iterable[str], groups: Sequence[str], people: People
) -> dict[str, str]:
    """Give `of` and the `others` too, each where people are fewest, then first in `groups`."""
    found, heads = dict(of), dict.fromkeys(groups, 0)
    for one, group in of.items():
        heads[group] += people.weight(one)
    for one in others:
        found[one] = min(groups, key=heads.__getitem__)
        heads[found[one]] += people.weight(one)
    return found
