import pytest

from fabrique.domain.blocks import Table
from fabrique.domain.entry import redacted
from fabrique.domain.report import report
from fabrique.domain.results import results
from fabrique.domain.session import Session, fold
from fabrique.domain.text import Invalid
from fabrique.live.room import Accepted
from tests.importers.scripts import KINDS
from tests.live.rules.driver import Driver

TITLES = ["Table 1", "Table 2", "Table 3"]
STEPS = (
    {"kind": "ideas", "id": "ideas", "title": "Idées", "settings": {"likes": True}},
    {"kind": "vote", "id": "vote", "title": "Un vote", "settings": {"scale": 5}},
    {"kind": "ideas", "id": "record", "title": "La trace", "scribe": True},
    {"kind": "pause", "id": "break", "title": "Pause"},
)


@pytest.fixture
def room():
    """Six people with seven screens' worth of heads: Bo answers for three."""
    found = Driver(STEPS)
    for who in ("cy", "di", "ed", "flo"):
        found.send("join", who)
    return found


@pytest.fixture
def tables(room):
    """Two by two, by hand."""
    of = {"ana": 0, "bo": 0, "cy": 1, "di": 1, "ed": 2, "flo": 2}
    room.send("group.split", groups=TITLES, by="hand", of=of)
    return room


def who(room):
    groups = room.session.groups
    return [sorted(groups.people(one.id)) for one in groups.now]


def heads(room):
    groups = room.session.groups
    return sorted(room.session.people.heads(groups.people(one.id)) for one in groups.now)


def test_chance_comes_from_the_seed_and_the_journal_keeps_what_it_gave(room):
    room.send("group.split", groups=TITLES, seed=7)
    first = who(room)
    assert heads(room) == [2, 3, 3]
    room.send("group.merge")
    room.send("group.split", groups=TITLES, seed=7)
    assert who(room) == first
    seen = set()
    for seed in range(20):
        room.send("group.split", groups=TITLES, seed=seed)
        seen.add(str(who(room)))
    assert len(seen) > 5


def test_without_a_seed_the_act_is_the_seed(room):
    room.send("group.split", groups=TITLES)
    before = who(room)
    results = set()
    for _ in range(10):
        room.send("group.split", groups=TITLES)
        results.add(str(who(room)))
    assert results != {str(before)}


def test_who_is_not_named_goes_where_people_are_fewest(room):
    room.send("group.split", groups=["A", "B"], by="hand", of={"bo": 1})
    assert who(room) == [["ana", "cy", "di", "ed"], ["bo", "flo"]]


def test_who_comes_later_goes_where_people_are_fewest(tables):
    tables.send("leave", "flo")
    tables.send("join", "gus")
    assert tables.session.groups.of["gus"] == "g3"
    tables.send("join", "flo")
    assert tables.session.groups.of["flo"] == "g3", "who is back goes back to their table"
    assert [entry.verb for entry in tables.journal[-3:]] == ["joined", "placed", "came"]


def test_who_is_away_is_not_drawn(room):
    room.send("leave", "flo")
    room.send("group.split", groups=TITLES, seed=1)
    assert "flo" not in room.session.groups.of
    room.send("join", "flo")
    assert "flo" in room.session.groups.of


def test_a_room_is_not_split_into_more_groups_than_screens(room):
    assert room.why("group.split", groups=list("ABCDEFG")) == "too_few"
    assert room.why("group.split", groups=["A", " "]) == "empty"
    for of in ({"nobody": 0}, {"ana": 2}):
        with pytest.raises(Invalid):
            room.send("group.split", groups=["A", "B"], by="hand", of=of)
    assert room.why("group.split", "ana", groups=["A"]) == "role"


def test_each_group_has_a_run_of_its_own(tables):
    tables.send("open", step="ideas", group="*")
    runs = tables.session.runs_of("ideas")
    assert [(run.id, run.group) for run in runs] == [("r1", "g1"), ("r2", "g2"), ("r3", "g3")]
    assert [sorted(run.joined) for run in runs] == [["ana", "bo"], ["cy", "di"], ["ed", "flo"]]
    assert tables.why("open", step="ideas", group="*") == "already_open"
    assert tables.why("open", step="ideas", group="g1") == "already_open"
    assert tables.why("open", step="ideas") == "already_open"
    tables.send("close", run="r2")
    tables.send("open", step="ideas", group="*")
    assert [run.group for run in tables.session.open_runs()] == ["g1", "g3", "g2"]


