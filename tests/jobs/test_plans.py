"""A composition computed by the worker's own way: a child that solves, followed to its end."""

import threading

import msgspec
import pytest
from django.utils import timezone

from fabrique.actions.compose import ask, repair, versions
from fabrique.actions.compose.problem import problem_of
from fabrique.domain import encounters
from fabrique.domain.seat import Seat
from fabrique.jobs import plans
from fabrique.jobs.solve import Order, solved
from tests.actions.composed import begun, crowd, seat

pytest.importorskip("numba", reason="the solvers are not installed")


def computes(composition):
    """Go through what waits until this composition is over; give its last version."""
    for _ in range(50):
        last = composition.versions.order_by("-number").first()
        if last.state not in ask.BUSY or not plans.once(threading.Event()):
            break
    composition.refresh_from_db()
    return composition.versions.order_by("-number").first()


def test_a_plan_comes_back_with_its_proof_and_holds():
    host, made, rows = crowd(20)
    composition = begun(made, host, size=4, rounds=4)
    version = computes(composition)
    assert (version.state, composition.current) == ("done", version)
    rounds = versions.rounds_of(version)
    ids = {str(row.pk) for row in rows}
    assert [{who for table in row for who in table} for row in rounds] == [ids] * 4
    assert version.plan["value"]["repeats"] == 0
    assert version.plan["bound"]["repeats"] == 0
    assert encounters.again(rounds) == []


def test_what_the_solver_counts_is_what_the_pages_count():
    host, made, _rows = crowd(20)
    composition = begun(made, host, size=5, rounds=3, mix={"trade": 3})
    version = computes(composition)
    trades = {str(row.pk): {"trade": row.person.trade} for row in made.registrations.all()}
    found = encounters.tally(versions.rounds_of(version), trades, {"trade": 3})
    assert version.plan["value"] == {"repeats": found.repeats, "mix": found.mix}


def test_the_same_seed_gives_the_same_plan():
    host, made, _rows = crowd(20)
    composition = begun(made, host, size=5, rounds=3)
    problem = problem_of(composition.versions.get())
    order = Order("tables", problem, 7, 20.0)
    one, other = (msgspec.to_builtins(solved(order).body) for _ in range(2))
    assert one == other


def test_a_repair_keeps_what_was_played_and_seats_whoever_came():
    host, made, rows = crowd(20)
    composition = begun(made, host, size=4, rounds=4)
    before = versions.rounds_of(computes(composition))
    versions.call(composition, 1, host)
    composition.refresh_from_db()
    late = str(seat(made, rows[0].pool, 40, Seat.ATTENDED).pk)
    gone = {str(row.pk) for row in rows[:2]}
    repair.repair(composition, frozenset(gone), frozenset({late}), host, timezone.now())
    version = computes(composition)
    assert version.state == "done"
    after = versions.rounds_of(version)
    assert after[0] == before[0]
    everybody = ({str(row.pk) for row in rows} - gone) | {late}
    assert all({who for table in row for who in table} == everybody for row in after[1:])


def test_what_cannot_be_says_so_and_names_who():
    host, made, rows = crowd(8)
    ids = [str(row.pk) for row in rows]
    pairs = tuple((ids[0], other) for other in ids[1:4])
    composition = begun(made, host, size=2, tables=4, rounds=2, together=pairs)
    version = computes(composition)
    assert version.state in ("impossible", "stopped")
    assert composition.current is None
    assert ask.told_of(version)


def test_nobody_keeps_what_was_given_up_while_it_was_computed(monkeypatch):
    host, made, _rows = crowd(12)
    composition = begun(made, host)

    def heard(_folder):
        ask.give_up(composition, host)
        yield {"share": 0.5}
        yield {"done": {}}

    monkeypatch.setattr(plans, "heard", heard)
    version = computes(composition)
    assert (version.state, version.plan) == ("stopped", None)


def test_a_child_that_dies_leaves_a_sentence(monkeypatch):
    host, made, _rows = crowd(12)
    composition = begun(made, host)
    monkeypatch.setattr(plans, "SOLVE", "fabrique.jobs.no_such_module")
    version = computes(composition)
    assert version.state == "stopped"
    assert ask.told_of(version)[0] == plans.BROKE
