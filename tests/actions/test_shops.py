import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from fabrique.actions import forget
from fabrique.actions.compose import ask, choices, mine, offers, shops, versions
from fabrique.actions.compose.shop_plan import given_of
from fabrique.actions.seats.settle import go
from fabrique.domain import offering as rules
from fabrique.domain.assigned import worth
from fabrique.domain.offering import Choosing, Offered
from fabrique.domain.seat import Seat
from fabrique.domain.text import Invalid
from fabrique.jobs import plans
from fabrique.store.models import CompositionVersion, Happening, Pool, Room
from tests.actions.composed import crowd
from tests.actions.shopped import chosen, offering, opened, solved, workshop

NOW = timezone.now


def computed_by_a_child(composition, host):
    CompositionVersion.objects.filter(state="waiting").update(state="stopped")  # of other tests
    shops.ask(composition, host, NOW())
    assert plans.once(threading.Event())


def test_places_are_those_of_the_seats_else_of_the_room():
    _host, made, _rows = crowd(2)
    room = Room.objects.create(gathering=made, title="Studio", seats=9)
    pool = Pool.objects.create(gathering=made, kind="workshop", title="Bois", size=4)
    assert offers.places_of(workshop(made, "Bois", room=room, pool=pool)) == 4
    assert offers.places_of(workshop(made, "Son", room=room)) == 9
    assert offers.places_of(workshop(made, "Lumière")) == offers.USUAL


def test_one_workshop_is_no_choice_and_more_choices_than_workshops_neither():
    host, made, _rows = crowd(2)
    items = [workshop(made, one) for one in ("Bois", "Son")]
    with pytest.raises(Invalid) as few:
        opened(made, host, items[:1], ranks=1)
    with pytest.raises(Invalid) as deep:
        opened(made, host, items, ranks=3)
    assert few.value.text == rules.FEW
    assert deep.value.text.params == {"ranks": 3, "workshops": 2}
    assert not made.compositions.exists()


def test_a_choice_is_kept_without_gaps_changed_and_taken_back():
    _host, rows, items, composition = offering()
    blank = [str(items[1].pk), "", str(items[0].pk)]
    choices.choose(rows[0], str(composition.pk), blank, NOW())
    kept = composition.choices.get()
    assert kept.ranked == [str(items[1].pk), str(items[0].pk)]
    assert chosen(composition, rows[0], items[2:]).ranked == [str(items[2].pk)]
    assert chosen(composition, rows[0], []) is None


def test_who_says_the_same_again_keeps_their_turn():
    _host, rows, items, composition = offering()
    first = chosen(composition, rows[0], items[:2]).at
    assert chosen(composition, rows[0], items[:2], minutes=9).at == first
    assert chosen(composition, rows[0], items[1:], minutes=9).at > first


@pytest.mark.parametrize("wrong", ["twice", "elsewhere", "closed", "waiting", "nowhere"])
def test_what_cannot_be_chosen_is_refused_and_what_was_chosen_is_kept(wrong):
    host, rows, items, composition = offering()
    chosen(composition, rows[0], items[:1])
    ranked, pk = [str(one.pk) for one in items[1:]], str(composition.pk)
    if wrong == "twice":
        ranked = ranked[:1] * 2
    elif wrong == "elsewhere":
        ranked = ["essai"]
    elif wrong == "closed":
        choices.close(composition, host, NOW())
    elif wrong == "waiting":
        rows[0].state = Seat.WAITING.value
    else:
        pk = "essai"
    with pytest.raises(Invalid):
        choices.choose(rows[0], pk, ranked, NOW())
    assert composition.choices.get().ranked == [str(items[0].pk)]


def test_a_choice_closes_by_itself_and_is_opened_again():
    host, _rows, items, composition = offering()
    assert choices.is_open(composition, NOW())
    choices.reopen(composition, NOW() + timedelta(hours=1), host, NOW())
    assert not choices.is_open(composition, NOW() + timedelta(hours=1))
    with pytest.raises(Invalid) as past:
        choices.reopen(composition, NOW() - timedelta(hours=1), host, NOW())
    assert past.value.text == choices.PAST
    with pytest.raises(Invalid):
        opened(composition.gathering, host, items, closes_at=NOW() - timedelta(hours=1))


