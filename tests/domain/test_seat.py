from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabrique.domain.seat import (
    ACTIVE,
    LONGEST_OFFER,
    NAMES,
    NEXT,
    OFFERS_STOP,
    SEATED,
    SHORTEST_OFFER,
    Fairness,
    Gauge,
    Seat,
    drawn,
    follow,
    offer_until,
    rank_of,
)
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier

LIVED = [state for state in Seat if state is not Seat.INVITED]
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
counts = st.integers(0, 60)
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("before", LIVED)
@pytest.mark.parametrize("after", LIVED)
def test_one_state_follows_another_as_the_table_says(before, after):
    if after in NEXT[before]:
        assert follow(before, after) is after
    else:
        with pytest.raises(Invalid):
            follow(before, after)


def test_who_is_in_may_always_leave_and_who_left_never_comes_back_by_itself():
    before_the_day = ACTIVE - {Seat.ATTENDED}
    assert all(Seat.CANCELLED in NEXT[state] for state in before_the_day)
    assert all(not NEXT[state] for state in (Seat.CANCELLED, Seat.DECLINED, Seat.EXPIRED))
    assert set(NAMES) == set(NEXT) == set(LIVED)
    assert Seat.OFFERED not in SEATED


@calm
@given(st.integers(-600, 60_000), st.integers(0, 600))
def test_an_offer_lasts_2_to_24_hours_never_past_the_start_and_stops(minutes, stop):
    starts = NOW + timedelta(minutes=minutes)
    until = offer_until(NOW, starts, timedelta(minutes=stop))
    if until is None:
        assert minutes <= max(stop, 0)
        return
    assert minutes > stop
    assert until <= starts
    assert until - NOW <= LONGEST_OFFER
    assert until == starts or until - NOW >= SHORTEST_OFFER


def test_offers_shorten_as_the_date_nears():
    lasts = [
        offer_until(NOW, NOW + timedelta(hours=h), OFFERS_STOP) - NOW for h in (100, 72, 36, 6, 5)
    ]
    assert [one / timedelta(hours=1) for one in lasts] == [24, 24, 12, 2, 2]
    assert offer_until(NOW, NOW + OFFERS_STOP, OFFERS_STOP) is None
    assert offer_until(NOW, None, OFFERS_STOP) == NOW + LONGEST_OFFER


@calm
@given(st.lists(st.tuples(st.sampled_from(Tier), st.integers(1, 10**9)), unique_by=lambda x: x[1]))
def test_who_is_first_is_what_the_rule_says(people):
    by_arrival = sorted(people, key=lambda one: one[1])
    by_tier = sorted(people, key=lambda one: (-one[0].rank, one[1]))
    for rule, expected in ((Fairness.ARRIVAL, by_arrival), (Fairness.TIER, by_tier)):
        assert sorted(people, key=lambda one: rank_of(rule, *one)) == expected


@calm
@given(st.sets(st.uuids().map(str), max_size=30), st.text("0123456789abcdef", min_size=1))
def test_a_draw_is_the_same_from_the_same_seed_and_before_whoever_comes_later(ids, seed):
    ranks = drawn(ids, seed)
    assert ranks == drawn(sorted(ids), seed)
    assert len(set(ranks.values())) == len(ids)
    assert all(rank < rank_of(Fairness.DRAW, Tier.GUEST, 1) for rank in ranks.values())


@calm
@given(st.none() | counts, counts, counts, counts)
def test_a_gauge_counts_whoever_nobody_else_can_replace(size, seated, held, waiting):
    gauge = Gauge(size, seated, held, waiting)
    assert gauge.taken == seated + held
    if size is None:
        assert gauge.has_room
        assert (gauge.free, gauge.over) == (None, 0)
    else:
        assert size == gauge.taken + gauge.free - gauge.over
        assert gauge.has_room is (gauge.free > 0)
