"""A running order in a file: read whole or refused, with the reason and the place."""

import json
from datetime import UTC, datetime

import pytest
from msgspec import structs

from fabrique.domain.definitions import read_definition
from fabrique.domain.session import Plan
from fabrique.domain.text import Invalid
from fabrique.importers.running_order import read_running_order, write_running_order
from tests.importers.scripts import KINDS

NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)
LATER = datetime(2026, 4, 9, 14, tzinfo=UTC)
PAUSE = {"kind": "pause", "id": "p", "title": "On respire"}
CHAT = {"kind": "chat", "id": "c", "title": "Fil"}


def order(**changes):
    return {
        "format": "fabrique.running_order/1",
        "title": "Café",
        "language": "fr",
        "steps": [PAUSE],
        **changes,
    }


def read(data):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read_running_order(content, KINDS, NOW)


def test_every_kind_goes_out_and_comes_in_equal():
    prepared = [
        read_definition({"kind": kind, "id": kind, "title": kind, **activity.example}, KINDS)
        for kind, activity in KINDS.items()
    ]
    always = [one for one in prepared if KINDS[one.kind].always]
    plan = Plan(
        "Café",
        "cafe",
        "en",
        NOW,
        facilitator="L’équipe",
        introduction="Une heure.\nUn sujet.",
        steps=tuple(one for one in prepared if one not in always),
        beside=tuple(always),
    )
    content = write_running_order(plan)
    assert read_running_order(content, KINDS, LATER) == structs.replace(plan, starts_at=LATER)
    assert write_running_order(read_running_order(content, KINDS, LATER)) == content


def test_what_is_left_out_has_its_default():
    plan = read(order())
    assert (plan.kind, plan.facilitator, plan.beside, plan.starts_at) == ("session", "", (), NOW)


@pytest.mark.parametrize(
    ("data", "said", "where"),
    [
        (b"\xff", "UTF-8", ""),
        (b'{"a": 1,}', "line 1, column", ""),
        (b"[]", "not a running order", ""),
        (b"[" * 5000, "JSON", ""),
        (b'{"a": NaN}', "not a running order", ".format"),
        (b'{"title": "a", "title": "b"}', "title", ""),
        ({}, "not a running order", ".format"),
        (order(format=1), "not a running order", ".format"),
        (order(format="fabrique.running_order/2"), "newer Fabrique", ".format"),
        (order(colour="red"), "Unknown key “colour”", ""),
        (order(title=" "), "title", ".title"),
        (order(language="de"), "de", ".language"),
        (order(steps=[PAUSE, {**PAUSE, "id": "q", "kind": "danse"}]), "danse", ".steps[1]"),
        (order(steps=[{**PAUSE, "colour": 1}]), "Unknown key “colour”", ".steps[0]"),
        (order(steps=[PAUSE, PAUSE]), "given twice", ".steps[1]"),
        (order(beside=[{**CHAT, "id": "p"}]), "given twice", ".beside[0]"),
        (order(steps=[{**PAUSE, "id": ""}]), "empty", ".steps[0]"),
        (order(steps=[CHAT]), "beside the steps", ".steps[0].kind"),
        (order(beside=[PAUSE]), "among the steps", ".beside[0].kind"),
        (order(steps=[PAUSE] * 201), "at most 200", ".steps"),
        (order(steps=[{"kind": "vote", "id": "v", "title": "V"}]), "either", ".steps[0]"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_the_place(data, said, where):
    with pytest.raises(Invalid, match=said) as no:
        read(data)
    assert no.value.where == where
