"""The editor's fragments: what changed is all that is drawn again, and words stay words."""

from datetime import UTC, datetime

import pytest

from fabrique.domain.definitions import read_definition
from fabrique.domain.session import Plan, Session
from fabrique.live import studio
from fabrique.live.screens import Figures, parts
from tests.importers.scripts import KINDS
from tests.laws import rooms
from tests.live.rules.driver import Driver

CHAT = {"kind": "chat", "id": "chat", "title": "Fil"}


@pytest.fixture
def room():
    return Driver()


def shown(session):
    return {part.key: part for part in parts(session, KINDS, "prepare", {}, Figures())}


def test_a_step_is_a_line_and_a_form_in_the_order_of_the_plan(room):
    found = shown(room.session)
    *of_steps, date = found
    assert of_steps == ["studio-head", "line:words", "form:words", "line:vote", "form:vote"]
    assert date == "session-pace"
    assert [found[f"line:{one}"].rank for one in ("words", "vote")] == [0, 1]
    assert {found["line:words"].within, found["form:words"].within} == {studio.LIST, studio.FORMS}
    assert [found[f"line:{one}"].view.number for one in ("words", "vote")] == [1, 2]


def test_what_is_beside_the_order_has_no_place_in_it():
    beside = (read_definition(CHAT, KINDS),)
    plan = Plan("S", "cafe", "fr", datetime(2026, 3, 9, tzinfo=UTC), beside=beside)
    found = shown(Session(plan))
    assert found["line:chat"].within == studio.BESIDE
    assert found["line:chat"].view.number == 0
    assert {"seconds", "scribe"}.isdisjoint(one.path[0] for one in found["form:chat"].view.more)


def test_an_edit_changes_its_own_step_only(room):
    before = shown(room.session)
    room.send("order.edit", step={"id": "vote", "title": "Autre"})
    after = shown(room.session)
    changed = {key for key in after if before[key] != after[key]}
    assert changed == {"studio-head", "line:vote", "form:vote"}  # the head: it can be undone


def test_answers_change_nothing_here(room):
    room.send("open", step="words")
    before = shown(room.session)
    room.send("answer", "ana", "r1", text="élan")
    assert shown(room.session) == before


def test_a_step_that_was_opened_says_so(room):
    assert not shown(room.session)["line:words"].view.played
    room.send("open", step="words")
    assert shown(room.session)["line:words"].view.played
    assert shown(room.session)["form:words"].view.played


def test_the_head_says_how_long_it_takes_and_what_can_be_undone(room):
    head = shown(room.session)["studio-head"].view
    assert (head.steps, head.seconds, head.timeless, head.undo) == (2, 60, 1, False)
    room.send("order.title", title="Autre")
    head = shown(room.session)["studio-head"].view
    assert (head.title, head.undo, head.ended) == ("Autre", True, False)
    room.send("end")
    assert shown(room.session)["studio-head"].view.ended


def test_nobody_chooses_what_is_shown_of_people_where_nobody_answers(room):
    room.send("order.add", step={"kind": "pause", "title": "On respire"})
    form = shown(room.session)[f"form:{room.steps[-1]}"].view
    assert {"publication", "scribe"}.isdisjoint(one.path[0] for one in form.more)
    assert "seconds" in [one.path[0] for one in form.more]


@pytest.mark.parametrize("kind", [one for one in KINDS if KINDS[one].asks])
def test_only_what_a_kind_may_publish_is_offered(kind):
    session = Session(rooms.plan(kind))
    form = shown(session)["form:one"].view
    offered = [one for one in form.more if one.path == ("publication",)]
    if len(KINDS[kind].policies) == 1:
        assert offered == []
    else:
        [field] = offered
        assert {one.value for one in field.choices} == {"", *KINDS[kind].policies}
