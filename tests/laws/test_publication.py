"""Under which name people's words are shown: what was promised before typing is what is done."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from fabrique.domain.definitions import definition_data, read_definition
from fabrique.domain.report import report
from fabrique.domain.results import results
from fabrique.domain.session import Plan
from fabrique.domain.step import PROMISE, Publication
from fabrique.domain.text import Invalid
from fabrique.live.figures import Figures
from fabrique.live.room import Room
from fabrique.live.screens import parts
from tests.laws import rooms
from tests.laws.rooms import KINDS

FEW = settings(max_examples=20)
NAMES = {one: f"Zébulon-{one}" for one in rooms.PEOPLE}
CHOICES = [
    (kind, policy)
    for kind, activity in KINDS.items()
    for policy in sorted({activity.publication, *activity.publications})
]
UNNAMED = [one for one in CHOICES if one[1] is not Publication.NAMES]
NAMED = [one for one in CHOICES if one[1] is Publication.NAMES and one[0] != "challenge"]


def played(kind, policy, script):
    step = structs.replace(rooms.plan(kind).steps[0], publication=policy)
    room = Room(Plan("Séance", "cafe", "fr", rooms.START, steps=(step,)), KINDS)
    journal = []
    for one in rooms.PEOPLE:
        rooms.ask(room, journal, "join", one, {})
    rooms.ask(room, journal, "open", "", {"step": "one"})
    for who, verb, what in script:
        rooms.ask(room, journal, verb, who, what)
    rooms.ask(room, journal, "reveal", "", {})
    return room


def shown(room):
    """All that people other than who leads can see of the run."""
    session = room.session
    run = "r1"
    seen = [
        part
        for screen in ("phone", "stage", "console")
        for part in parts(session, KINDS, screen, NAMES, Figures())
        if part.key.startswith(run)
    ]
    figures = json.dumps(results(session, KINDS), ensure_ascii=False)
    return f"{seen!r} {report(session, KINDS, NAMES, '')!r} {figures}"


@pytest.mark.parametrize(("kind", "policy"), UNNAMED)
@FEW
@given(data=st.data())
def test_nothing_shown_names_anybody_where_names_are_not_published(kind, policy, data):
    assert "Zébulon" not in shown(played(kind, policy, data.draw(rooms.acts(kind))))


@pytest.mark.parametrize(("kind", "policy"), NAMED)
def test_the_law_above_sees_a_name(kind, policy):
    """Negative control: where names are published, they are there."""
    verb = next(one for one in KINDS[kind].verbs if one in ("answer", "say"))
    body = {"text": "élan", **({"column": 0} if kind == "board" else {})}
    assert "Zébulon-ana" in shown(played(kind, policy, [("ana", verb, body)]))


@pytest.mark.parametrize(("kind", "policy"), CHOICES)
def test_what_is_promised_is_said_before_typing(kind, policy):
    activity = KINDS[kind]
    session = played(kind, policy, []).session
    said = activity.view(session.runs["r1"], "phone", session.people, {}).promise
    own = activity.promise if policy is activity.publication else None
    assert said == (own or PROMISE[policy])


@pytest.mark.parametrize("kind", KINDS)
def test_a_policy_that_a_kind_does_not_have_is_refused(kind):
    data = definition_data(rooms.plan(kind).steps[0])
    allowed = {KINDS[kind].publication, *KINDS[kind].publications}
    for policy in Publication:
        if policy in allowed:
            assert read_definition({**data, "publication": policy}, KINDS).publication is policy
        else:
            with pytest.raises(Invalid) as no:
                read_definition({**data, "publication": policy}, KINDS)
            assert no.value.where == ".publication"
