import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fabrique.actions import seats
from fabrique.actions.history import past_of
from fabrique.actions.seats.hold import gauges
from fabrique.domain.gathering import State
from fabrique.domain.seat import Fairness, drawn
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Dispatch, Happening, Registration
from tests.actions.seats.given import enter, entry, pool, state, states
from tests.store.made import gathering, person

PACKAGE = Path(__file__).resolve().parents[3] / "fabrique"


def letters(row):
    rows = Dispatch.objects.filter(about=f"registration:{row.pk}").order_by("id")
    return [one.key.split(":")[0] for one in rows]


def test_the_last_seat_is_given_once_and_whoever_comes_next_waits_in_order():
    where = pool(2)
    enter(where, "Ana", "Bob", "Cleo", "Dan")
    assert states(where) == ["Ana confirmed", "Bob confirmed", "Cleo waiting", "Dan waiting"]


def test_the_same_form_sent_twice_is_one_row():
    where, now = pool(2), timezone.now()
    asked = entry(where)
    assert seats.enter(asked, now) == seats.enter(asked, now)
    assert Registration.objects.filter(pool=where).count() == 1


def test_the_same_person_twice_is_told_so_and_nothing_changes():
    where, now = pool(5), timezone.now()
    row = enter(where, "Ana")
    again = entry(where, email=row.email)
    with pytest.raises(Invalid, match="registered here already"):
        seats.enter(again, now)
    beside = pool(5, about=where.gathering)
    with pytest.raises(Invalid, match="registered here already"):
        enter(beside, "Ana", email=row.email)
    workshop = pool(5, "workshop", about=where.gathering)
    assert enter(workshop, "Ana", email=row.email).state == "confirmed"


def test_a_seat_comes_with_those_beside_it_or_not_at_all():
    where, now = pool(1), timezone.now()
    workshop = pool(1, "workshop", about=where.gathering)
    asked, gone = entry(where), workshop.pk + 1000
    with pytest.raises(Invalid, match="no longer here"):
        seats.enter_with(asked, (workshop.pk, gone), now)
    assert states(where) == states(workshop) == []
    for _ in range(2):  # the same form sent twice is one row in each
        assert seats.enter_with(asked, (workshop.pk,), now).pk == asked.id
    assert states(where) == states(workshop) == ["Ana confirmed"]


def test_the_database_says_no_too():
    where = pool(5)
    row = enter(where, "Ana")
    row.pk = uuid.uuid4()
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


def test_who_gives_a_seat_back_brings_an_offer_to_the_first_of_the_queue_who_takes_it():
    where, now = pool(1), timezone.now()
    ana, bob, cleo = enter(where, "Ana", "Bob", "Cleo")
    seats.cancel(ana.pk, now)
    assert states(where) == ["Ana cancelled", "Bob offered", "Cleo waiting"]
    seats.accept(bob.pk, now)
    seats.accept(bob.pk, now)  # two clicks
    assert states(where) == ["Ana cancelled", "Bob confirmed", "Cleo waiting"]
    assert letters(ana) == ["confirmed", "cancelled"]
    assert letters(bob) == ["waiting", "offered", "confirmed"]
    assert letters(cleo) == ["waiting"]


def test_an_offer_holds_its_seat_until_its_moment_by_the_clock_alone():
    where, now = pool(1), timezone.now()
    ana, bob, cleo = enter(where, "Ana", "Bob", "Cleo")
    seats.cancel(ana.pk, now)
    later = now + timedelta(hours=24)
    assert seats.gauge(where, later - timedelta(seconds=1)).taken == 1
    assert seats.gauge(where, later).taken == 0
    with pytest.raises(Invalid, match="went to the next person"):
        seats.accept(bob.pk, later)
    assert state(bob) == "offered"  # as before
    assert seats.tend(later) >= 1
    assert states(where)[1:] == ["Bob expired", "Cleo offered"]
    with pytest.raises(Invalid, match="went to the next person"):
        seats.accept(bob.pk, later)
    back = enter(where, "Bob", email=bob.email, now=later)
    assert back.state == "waiting"
    assert back.rank > cleo.rank
    assert letters(bob) == ["waiting", "offered", "expired"]


def test_declining_an_offer_brings_it_to_the_next():
    where, now = pool(1), timezone.now()
    ana, bob, cleo = enter(where, "Ana", "Bob", "Cleo")
    seats.cancel(ana.pk, now)
    seats.decline(bob.pk, now)
    assert (state(bob), state(cleo)) == ("declined", "offered")
    seats.cancel(cleo.pk, now)
    assert enter(where, "Dan").state == "confirmed"


def test_who_leaves_the_queue_is_passed_over():
    where, now = pool(1), timezone.now()
    ana, bob, cleo = enter(where, "Ana", "Bob", "Cleo")
    seats.cancel(bob.pk, now)
    seats.cancel(ana.pk, now)
    assert (state(bob), state(cleo)) == ("cancelled", "offered")


