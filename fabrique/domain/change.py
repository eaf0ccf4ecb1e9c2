"""What differs from a document as it stands: small enough for a line of the journal.

Objects are changed key by key; null takes a key away. A list of things that have ids is changed by
their ids: null takes one out, a new id comes last, and the key `""` gives the order. Anything else
is replaced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

ORDER = ""  # no id is empty
DEEPEST = 20  # no definition of ours is half as deep


def changed(data: Any, change: Any, deep: int = 0) -> Any:
    """Give `data` as `change` leaves it; neither is touched."""
    if not isinstance(change, Mapping) or deep > DEEPEST:
        return change
    if isinstance(data, Sequence) and not isinstance(data, str):
        return _listed(data, change, deep)
    found = dict(data) if isinstance(data, Mapping) else {}
    for key, value in change.items():
        if value is None:
            found.pop(key, None)
        else:
            found[key] = changed(found.get(key), value, deep + 1)
    return found


def _listed(items: Sequence[Any], change: Mapping[str, Any], deep: int) -> Any:
    if not all(isinstance(one, Mapping) and "id" in one for one in items):
        return change
    found = {one["id"]: one for one in items}
    for key, value in change.items():
        if value is None:
            found.pop(key, None)
        elif key != ORDER:
            after = changed(found.get(key), value, deep + 1)
            found[key] = {**after, "id": key} if isinstance(after, Mapping) else after
    wanted = change.get(ORDER)
    known = wanted if isinstance(wanted, Sequence) else ()
    first = [one for one in known if isinstance(one, str) and one in found]
    return [found[one] for one in dict.fromkeys((*first, *found))]
