"""A running order that was edited, as pages and archives find it."""

from fabrique.actions.animate import create_session
from fabrique.domain.entry import Entry
from fabrique.domain.order import Added, Dropped, Undone
from fabrique.domain.session import Plan
from fabrique.store.here import first_plan_of, here, plan_of
from fabrique.store.journal import Append
from tests.store.instance import START, at

PAUSE = {"id": "s1", "kind": "pause", "title": "On respire"}


def edit(head, *bodies):
    kinds = {Added: "step_added", Dropped: "step_dropped", Undone: "order_undone"}
    lines = tuple(
        Entry(n, at(n), "", f"o{n}", None, f"session.{kinds[type(body)]}", 1, body)
        for n, body in enumerate(bodies, 1)
    )
    here().append([Append(head.id, 0, lines)])


def test_pages_see_the_running_order_as_it_stands():
    head = create_session(Plan("Café", "cafe", "fr", START))
    assert plan_of(head).steps == ()
    edit(head, Added(step=PAUSE), Added(step=PAUSE | {"id": "s2"}), Dropped(step="s1"))
    assert [one.id for one in plan_of(head).steps] == ["s2"]
    assert first_plan_of(head).steps == ()


def test_an_undone_edit_is_gone():
    head = create_session(Plan("Café", "cafe", "fr", START))
    edit(head, Added(step=PAUSE), Undone())
    assert plan_of(head).steps == ()