def test_nobody_chooses_what_is_not_for_them():
    _host, rows, items, composition = offering()
    items[0].audience = "adherent"
    items[0].save()
    with pytest.raises(Invalid) as no:
        chosen(composition, rows[0], items[:1])
    assert no.value.text == rules.ELSE
    (ballot,) = choices.ballots(rows[0], NOW())
    assert {title for _, title, _ in ballot.options} == {"Lumière", "Son"}
    assert ballot.ranks == 2


def test_the_problem_names_nobody_and_stands_in_the_order_of_choosing():
    host, rows, items, composition = offering()
    chosen(composition, rows[2], items[:1], 5)
    chosen(composition, rows[1], items[1:], 1)
    version = shops.ask(composition, host, NOW())
    problem = shops.problem_of(version)
    assert problem["people"] == (str(rows[1].pk), str(rows[2].pk))
    assert problem["choices"][1] == (str(items[0].pk), "", "")
    assert problem["slots"] == problem["slots"][:1]
    with pytest.raises(Invalid) as busy:
        shops.ask(composition, host, NOW())
    assert busy.value.text == ask.ALREADY


def test_nothing_is_computed_of_no_choice():
    host, rows, items, composition = offering()
    with pytest.raises(Invalid) as none:
        shops.ask(composition, host, NOW())
    assert none.value.text == shops.NOBODY
    chosen(composition, rows[0], items)
    go(rows[0], Seat.CANCELLED, host)
    with pytest.raises(Invalid):
        shops.ask(composition, host, NOW())


def test_the_real_solver_in_its_child_gives_the_best_and_who_chose_nothing_what_is_left():
    host, rows, items, composition = offering(count=6, places=2, place_silent=True)
    for n, row in enumerate(rows[:5]):  # five want wood; two places
        chosen(composition, row, [items[0], items[1 + n % 2]], n)
    computed_by_a_child(composition, host)
    composition.refresh_from_db()
    version = composition.current
    assert version is not None, [one.msgid for one in ask.told_of(composition.versions.get())]
    given = given_of(version)
    assert set(given) == {str(row.pk) for row in rows}
    assert None not in [one for mine_ in given.values() for one in mine_.values()]
    assert version.plan["figures"] == {"chose": 5, "first": 2, "nothing": 0, "empty": 0}
    assert version.plan["status"] == "proved"
    assert [len(line) for line in version.plan["waiting"].values()] == [3]
    (told,) = ask.told_of(version)
    assert told.params == {"first": 2, "none": 0, "line_first": 2, "line_none": 0}
    assert worth(version.plan)[0].params == {"first": 2, "n": 5, "percent": 40}


def test_workshops_at_other_hours_are_other_slots_and_one_title_is_one_workshop():
    host, made, rows = crowd(2)
    again = [workshop(made, "Bois", 0), workshop(made, "Bois", 2), workshop(made, "Son", 2.5)]
    composition = opened(made, host, again, ranks=2)
    (first, second, other) = offers.found(composition)
    assert first.workshop == second.workshop != other.workshop
    assert first.slot != second.slot == other.slot  # two that overlap are of one slot
    chosen(composition, rows[0], [again[0], again[2]])
    computed_by_a_child(composition, host)
    composition.refresh_from_db()
    given = given_of(composition.current)[str(rows[0].pk)]
    assert given == {first.slot: first.workshop, other.slot: other.workshop}
    wish = (str(rows[0].pk), second.slot, second.workshop)
    with pytest.raises(Invalid) as same:
        shops.move(composition, 1, wish, host, NOW())
    assert same.value.text == shops.SAME


def test_an_hour_that_lacks_is_said():
    host, made, _rows = crowd(2)
    items = [workshop(made, "Bois"), workshop(made, "Son")]
    items[1].starts_at = None
    items[1].save()
    with pytest.raises(Invalid) as loose:
        opened(made, host, items, ranks=1)
    assert loose.value.text.params == {"title": "Son"}