def test_what_is_open_to_all_is_not_opened_for_a_group_besides(tables):
    tables.send("open", step="ideas")
    assert tables.why("open", step="ideas", group="*") == "already_open"
    assert tables.why("open", step="ideas", group="2") == "already_open"


def test_nobody_answers_at_the_table_of_others(tables):
    tables.send("open", step="ideas", group="*")
    assert tables.why("answer", "cy", "r1", text="espionne") == "other_group"
    assert isinstance(tables.send("answer", "ana", "r1", text="élan"), Accepted)
    assert tables.why("like", "cy", "r1", idea="i1") == "other_group"


def test_what_was_typed_before_changing_tables_is_kept(tables):
    tables.send("open", step="ideas", group="*")
    tables.send("group.put", participant="ana", group="g2")
    assert isinstance(tables.send("answer", "ana", "r1", text="tapé avant"), Accepted)
    assert isinstance(tables.send("answer", "ana", "r2", text="tapé après"), Accepted)
    assert sorted(tables.session.runs["r2"].joined) == ["ana", "cy", "di"]


def test_one_of_the_group_takes_the_pen(tables):
    tables.send("open", step="record", group="*")
    assert tables.why("answer", "ana", "r1", text="sans plume") == "no_scribe"
    tables.send("pen", "bo", on=True)
    assert tables.why("answer", "ana", "r1", text="sans plume") == "not_scribe"
    assert isinstance(tables.send("answer", "bo", "r1", text="la trace"), Accepted)
    assert tables.why("pen", "ana", on=True) == "has_scribe"
    assert tables.why("pen", "ana", on=False) == "not_scribe"
    tables.send("leave", "bo")
    tables.send("pen", "ana", on=True)
    assert tables.session.groups.scribes == {"g1": "ana"}
    tables.send("pen", "ana", on=False)
    assert tables.session.groups.scribes == {}
    tables.send("group.scribe", participant="bo")
    assert tables.session.groups.scribes == {"g1": "bo"}


def test_a_pen_does_not_travel(tables):
    tables.send("pen", "ana", on=True)
    tables.send("group.put", participant="ana", group="g2")
    assert tables.session.groups.scribes == {}
    assert tables.session.groups.of["ana"] == "g2"


def test_in_plenary_everybody_writes(tables):
    tables.send("open", step="record")
    assert isinstance(tables.send("answer", "ana", "r1", text="libre"), Accepted)
    tables.send("group.merge")
    assert tables.why("pen", "ana", on=True) == "no_group"


def test_coming_back_closes_what_the_groups_had_open(tables):
    tables.send("open", step="ideas", group="*")
    tables.send("group.merge")
    assert tables.session.open_runs() == []
    assert (tables.session.groups.now, tables.session.groups.of) == ((), {})
    assert tables.why("group.merge") == "no_groups"
    assert tables.why("open", step="vote", group="*") == "no_groups"


def test_a_room_at_work_is_not_split_again(tables):
    tables.send("open", step="ideas", group="*")
    assert tables.why("group.split", groups=["A"]) == "groups_open"
    tables.send("group.close", step="ideas")
    assert tables.why("group.close", step="ideas") == "already_closed"
    tables.send("group.split", groups=["A", "B"])
    assert [one.id for one in tables.session.groups.now] == ["g4", "g5"]
    assert tables.session.groups.known["g1"].title == "Table 1"


def test_all_are_shown_at_once_and_closed_first(tables):
    tables.send("open", step="vote", group="*")
    tables.send("close", run="r2")
    tables.send("group.reveal", step="vote")
    assert {str(run.phase) for run in tables.session.runs_of("vote")} == {"revealed"}
    assert tables.why("group.reveal", step="vote") == "already_revealed"
    assert tables.why("group.reveal", step="ideas") == "unknown_run"


def test_one_group_or_all_have_the_stage(tables):
    tables.send("group.show", group="2")
    assert tables.session.groups.shown == "g2"
    tables.send("group.show")
    assert tables.session.groups.shown is None
    assert tables.why("group.show", group="g9") == "unknown_group"


