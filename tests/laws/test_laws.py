"""What every kind of activity must obey, whoever wrote it: run on all that the registry finds."""

from __future__ import annotations

import copy
import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain.blocks import Facts, Notice
from fabrique.domain.definitions import definition_data, read_definition
from fabrique.domain.entry import redacted
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.report import UNSHOWN, report
from fabrique.domain.results import results
from fabrique.domain.run import Phase
from fabrique.domain.schema import read
from fabrique.domain.session import Session, body_type, fold
from fabrique.domain.step import Definition
from fabrique.live.room import Room
from tests.laws import rooms
from tests.laws.rooms import KINDS

every_kind = pytest.mark.parametrize("kind", KINDS)
# Contributions to the other kinds are seen by all as they come, and the screen says so before.
every_secret_kind = pytest.mark.parametrize("kind", [k for k, a in KINDS.items() if not a.shared])
every_answered_kind = pytest.mark.parametrize("kind", [k for k, a in KINDS.items() if a.verbs])
FORMATS = discover("fabrique.formats")
FEW = settings(max_examples=25)


@every_kind
@FEW
@given(data=st.data())
def test_folding_in_two_parts_is_folding_at_once(kind, data):
    room, journal = rooms.played(kind, data.draw(rooms.acts(kind)))
    cut = data.draw(st.integers(0, len(journal)))
    once = fold(Session(room.session.plan), journal, KINDS)
    half = fold(Session(room.session.plan), journal[:cut], KINDS)
    twice = fold(half, journal[cut:], KINDS)
    assert once == twice == room.session


@every_kind
@FEW
@given(data=st.data())
def test_entries_survive_json(kind, data):
    _, journal = rooms.played(kind, data.draw(rooms.acts(kind)))
    for entry in journal:
        raw = json.loads(msgspec.json.encode(entry.body))
        assert read(raw, body_type(KINDS, entry.kind)) == entry.body


@every_kind
@FEW
@given(data=st.data())
def test_a_refused_op_changes_nothing(kind, data):
    room, journal = rooms.played(kind, data.draw(rooms.acts(kind)))
    for who, verb, what in data.draw(rooms.acts(kind)):
        before = copy.deepcopy(room.session)
        if not rooms.ask(room, journal, verb, who, what):
            assert room.session == before


@every_kind
@FEW
@given(data=st.data())
def test_any_entry_may_be_erased(kind, data):
    room, journal = rooms.played(kind, data.draw(rooms.acts(kind)))
    gone = data.draw(st.sets(st.sampled_from(range(len(journal)))))
    kept = [redacted(entry) if n in gone else entry for n, entry in enumerate(journal)]
    session = fold(Session(room.session.plan), kept, KINDS)
    assert session.seq == len(journal)
    json.dumps(results(session, KINDS))
    assert report(session, KINDS, {}, "", everything=True).sections


@every_secret_kind
@FEW
@given(data=st.data())
def test_a_phone_learns_nothing_before_the_reveal(kind, data):
    """Before the reveal, what others answered does not show in what a phone is sent."""
    empty, _ = rooms.opened(kind)
    full, journal = rooms.played(kind, data.draw(rooms.acts(kind)))
    for phase in (Phase.OPEN, Phase.CLOSED):
        assert phone(empty) == phone(full)
        if phase is Phase.OPEN:
            rooms.ask(empty, [], "close", "", {})
            rooms.ask(full, journal, "close", "", {})


def phone(room: Room) -> list[object]:
    run = room.session.runs["r1"]
    return KINDS[run.definition.kind].parts(run, "phone", room.session.people, {})


@pytest.mark.parametrize("kind", [k for k, a in KINDS.items() if a.asks and not a.shared])
@FEW
@given(data=st.data())
def test_a_report_tells_the_room_what_the_room_was_shown(kind, data):
    room, journal = rooms.played(kind, data.draw(rooms.acts(kind)))
    rooms.ask(room, journal, "close", "", {})
    made = report(room.session, KINDS, {}, "")
    assert made.sections[0].blocks[-1] == Notice(UNSHOWN)
    assert {type(block) for block in made.sections[0].blocks} <= {Facts, Notice}
    assert not set(KINDS[kind].result(room.session.runs["r1"], room.session.people)) & set(
        made.results["steps"][0]
    )
    rooms.ask(room, journal, "reveal", "", {})
    shown = report(room.session, KINDS, {}, "")
    everything = report(room.session, KINDS, {}, "", everything=True)
    assert shown == msgspec.structs.replace(everything, listings=())
    assert Notice(UNSHOWN) not in shown.sections[0].blocks


@every_kind
@FEW
@given(data=st.data())
def test_my_answers_are_mine_alone(kind, data):
    room, journal = rooms.opened(kind)
    activity = KINDS[kind]
    before = activity.mine(room.session.runs["r1"], "ana")
    for who, verb, what in data.draw(rooms.acts(kind)):
        if who != "ana":
            rooms.ask(room, journal, verb, who, what)
    assert activity.mine(room.session.runs["r1"], "ana") == before


@every_kind
@settings(max_examples=30)
@given(data=st.data())
def test_the_report_renders_in_every_format(kind, data):
    room, journal = rooms.played(kind, data.draw(rooms.acts(kind)))
    rooms.ask(room, journal, "end", "", {})
    made = report(room.session, KINDS, {}, "0" * 16, everything=True)
    name = data.draw(st.sampled_from(sorted(FORMATS)))
    language = Language(data.draw(st.sampled_from(("fr", "en"))))
    assert FORMATS[name].render(made, language)


@every_answered_kind
def test_something_can_be_answered(kind):
    """The laws would hold for a kind that refuses everything: they must see it accept."""
    accepted = 0

    @settings(max_examples=60)
    @given(script=rooms.acts(kind))
    def count(script):
        nonlocal accepted
        _, journal = rooms.played(kind, script)
        accepted += len(journal) - len(rooms.PEOPLE) - 1

    count()
    assert accepted > 0


@every_kind
def test_a_kind_names_itself_in_both_languages(kind):
    activity = KINDS[kind]
    assert activity.kind == kind
    assert activity.name.fr
    assert activity.name.en
    assert issubclass(activity.definition, Definition)


@every_kind
def test_a_definition_survives_json(kind):
    definition = rooms.plan(kind).steps[0]
    raw = json.loads(json.dumps(definition_data(definition)))
    assert read_definition(raw, KINDS) == definition
