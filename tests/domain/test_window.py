from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.domain.window import Window, check_open, days_before, openings, opens_for

PARIS = ZoneInfo("Europe/Paris")
OPENS = datetime(2027, 4, 1, 10, tzinfo=PARIS)
CLOSES = datetime(2027, 5, 1, 18, tzinfo=PARIS)
moments = st.integers(1_770_000_000, 1_830_000_000).map(lambda n: datetime.fromtimestamp(n, UTC))
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(moments, st.integers(0, 60))
def test_days_before_is_the_same_hour_by_the_clocks_of_the_place(at, days):
    before = days_before(at, days, "Europe/Paris").astimezone(PARIS)
    local = at.astimezone(PARIS)
    wanted = (local - timedelta(days=days)).replace(tzinfo=PARIS)
    # An hour that the clocks skip is an hour later.
    assert before - wanted in (timedelta(0), timedelta(hours=1))
    assert (before.hour - local.hour) % 24 in (0, 1)


def test_across_the_spring_change_the_hour_stays():
    window = Window(OPENS, None, "Europe/Paris", {Tier.ADHERENT: 7})
    assert opens_for(window, Tier.ADHERENT).astimezone(PARIS) == datetime(
        2027, 3, 25, 10, tzinfo=PARIS
    )


@calm
@given(st.dictionaries(st.sampled_from([Tier.ADHERENT, Tier.MEMBER]), st.integers(0, 30)))
def test_whoever_is_nearer_is_never_later(early):
    window = Window(OPENS, None, "Europe/Paris", early)
    at = [opens_for(window, tier) for tier in (Tier.ADHERENT, Tier.MEMBER, Tier.GUEST)]
    assert at == sorted(at)
    assert at[-1] == OPENS


def test_one_registers_between_the_opening_and_the_closing():
    window = Window(OPENS, CLOSES, "Europe/Paris", {Tier.ADHERENT: 7})
    with pytest.raises(Invalid, match="opens for you on 01/04/2027 10:00"):
        check_open(window, Tier.GUEST, OPENS - timedelta(seconds=1))
    check_open(window, Tier.ADHERENT, OPENS - timedelta(days=7))
    check_open(window, Tier.GUEST, OPENS)
    with pytest.raises(Invalid, match="closed"):
        check_open(window, Tier.GUEST, CLOSES)
    assert len(openings(window)) == 3
    assert len(openings(Window(OPENS, None, "Europe/Paris"))) == 1
    assert openings(Window(None, None, "Europe/Paris")) == []
