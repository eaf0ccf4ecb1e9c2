"""Eight processes for the same seats: none too many, no error; without the lock, too many."""

import pytest

from tests.actions.seats.arena import Arena
from tests.store.postgres import postgres

# No multiple of the processes: in step, they would fill it exactly without any lock.
SEATS, PROCESSES, ATTEMPTS = 37, 8, 12


@pytest.fixture(params=["sqlite", "postgres"])
def arena(request, tmp_path):
    if request.param == "sqlite":
        yield Arena(tmp_path)
        return
    with postgres() as address:
        yield Arena(tmp_path, address)


def test_the_seats_are_given_once_and_the_queue_is_in_order(arena):
    pools = arena.pools(1, SEATS)
    said = arena.run(pools[0], PROCESSES, ATTEMPTS, "bare")
    waiting = PROCESSES * ATTEMPTS - SEATS
    assert said == {"confirmed": SEATS, "waiting": waiting}
    assert arena.count(pools) == [[SEATS, waiting, waiting, True]]


def test_without_the_lock_the_same_load_oversells(arena):
    """Else the test above would prove nothing."""
    pools = arena.pools(1, SEATS)
    arena.run(pools[0], PROCESSES, ATTEMPTS, lock="free")
    assert arena.count(pools)[0][0] > SEATS


@pytest.mark.parametrize(("lock", "turned_away"), [("held", False), ("bare", True)])
def test_who_stands_in_line_is_turned_away_by_nobody(tmp_path, lock, turned_away):
    """SQLite passes people over until their patience ends, here a fifth of a second."""
    arena = Arena(tmp_path)
    pools = arena.pools(1, SEATS)
    said = arena.run(pools[0], PROCESSES, ATTEMPTS, lock, rules=(0.02, 0.2))
    assert bool(said["error"]) is turned_away
    confirmed = arena.count(pools)[0][0]
    assert confirmed == SEATS or (turned_away and confirmed < SEATS)  # whoever was sent away


@pytest.mark.long
def test_a_thousand_races_for_a_last_seat_have_one_winner_each(arena):
    pools = arena.pools(1000, 1)
    said = arena.run(",".join(map(str, pools)), PROCESSES, 1, rules=(0,))
    assert said == {"confirmed": 1000, "waiting": 1000 * (PROCESSES - 1)}
    assert arena.count(pools) == [[1, PROCESSES - 1, PROCESSES - 1, True]] * 1000


@pytest.mark.long
def test_without_the_lock_last_seats_have_several_winners(arena):
    pools = arena.pools(100, 1)
    arena.run(",".join(map(str, pools)), PROCESSES, 1, "free", rules=(0.005,))
    assert sum(count[0] > 1 for count in arena.count(pools)) > 0