def test_exactly_those_are_promoted_who_came_first():
    where, now = pool(7), timezone.now()
    seated = enter(where, *(f"S{n}" for n in range(7)))
    queue = enter(where, *(f"Q{n}" for n in range(10)))
    for row in seated:
        seats.cancel(row.pk, now)
    assert [state(row) for row in queue] == ["offered"] * 7 + ["waiting"] * 3


def test_more_seats_are_offered_at_once_and_fewer_put_nobody_out():
    where, now, by = pool(3), timezone.now(), person()
    enter(where, "Ana", "Bob", "Cleo", "Dan")
    before = states(where)
    with pytest.raises(seats.Asks):
        seats.capacity(where.pk, 2, now, by)
    assert states(where) == before
    assert seats.capacity(where.pk, 2, now, by, sure=True).size == 2
    assert states(where) == before
    where.refresh_from_db()
    assert seats.gauge(where, now).over == 1
    seats.cancel(Registration.objects.get(pool=where, name="Ana").pk, now)
    assert state(Registration.objects.get(pool=where, name="Dan")) == "waiting"
    seats.capacity(where.pk, 3, now, by)
    assert state(Registration.objects.get(pool=where, name="Dan")) == "offered"
    past = list(past_of(where.gathering))
    assert [one.data["after"] for one in past if one.verb == "pool.size"] == [2, 3]


def test_once_offers_have_stopped_a_free_seat_is_for_whoever_takes_it():
    where = pool(1, days=1)
    starts, now = where.gathering.starts_at, timezone.now()
    ana, bob = enter(where, "Ana", "Bob", now=now)
    late = starts - timedelta(hours=3)
    with pytest.raises(Invalid, match="No seat is free"):
        seats.accept(bob.pk, late)
    seats.cancel(ana.pk, late)
    assert state(bob) == "waiting"
    assert seats.accept(bob.pk, late).state == "confirmed"
    with pytest.raises(Invalid, match="closed"):
        enter(where, "Cleo", now=starts)


def test_adherents_are_first_where_the_rule_says_so():
    where = pool(0, form={"fairness": "tier"})
    enter(where, "Gus", tier=Tier.GUEST)
    enter(where, "Mia", tier=Tier.MEMBER)
    enter(where, "Abe", tier=Tier.ADHERENT)
    enter(where, "Bea", tier=Tier.ADHERENT)
    seats.capacity(where.pk, 1, timezone.now(), person())
    assert states(where) == ["Abe offered", "Bea waiting", "Mia waiting", "Gus waiting"]


def test_a_draw_is_made_once_and_can_be_made_again_from_its_seed():
    where, now, by = pool(2, form={"fairness": "draw"}), timezone.now(), person()
    rows = enter(where, *"ABCDEF")
    assert {row.state for row in rows} == {"pending"}
    seats.draw(where.gathering, "12ab", now, by)
    order = [one[0] for one in states(where)]
    assert [one.split()[1] for one in states(where)] == ["confirmed"] * 2 + ["waiting"] * 4
    ranks = drawn([str(row.pk) for row in rows], "12ab")
    assert order == [row.name for row in sorted(rows, key=lambda row: ranks[str(row.pk)])]
    with pytest.raises(Invalid, match="no draw"):
        seats.draw(where.gathering, "34cd", now, by)
    assert enter(where, "G").state == "waiting"
    assert states(where)[-1] == "G waiting"


def test_the_rule_of_the_queue_does_not_change_once_somebody_came():
    where, by = pool(1), person()
    seats.order(where.gathering, Fairness.TIER, by)
    enter(where, "Ana")
    with pytest.raises(Invalid, match="cannot change"):
        seats.order(where.gathering, Fairness.ARRIVAL, by)


@pytest.mark.parametrize("place", [1, 2, 3, 9])
def test_moving_somebody_needs_a_reason_and_leaves_a_line(place):
    where, now, by = pool(0), timezone.now(), person()
    enter(where, "Ana", "Bob", "Cleo", "Dan")
    dan = Registration.objects.get(pool=where, name="Dan")
    with pytest.raises(Invalid, match="Say why"):
        seats.reorder(dan.pk, place, " ", now, by)
    seats.reorder(dan.pk, place, "vient pour parler", now, by)
    names = ["Ana", "Bob", "Cleo"]
    names.insert(place - 1, "Dan")
    assert [one.split()[0] for one in states(where)] == names
    seats.reorder(dan.pk, 1, "encore", now, by)
    seats.reorder(dan.pk, 2, "encore", now, by)
    assert [one.split()[0] for one in states(where)] == ["Ana", "Dan", "Bob", "Cleo"]
    line = next(one for one in past_of(dan) if one.verb == "registration.moved")
    assert (line.by, line.data["reason"]) == (by, "vient pour parler")


