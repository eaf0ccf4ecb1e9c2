from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.tier import Span, Tier, covers, tier

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31), paid=True)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), Tier.MEMBER),
        (date(2026, 1, 1), Tier.ADHERENT),
        (date(2026, 12, 31), Tier.ADHERENT),
        (date(2027, 1, 1), Tier.MEMBER),
    ],
)
def test_the_days_of_a_membership_are_both_included(day, expected):
    assert tier([YEAR], day, known=True) is expected


def test_nobody_known_is_a_guest_and_what_is_not_paid_makes_a_member():
    assert tier([], date(2026, 6, 1), known=False) is Tier.GUEST
    unpaid = Span(YEAR.starts_on, None, paid=False)
    assert tier([unpaid], date(2026, 6, 1), known=False) is Tier.MEMBER
    assert tier([unpaid], date(2026, 6, 1), known=True) is Tier.MEMBER


@given(DAYS, st.booleans(), st.lists(st.tuples(DAYS, st.integers(0, 400), st.booleans())))
def test_one_more_membership_never_makes_anybody_less(day, known, given_spans):
    spans = [Span(first, first + timedelta(days=n), paid=paid) for first, n, paid in given_spans]
    for n in range(len(spans)):
        assert tier(spans[: n + 1], day, known=known).rank >= tier(spans[:n], day, known=known).rank
    adherent = tier(spans, day, known=known) is Tier.ADHERENT
    assert adherent == any(one.paid and covers(one, day) for one in spans)


def test_what_is_for_the_farther_is_for_the_nearer():
    assert Tier.ADHERENT.reaches(Tier.MEMBER)
    assert Tier.MEMBER.reaches(Tier.GUEST)
    assert not Tier.MEMBER.reaches(Tier.ADHERENT)
