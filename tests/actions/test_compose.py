from datetime import timedelta

import pytest
from django.utils import timezone

from fabrique.actions.compose import ask, mine, people, repair, versions
from fabrique.actions.compose.problem import UNKNOWN, problem_of
from fabrique.actions.compose.versions import Move
from fabrique.actions.seats.settle import go
from fabrique.domain.composing import Wanted
from fabrique.domain.seat import Seat
from fabrique.domain.text import Invalid, Text
from fabrique.store.models import Form, Happening
from tests.actions.composed import begun, claimed, computed, crowd, seat, turning

NOW = timezone.now


def test_a_composition_asks_at_once_and_its_first_plan_holds():
    host, made, _rows = crowd()
    composition = begun(made, host)
    version = composition.versions.get()
    assert (version.state, version.number, composition.current) == ("waiting", 1, None)
    computed(composition)
    assert composition.current == version


def test_only_one_plan_is_computed_at_a_time_and_it_can_be_given_up():
    host, made, _rows = crowd()
    composition = begun(made, host)
    with pytest.raises(Invalid):
        ask.ask(composition, Wanted(), host, NOW())
    held = claimed(composition)
    ask.give_up(composition, host)
    assert ask.tell(held, 0.5, NOW()) is False
    assert ask.done(held, {"rounds": []}, []) is False
    composition.refresh_from_db()
    assert composition.current is None
    ask.ask(composition, Wanted(), host, NOW())


def test_what_a_worker_left_is_taken_on_once_its_time_is_over():
    host, made, _rows = crowd()
    composition = begun(made, host)
    assert claimed(composition) is not None
    assert claimed(composition) is None
    assert claimed(composition, ask.LEASE + timedelta(seconds=1)) is not None


def test_a_plan_that_cannot_be_says_why_and_leaves_what_holds():
    host, made, _rows = crowd()
    composition = begun(made, host)
    computed(composition)
    version = ask.ask(composition, Wanted(), host, NOW())
    ask.broke(
        ask.claim(NOW()), Text("Two people at least are needed to compose tables."), "impossible"
    )
    composition.refresh_from_db()
    version.refresh_from_db()
    assert (version.state, composition.current.number) == ("impossible", 1)
    assert ask.told_of(version)[0].msgid.startswith("Two people")


def test_what_is_known_is_counted_and_what_is_not_is_absent():
    _host, made, rows = crowd(6)
    rows[0].person.trade = ""
    rows[0].person.save()
    asked = {"id": "salle", "kind": "single", "title": "Quelle salle ?", "options": ["A", "B"]}
    Form.objects.create(gathering=made, asked=[asked])
    rows[1].answers = {"salle": {"choice": [1]}}
    rows[1].save()
    group = people.concerned(made, Wanted())
    found = {one.name: one for one in people.attributes(made, group)}
    assert found["trade"].known == 5
    assert found["answer:salle"].values == (("B", 1),)
    assert not found["answer:salle"].mixes
    assert "level" not in found


def test_the_problem_names_nobody_and_numbers_values():
    host, made, rows = crowd(6)
    rows[0].person.trade = ""
    rows[0].person.save()
    ids = sorted(str(row.pk) for row in rows)
    pairs = (ids[0], ids[1]), (ids[1], ids[2])
    composition = begun(
        made, host, size=3, together=pairs, apart=((ids[0], ids[5]),), hosts={ids[4]: 2}
    )
    problem = problem_of(claimed(composition))
    assert problem["ids"] == ids
    assert problem["tables"] == 2
    assert problem["together"] == [[0, 1, 2]]
    assert problem["apart"] == [[0, 5]]
    assert problem["hosts"] == [[4, 1]]
    (trade,) = problem["attributes"]
    assert trade["values"].count(UNKNOWN) == 1
    assert trade["values"][ids.index(str(rows[0].pk))] == UNKNOWN


def test_a_move_is_a_version_of_its_own_and_keeps_the_one_before():
    host, made, _rows = crowd()
    composition = begun(made, host)
    computed(composition)
    row = versions.rounds_of(composition.current)[1]
    one, other = row[0][0], row[1][0]
    made_ = versions.move(composition, 1, Move(2, one, 2, other), host, NOW())
    composition.refresh_from_db()
    assert composition.current == made_
    assert composition.current.number == 2
    assert one in versions.rounds_of(made_)[1][1]
    assert one in versions.rounds_of(composition.versions.get(number=1))[1][0]
    assert made_.plan["value"]["repeats"] > 0
    assert made_.plan["status"] == "gap"


def test_a_move_on_an_older_plan_is_refused():
    host, made, _rows = crowd()
    composition = begun(made, host)
    computed(composition)
    one = versions.rounds_of(composition.current)[1][0][0]
    versions.move(composition, 1, Move(2, one, 2), host, NOW())
    with pytest.raises(Invalid) as refused:
        versions.move(composition, 1, Move(2, one, 3), host, NOW())
    assert refused.value.text == versions.STALE


@pytest.mark.parametrize("wish", [Move(9, "x", 1), Move(1, "nobody", 1), Move(2, "nobody", 1)])
def test_a_move_that_leads_nowhere_changes_nothing(wish):
    host, made, _rows = crowd()
    composition = begun(made, host)
    computed(composition)
    with pytest.raises(Invalid):
        versions.move(composition, 1, wish, host, NOW())
    assert composition.versions.count() == 1