def test_many_moves_to_the_same_place_never_run_out_of_room():
    where, now, by = pool(0), timezone.now(), person()
    rows = enter(where, *"ABCDE")
    order = [row.name for row in rows]
    for n in range(60):
        row = rows[n % 5]
        seats.reorder(row.pk, 3, "r", now, by)
        order.remove(row.name)
        order.insert(2, row.name)
    assert [one[0] for one in states(where)] == order


def test_going_to_other_seats_keeps_ones_own_where_they_are_full():
    site, now = pool(1, "site"), timezone.now()
    remote = pool(1, about=site.gathering)
    ana, bob = enter(site, "Ana", "Bob")
    cleo = enter(remote, "Cleo")
    with pytest.raises(Invalid, match="full"):
        seats.change(ana.pk, remote.pk, now)
    assert state(ana) == "confirmed"
    seats.cancel(cleo.pk, now)
    assert seats.change(ana.pk, remote.pk, now).state == "confirmed"
    assert state(bob) == "offered"
    with pytest.raises(Invalid, match="another gathering"):
        seats.change(ana.pk, pool().pk, now)


@pytest.mark.parametrize("state", [State.PREPARED, State.CANCELLED, State.POSTPONED])
def test_one_registers_to_what_is_published(state):
    with pytest.raises(Invalid, match="cannot register"):
        enter(pool(state=state.value), "Ana")
    assert enter(pool(state=state.value), "Ana", by=person()).state == "confirmed"


def test_windows_open_tier_by_tier_days_before():
    now = timezone.now()
    opens = {"opens_at": now + timedelta(days=5), "early": {"adherent": 7, "member": 2}}
    where = pool(9, form=opens)
    assert enter(where, "Abe", tier=Tier.ADHERENT).state == "confirmed"
    for tier in (Tier.MEMBER, Tier.GUEST):
        with pytest.raises(Invalid, match="opens for you"):
            enter(where, "Mia", tier=tier)
    after = now + timedelta(days=3, minutes=1)
    assert enter(where, "Mia", tier=Tier.MEMBER, now=after).state == "confirmed"


def test_a_list_comes_in_whole_and_says_who_was_there():
    where, now, by = pool(2), timezone.now(), person()
    ana = enter(where, "Ana")
    many = [entry(where, "Ana", email=ana.email), entry(where, "Bob"), entry(where, "Cleo")]
    assert seats.enter_many(many, where.pk, now, by) == (2, 1)
    assert states(where) == ["Ana confirmed", "Bob confirmed", "Cleo waiting"]


def test_who_came_is_ticked_once_and_who_walks_in_is_added():
    where, now, by = pool(1), timezone.now(), person()
    ana = enter(where, "Ana")
    about = where.gathering
    came = seats.Act(uuid.uuid4(), "in", ana.pk, now)
    for _ in range(2):
        assert seats.check(about, came, now, by).state == "attended"
    seats.check(about, seats.Act(uuid.uuid4(), "in", ana.pk, now), now, by)  # by another phone
    seats.check(about, seats.Act(uuid.uuid4(), "out", ana.pk, now), now, by)
    seats.check(about, came, now, by)  # sent again by a phone that had no line
    assert state(ana) == "confirmed"
    new = seats.Act(uuid.uuid4(), "walk-in", uuid.uuid4(), now, "Zoé")
    assert seats.check(about, new, now, by) == seats.check(about, new, now, by)
    assert states(where) == ["Zoé attended", "Ana confirmed"]
    with pytest.raises(Invalid, match="Nobody here"):
        seats.check(gathering(), came, now, by)
    with pytest.raises(Invalid, match="not begun"):
        seats.absent(about, now, by)
    assert seats.absent(about, about.starts_at, by) == 1
    assert state(ana) == "no_show"


def test_several_pools_are_counted_in_as_many_queries_as_one():
    counted = []
    for size in (1, 3):
        about = gathering()
        for _ in range(size):
            enter(pool(2, about=about), "Ana", "Bob", "Cleo")
        with CaptureQueriesContext(connection) as queries:
            assert len(gauges(about, timezone.now())) == size
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_what_is_refused_leaves_no_line():
    where = pool(1, state=State.DRAFT.value)
    before = Happening.objects.count(), Dispatch.objects.count()
    with pytest.raises(Invalid):
        enter(where, "Ana")
    assert (Happening.objects.count(), Dispatch.objects.count()) == before


WRITES = re.compile(
    r"Registration\(\s|Registration\.objects\.(create|bulk|get_or|update_or|filter\([^)]*\)\.update)"
    r"|registrations\.(create|bulk|get_or|update)|\bfollow\("
)


def test_only_the_seats_make_a_registration_or_change_its_state():
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts and WRITES.search(path.read_text(encoding="utf-8"))
    ]
    assert set(found) == {
        "actions/seats/door.py",
        "actions/seats/enter.py",
        "actions/seats/settle.py",
        "domain/seat.py",
    }
