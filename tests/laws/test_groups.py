"""What every kind of activity must obey in small groups."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain.entry import redacted
from fabrique.domain.report import report
from fabrique.domain.results import contributions, results
from fabrique.domain.session import Session, fold
from fabrique.live.figures import Figures
from fabrique.live.order import EVERYBODY
from fabrique.live.screens import parts
from tests.laws import rooms
from tests.laws.rooms import KINDS

every_kind = pytest.mark.parametrize("kind", KINDS)
every_gathered_kind = pytest.mark.parametrize("kind", [k for k, a in KINDS.items() if a.gathers])
FEW = settings(max_examples=15)
TABLES = {"ana": "r1", "bo": "r2", "cy": "r2", "": "r2"}
WHO = st.sampled_from([*rooms.PEOPLE, "nobody"])
WHERE = st.sampled_from(["g1", "g2", "g3", "2", "*"])
STEP = st.fixed_dictionaries({"step": st.sampled_from(["one", "two"])})
NOTHING = st.just({})
GROUPING = st.lists(
    st.one_of(
        st.tuples(st.just("group.split"), st.fixed_dictionaries({"count": st.integers(1, 4)})),
        st.tuples(
            st.just("group.put"), st.fixed_dictionaries({"participant": WHO, "group": WHERE})
        ),
        st.tuples(st.just("group.scribe"), st.fixed_dictionaries({"participant": WHO})),
        st.tuples(st.sampled_from(["group.close", "group.reveal", "group.gather"]), STEP),
        st.tuples(st.just("group.show"), st.fixed_dictionaries({"group": WHERE | st.none()})),
        st.tuples(st.just("group.merge"), NOTHING),
        st.tuples(st.just("open"), st.fixed_dictionaries({"step": st.just("one"), "group": WHERE})),
        st.tuples(st.sampled_from(["pen", "leave", "join"]), NOTHING),
    ),
    max_size=8,
)


def played(kind, script):
    """Everybody asks at their own table."""
    room, journal = rooms.at_tables(kind)
    for who, verb, what in script:
        rooms.ask(room, journal, verb, who, what, TABLES[who])
    return room, journal


def led(room, journal, script):
    for verb, what in script:
        who = "bo" if verb in ("pen", "leave", "join") else ""
        yield rooms.ask(room, journal, verb, who, {"on": True} if verb == "pen" else what)


def phone(room, group="g1"):
    return parts(room.session, KINDS, "phone", {}, Figures(), group)


@every_kind
@FEW
@given(data=st.data())
def test_a_phone_learns_nothing_of_another_table(kind, data):
    """Whatever is done at table 2, and shown there, table 1 shows the same."""
    script = data.draw(rooms.acts(kind))
    own = [act for act in script if act[0] == "ana"]
    alone, _ = played(kind, own)  # first, for messages are known by the number of their line
    full, journal = played(kind, [*own, *(act for act in script if act[0] != "ana")])
    assert phone(alone) == phone(full)
    for verb in ("close", "reveal"):
        rooms.ask(full, journal, verb, "", {}, "r2")
        assert phone(alone) == phone(full)


@pytest.mark.parametrize("kind", [k for k, a in KINDS.items() if a.shared and a.verbs])
def test_the_law_above_sees_a_leak(kind):
    """Negative control: what everybody sees does tell one table from the other."""
    seen = 0

    @settings(max_examples=40)
    @given(script=rooms.acts(kind))
    def count(script):
        nonlocal seen
        quiet, _ = played(kind, [act for act in script if act[0] == "ana"])
        seen += phone(quiet, EVERYBODY) != phone(played(kind, script)[0], EVERYBODY)

    count()
    assert seen > 0


@every_kind
@FEW
@given(data=st.data())
def test_folding_groups_in_two_parts_is_folding_at_once(kind, data):
    room, journal = played(kind, data.draw(rooms.acts(kind)))
    list(led(room, journal, data.draw(GROUPING)))
    cut = data.draw(st.integers(0, len(journal)))
    once = fold(Session(room.session.plan), journal, KINDS)
    half = fold(Session(room.session.plan), journal[:cut], KINDS)
    assert once == fold(half, journal[cut:], KINDS) == room.session


@every_kind
@FEW
@given(data=st.data())
def test_a_refused_act_on_groups_changes_nothing(kind, data):
    room, journal = rooms.at_tables(kind)
    for act in data.draw(GROUPING):
        before = copy.deepcopy(room.session)
        if not next(led(room, journal, [act])):
            assert room.session == before


@every_kind
@FEW
@given(data=st.data())
def test_any_line_may_be_erased_of_a_room_in_groups(kind, data):
    room, journal = played(kind, data.draw(rooms.acts(kind)))
    list(led(room, journal, [("group.gather", {"step": "one"}), ("group.merge", {})]))
    gone = data.draw(st.sets(st.sampled_from(range(len(journal)))))
    kept = [redacted(entry) if n in gone else entry for n, entry in enumerate(journal)]
    session = fold(Session(room.session.plan), kept, KINDS)
    json.dumps(results(session, KINDS))
    assert report(session, KINDS, {}, "").sections
    for screen in ("phone", "stage", "console"):
        assert parts(session, KINDS, screen, {}, Figures(), "g1")


@every_gathered_kind
@FEW
@given(data=st.data())
def test_what_is_brought_together_is_all_there_is_and_counts_once(kind, data):
    room, journal = played(kind, data.draw(rooms.acts(kind)))
    before = copy.deepcopy([room.session.runs[one].state for one in ("r1", "r2")])
    assert rooms.ask(room, journal, "group.gather", "", {"step": "one"})
    runs, activity = room.session.runs, KINDS[kind]
    assert [runs[one].state for one in ("r1", "r2")] == before
    at_tables = sum(activity.entries(runs[one]) for one in ("r1", "r2"))
    answered = activity.answered(runs["r1"]) | activity.answered(runs["r2"])
    assert (activity.entries(runs["r3"]), activity.answered(runs["r3"])) == (at_tables, answered)
    assert contributions(KINDS, list(runs.values())) == at_tables