def test_a_round_that_was_called_stays():
    host, made, _rows = crowd()
    composition = begun(made, host)
    computed(composition)
    versions.call(composition, 1, host)
    composition.refresh_from_db()
    one = versions.rounds_of(composition.current)[0][0][0]
    with pytest.raises(Invalid) as refused:
        versions.move(composition, 1, Move(1, one, 2), host, NOW())
    assert refused.value.text == versions.PAST
    other = ask.ask(composition, Wanted(size=4), host, NOW())
    ids = [str(row.pk) for row in _rows]
    computed(composition, rounds=list(reversed(turning(ids))))
    other.refresh_from_db()
    assert composition.current.number == 1  # what was called goes on until somebody decides
    with pytest.raises(Invalid):
        versions.take(composition, other, host)


def test_the_door_says_who_is_missing_and_who_is_too_many():
    host, made, rows = crowd()
    composition = begun(made, host)
    computed(composition)
    go(rows[0], Seat.CANCELLED, host)
    go(rows[1], Seat.ATTENDED, host)
    late = seat(made, rows[0].pool, 40, Seat.ATTENDED)
    seen = repair.presence(composition)
    assert list(seen.absent) == [str(rows[0].pk)]
    assert list(seen.late) == [str(late.pk)]
    assert len(seen.awaited) == 10
    assert str(rows[1].pk) not in seen.awaited


def test_a_repair_waits_until_somebody_has_read_who_moves():
    host, made, rows = crowd()
    composition = begun(made, host)
    computed(composition)
    versions.call(composition, 1, host)
    composition.refresh_from_db()
    late = seat(made, rows[0].pool, 40, Seat.ATTENDED)
    gone = str(rows[0].pk)
    version = repair.repair(composition, frozenset({gone}), frozenset({str(late.pk)}), host, NOW())
    problem = problem_of(claimed(composition))
    ids = problem["ids"]
    assert problem["locked"]["played"] == 1
    assert [ids[one] for one in problem["locked"]["absent"]] == [gone]
    assert [ids[one] for one in problem["locked"]["late"]] == [str(late.pk)]
    before = versions.rounds_of(composition.current)
    after = [before[0]] + [
        [[str(late.pk) if who == gone else who for who in table] for table in row]
        for row in before[1:]
    ]
    plan = {"value": {"repeats": 0, "mix": 9}, "bound": None, "status": "unproved", "rounds": after}
    ask.done(version, plan, [])
    composition.refresh_from_db()
    version.refresh_from_db()
    assert composition.current.number == 1
    assert versions.changes(composition, version) == {}
    versions.take(composition, version, host)
    composition.refresh_from_db()
    assert composition.current == version


def test_nobody_is_moved_where_nothing_differs():
    host, made, rows = crowd()
    composition = begun(made, host)
    computed(composition)
    with pytest.raises(Invalid) as refused:
        repair.repair(composition, frozenset({"nobody"}), frozenset({str(rows[0].pk)}), host, NOW())
    assert refused.value.text == repair.NOTHING


def test_one_sees_ones_own_tables_once_they_are_shown():
    host, made, rows = crowd()
    composition = begun(made, host)
    computed(composition)
    assert mine.mine(rows[0]) == []
    versions.show(composition, host, shown=True)
    versions.call(composition, 2, host)
    (found,) = mine.mine(rows[0])
    assert [stop.when for stop in found.stops] == ["past", "now", "next"]
    places = [
        next(n for n, table in enumerate(row, 1) if str(rows[0].pk) in table)
        for row in versions.rounds_of(composition.current)
    ]
    assert [stop.table for stop in found.stops] == places
    versions.show(composition, host, shown=False)
    assert mine.mine(rows[0]) == []


def test_each_change_of_what_people_see_leaves_a_line():
    host, made, _rows = crowd()
    composition = begun(made, host)
    computed(composition)
    versions.show(composition, host, shown=True)
    versions.call(composition, 1, host)
    verbs = set(
        Happening.objects.filter(about=f"gathering:{made.pk}").values_list("verb", flat=True)
    )
    assert {"composition.begun", "composition.shown", "composition.called"} <= verbs


def test_who_is_erased_is_named_by_no_plan():
    host, made, rows = crowd()
    composition = begun(made, host)
    version = computed(composition)
    version.refresh_from_db()
    kept = str(version.plan) + str(version.wanted) + str(version.told)
    assert not any(row.name in kept or row.email in kept for row in rows)


def test_sentences_within_sentences_come_back_and_name_people():
    host, made, rows = crowd()
    composition = begun(made, host)
    held = claimed(composition)
    who = str(rows[0].pk)
    inner = Text("Nobody meets twice")
    told = [
        Text("{repeats}.", {"repeats": inner}),
        Text("{first} and {second} meet again: rounds {others} and {last}.", {"first": who}),
    ]
    ask.done(held, {"rounds": []}, told)
    held.refresh_from_db()
    worth, again = ask.told_of(held, {who: rows[0].name})
    assert worth.params["repeats"] == inner
    assert again.params["first"] == rows[0].name