def test_a_move_is_a_version_counts_anew_and_says_who_waits():
    host, rows, items, composition = offering()
    for row in rows[:2]:
        chosen(composition, row, items[:2])
    first = solved(composition, host, {rows[0]: items[0], rows[1]: items[0]})
    assert first.plan["figures"]["first"] == 2
    (slot,) = given_of(first)[str(rows[0].pk)]
    shops.move(composition, 1, (str(rows[0].pk), slot, str(items[2].pk)), host, NOW())
    composition.refresh_from_db()
    now = composition.current
    assert (now.number, now.why, now.plan["status"]) == (2, "moved", "unproved")
    assert now.plan["figures"] == {"chose": 2, "first": 1, "nothing": 1, "empty": 0}
    assert now.plan["waiting"][str(items[0].pk)] == [str(rows[0].pk)]
    assert ask.told_of(now)[0].params["none"] == 1
    with pytest.raises(Invalid) as stale:
        shops.move(composition, 1, (str(rows[0].pk), slot, ""), host, NOW())
    assert stale.value.text == versions.STALE
    shops.move(composition, 2, (str(rows[4].pk), slot, str(items[2].pk)), host, NOW())
    composition.refresh_from_db()  # who chose nothing is placed by hand, and counts as before
    assert composition.current.plan["figures"]["chose"] == 2
    assert given_of(composition.current)[str(rows[4].pk)] == {slot: str(items[2].pk)}


@pytest.mark.parametrize("wish", [("essai", None, ""), (None, "25:00", ""), (None, None, "essai")])
def test_a_move_that_leads_nowhere_changes_nothing(wish):
    host, rows, items, composition = offering()
    chosen(composition, rows[0], items)
    current = solved(composition, host, {rows[0]: items[0]})
    (slot,) = given_of(current)[str(rows[0].pk)]
    who, at, what = wish
    asked = (str(rows[0].pk) if who is None else who, slot if at is None else at, what)
    with pytest.raises(Invalid) as no:
        shops.move(composition, 1, asked, host, NOW())
    assert no.value.text == shops.NOWHERE
    assert composition.versions.count() == 1


def test_one_sees_ones_own_workshop_once_it_is_shown():
    host, rows, items, composition = offering()
    for row in rows[:2]:
        chosen(composition, row, items[:2])
    solved(composition, host, {rows[0]: items[0], rows[1]: items[1]})
    assert mine.workshops(rows[0]) == []
    versions.show(composition, host, shown=True)
    (own,) = mine.workshops(rows[1])
    assert [one.held.title for one in own.places] == ["Lumière"]
    assert own.waits == (("Bois", 1),)
    assert mine.mine(rows[1]) == []  # it is no table
    (none,) = mine.workshops(rows[3])
    assert [one.held for one in none.places] == [None]


def test_what_somebody_chose_is_given_to_them_and_goes_with_them():
    host, rows, items, composition = offering()
    chosen(composition, rows[0], items[:1])
    chosen(composition, rows[1], items[:1])
    held = forget.held(rows[0].person)["workshopchoice"]
    assert [one["ranked"] for one in held] == [[str(items[0].pk)]]
    version = solved(composition, host, {rows[0]: items[0]})
    forget.forget(rows[0].person, NOW())
    assert [one.registration_id for one in composition.choices.all()] == [rows[1].pk]
    kept = str(version.plan) + str(version.told) + str(version.wanted)
    assert not any(row.name in kept or row.email in kept for row in rows)


def test_choices_are_erased_once_they_have_served():
    _host, rows, items, composition = offering()
    chosen(composition, rows[0], items[:1])
    made = composition.gathering
    made.ends_at = made.starts_at + timedelta(hours=9)
    made.save()
    choices.forget_choices(made.ends_at + choices.SERVED)
    assert composition.choices.count() == 1
    choices.forget_choices(made.ends_at + choices.SERVED + timedelta(seconds=1))
    assert not composition.choices.exists()


def test_opening_changing_and_closing_leave_a_line():
    host, _rows, items, composition = offering()
    given = tuple(Offered(item=str(one.pk), places=1) for one in items)
    choices.change(composition, Choosing(offers=given, ranks=2), host)
    choices.close(composition, host, NOW())
    said = Happening.objects.filter(about=f"gathering:{composition.gathering_id}")
    verbs = set(said.values_list("verb", flat=True))
    assert {"choice.opened", "choice.changed", "choice.closed"} <= verbs