def test_what_groups_wrote_comes_to_plenary_with_where_it_comes_from(tables):
    tables.send("open", step="ideas", group="*")
    tables.send("answer", "ana", "r1", text="médiation")
    tables.send("answer", "cy", "r2", text="billetterie")
    tables.send("like", "di", "r2", idea="i1")
    tables.send("group.gather", step="ideas")
    run = tables.session.runs["r4"]
    assert (run.group, run.gathered, str(run.phase)) == (None, ("r1", "r2", "r3"), "open")
    found = [(one.id, one.text, one.by, one.origin, one.likes) for one in run.state.items.values()]
    assert found == [
        ("r1.i1", "médiation", "ana", "Table 1", set()),
        ("r2.i1", "billetterie", "cy", "Table 2", {"di"}),
    ]
    tables.send("answer", "ed", "r4", text="en plénière")
    tables.send("like", "bo", "r4", idea="r2.i1")
    assert tables.session.runs["r2"].state.items["i1"].likes == {"di"}, "theirs is left as it was"
    assert tables.why("like", "cy", "r4", idea="r2.i1") == "own"
    assert tables.why("group.gather", step="ideas") == "already_open"


def test_what_was_brought_together_takes_no_more_at_the_tables(tables):
    tables.send("open", step="ideas", group="*")
    tables.send("group.gather", step="ideas", at=50)
    assert tables.why("answer", "ana", "r1", text="trop tard", at=51) == "closed"


def test_an_idea_erased_at_its_table_is_gone_from_plenary(tables):
    tables.send("open", step="ideas", group="*")
    outcome = tables.send("answer", "ana", "r1", text="à oublier")
    tables.send("answer", "cy", "r2", text="à garder")
    tables.send("group.gather", step="ideas")
    seq = outcome.entries[0].seq
    kept = [redacted(entry) if entry.seq == seq else entry for entry in tables.journal]
    again = fold(Session(tables.plan), kept, KINDS)
    assert [one.text for one in again.runs["r4"].state.items.values()] == ["à garder"]


def test_votes_of_groups_are_counted_together_each_person_once(tables):
    tables.send("open", step="vote", group="*")
    for one, run, value in (("ana", "r1", 5), ("bo", "r1", 1), ("cy", "r2", 3)):
        tables.send("answer", one, run, value=value)
    tables.send("group.put", participant="ana", group="g2")
    tables.send("answer", "ana", "r2", value=2)
    tables.send("group.gather", step="vote")
    run = tables.session.runs["r4"]
    assert str(run.phase) == "closed"
    result = KINDS["vote"].result(run, tables.session.people)
    assert result["distribution"] == [3, 1, 1, 0, 0], "Ana as she voted where she is, Bo for three"
    steps = results(tables.session, KINDS)["steps"]
    assert [one.get("group") for one in steps] == [*TITLES, None]
    assert steps[-1]["gathered"] == ["r1", "r2", "r3"]
    assert steps[-1]["joined"] == 8


def test_what_is_brought_together_is_not_counted_twice(tables):
    tables.send("open", step="ideas", group="*")
    tables.send("answer", "ana", "r1", text="médiation")
    tables.send("group.gather", step="ideas")
    tables.send("answer", "ed", "r4", text="en plénière")
    made = report(tables.session, KINDS, {}, "0" * 16)
    assert made.facts[2].value == "2"
    *tables_of, plenary = [one.title for one in made.sections[:4]]
    assert [title.params["group"] for title in tables_of] == list(TITLES)
    assert plenary == tables_of[0].params["title"]
    brought, listing = (one for one in made.sections[3].blocks if isinstance(one, Table))
    assert brought.rows[0] == ("Table 1", "4", "1", "1")
    assert [row[:2] for row in listing.rows] == [("médiation", "Table 1"), ("en plénière", "")]


def test_some_things_are_not_brought_together(tables):
    assert tables.why("group.gather", step="break") == "unknown_run"
    tables.send("open", step="break", group="*")
    assert tables.why("group.gather", step="break") == "not_gathered"
    tables.send("open", step="vote", group="1")
    changed = {**STEPS[1], "settings": {"scale": 10}}
    tables.send("order.edit", step=changed)
    tables.send("open", step="vote", group="2")
    assert tables.why("group.gather", step="vote") == "changed"
