"""A wall keeps its screen: whatever else is open, in order of writing, after the end too."""

from fabrique.domain.definitions import read_definition
from fabrique.live import wall
from fabrique.live.figures import Figures
from fabrique.live.screens import parts
from tests.activities.pools import KINDS, Pool

VOTE = {"kind": "vote", "id": "two", "title": "Un choix", "settings": {"scale": 5}}


def room(**definition):
    """A room with ideas, r1, and a vote to open after them."""
    found = Pool("ideas", settings={"likes": True}, **definition)
    session = found.room.session
    known = {one: getattr(session.plan, one) for one in session.plan.__struct_fields__}
    step = read_definition(VOTE, KINDS)
    session.plan = type(session.plan)(**known | {"steps": (*session.plan.steps, step)})
    return found


def stage(found, wanted):
    drawn = parts(found.room.session, KINDS, "stage", {}, Figures(), wanted)
    return {part.key: part for part in drawn}


def order(drawn):
    found = [part for part in drawn.values() if part.partial == "item"]
    return [part.view.text for part in sorted(found, key=lambda part: part.rank)]


def test_a_wall_stays_whatever_is_open_and_after_the_end():
    found = room()
    found.ask("answer", "ana", text="un")
    found.ask("close")
    found.ask("open", run=None, step="two")
    assert "r1" not in stage(found, None)
    kept = stage(found, "wall:one")
    assert {"r1", "session-head", "session-foot"} <= set(kept)
    assert "r2" not in kept
    assert kept["session-head"].view.focus == "now"
    found.ask("end", run=None)
    assert order(stage(found, "wall:one")) == ["un"]
    assert "session-ended" in stage(found, None)


def test_on_a_wall_nothing_changes_place_when_it_is_liked():
    found = room()
    for who, text in (("ana", "un"), ("bo", "deux"), ("cy", "trois")):
        found.ask("answer", who, text=text)
    found.ask("like", "ana", idea="i3")
    assert order(stage(found, None)) == ["trois", "un", "deux"]
    assert order(stage(found, "wall:one")) == ["un", "deux", "trois"]


def test_a_wall_of_tables_shows_them_all_then_what_they_made():
    found = room()
    found.ask("close")
    found.ask("group.split", run=None, count=2, by="hand", of={"ana": 0, "bo": 1, "cy": 1})
    found.ask("open", run=None, step="one", group="*")
    found.ask("answer", "ana", run="r2", text="un")
    found.ask("answer", "bo", run="r3", text="deux")
    kept = stage(found, "wall:one")
    assert {"table-r2", "table-r3"} <= set(kept)
    found.ask("group.gather", run=None, step="one")
    assert order(stage(found, "wall:one")) == ["un", "deux"]
    assert "table-r2" not in stage(found, "wall:one")


def test_a_wall_that_is_bare_or_is_none_says_so():
    found = room()
    assert stage(found, "wall:two")["session-wall"].view.title == "Un choix"
    assert stage(found, "wall:none")["session-wall"].view.title == ""
    assert stage(found, "wall:")["session-wall"].view.title == ""


def test_a_phone_that_asks_for_a_wall_is_shown_what_is_on():
    found = room()
    found.ask("close")
    found.ask("open", run=None, step="two")
    drawn = parts(found.room.session, KINDS, "phone", {}, Figures(), "wall:one")
    assert "r2" in {part.key for part in drawn}


def test_what_fills_under_everybodys_eyes_may_be_a_wall():
    assert wall.walls(room().room.session.plan, KINDS) == [("one", "Titre")]


def test_a_stage_has_room_for_one_step_the_last_that_was_given_it():
    found = room()
    found.ask("open", run=None, step="two")
    assert {"r1", "r2"} & set(stage(found, None)) == {"r2"}
    found.ask("stage")
    assert {"r1", "r2"} & set(stage(found, None)) == {"r1"}
