"""Whatever a script holds, it is played or refused in a sentence that says where."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain.text import Invalid
from tests.importers.scripts import WHOLE, play

CAFE = json.loads((Path(__file__).parent.parent / "data" / "cafe.json").read_text())
NUMBERS = [0, 1, -1, 2**63, 10**30, 10**400, 1.0, 0.5, -0.0, 1e300, -1e300]
TEXTS = ["", "5", "i1", "ana", "single", "challenge", "chat", "\ud800", "\x00", "\r", "💜" * 2001]
THINGS = [[], [0], [0, 0], [[]], [None], [True], {}, {"\ud800": 1}, {"id": "ana"}, {"kind": []}]
ODD = st.sampled_from([None, True, *NUMBERS, *TEXTS, *THINGS])
KEYS = st.sampled_from(
    "id kind title settings answers questions likes moves text by at value choice order options "
    "revised comment show_if image heads slides expected column card idea x \ud800".split(" ")
)
FEW = settings(max_examples=400)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            found += places(one, (*path, key))
    return found


def change(data: st.DataObject, document: Any) -> None:
    """Change something somewhere: replace, remove, add a key, say it twice."""
    path = data.draw(st.sampled_from(places(document)[1:]))
    *before, last = path
    parent = document
    for key in before:
        parent = parent[key]
    match data.draw(st.integers(0, 3)):
        case 0:
            parent[last] = odd(data)
        case 1:
            del parent[last]
        case 2 if isinstance(parent[last], dict):
            parent[last][data.draw(KEYS)] = odd(data)
        case _ if isinstance(parent, list):
            parent.append(copy.deepcopy(parent[last]))
        case _:
            parent[data.draw(KEYS)] = parent[last]


def odd(data: st.DataObject) -> Any:
    """Draw an odd thing of one's own: the next change may change it."""
    return copy.deepcopy(data.draw(ODD))


def judge(document: Any) -> None:
    with suppress(Invalid):
        play(json.dumps(document).encode())


@FEW
@given(data=st.data())
def test_a_whole_script_changed_at_random_is_played_or_refused(data):
    document = copy.deepcopy(WHOLE)
    for _ in range(data.draw(st.integers(1, 3))):
        change(data, document)
    judge(document)


@settings(FEW, max_examples=40)
@given(data=st.data())
def test_the_cafe_changed_at_random_is_played_or_refused(data):
    document = copy.deepcopy(CAFE)
    change(data, document)
    judge(document)


@FEW
@given(content=st.binary() | st.text().map(str.encode))
def test_any_bytes_are_refused(content):
    with pytest.raises(Invalid):
        play(content)
