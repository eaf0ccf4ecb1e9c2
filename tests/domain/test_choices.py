import pytest

from fabrique.domain.choices import Limits, check_indexes, check_limits, share_of_respondents
from fabrique.domain.text import Invalid, Refused

LIMITS = Limits(min=2, max=3, exclusive=(4,))


@pytest.mark.parametrize("choice", [(), (4,), (0, 1), (0, 1, 2)])
def test_check_limits_accepts(choice):
    check_limits(LIMITS, choice)


@pytest.mark.parametrize(
    ("choice", "why"), [((0,), "min"), ((0, 1, 2, 3), "max"), ((4, 0), "exclusive")]
)
def test_check_limits_refuses(choice, why):
    with pytest.raises(Refused) as no:
        check_limits(LIMITS, choice)
    assert no.value.refusal.why == why


def test_check_limits_of_an_exclusive_option_alone_passes_over_the_minimum_only():
    with pytest.raises(Refused):
        check_limits(Limits(max=0, exclusive=(0,)), (0,))


@pytest.mark.parametrize("indexes", [(2,), (0, 0), (0, 5)])
def test_check_indexes_refuses_out_of_range_or_twice(indexes):
    with pytest.raises(Invalid) as no:
        check_indexes(indexes, ("a", "b"), ".choice")
    assert no.value.where == ".choice"


def test_share_of_respondents_is_half_up_and_may_pass_100():
    assert share_of_respondents([5, 8, 1], 8) == ([63, 100, 13], "of-respondents")


def test_share_of_respondents_when_nobody_chose_is_0():
    assert share_of_respondents([0, 0], 0) == ([0, 0], "largest-remainder")
