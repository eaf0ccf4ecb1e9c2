import pytest

from fabrique.domain.profile import AUDIENCES, FIELDS, choices, shown_to
from fabrique.domain.tier import Tier


def test_nothing_is_shown_until_it_is_chosen():
    for tier in Tier:
        assert shown_to({}, tier) == frozenset()
        assert shown_to({"trade": "guest", "email": "guest"}, tier) == frozenset()


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_line_is_shown_to_its_audience_and_those_nearer(tier, audience):
    shown = {"name": "guest", "trade": audience}
    wanted = {"name"} | ({"trade"} if audience and tier.reaches(Tier(audience)) else set())
    assert shown_to(shown, tier) == wanted


def test_without_the_name_the_rest_is_shown_to_nobody():
    shown = dict.fromkeys(FIELDS, "guest") | {"name": "adherent"}
    assert shown_to(shown, Tier.MEMBER) == frozenset()
    assert shown_to(shown, Tier.ADHERENT) == frozenset(FIELDS)


def test_what_is_no_field_or_no_audience_is_not_kept():
    given = {
        "name": "member",
        "trade": "all",
        "is_staff": "guest",
        "level": "",
        "email": "ADHERENT",
    }
    assert choices(given) == {"name": "member"}
    assert shown_to({"name": "guest", "trade": "anything"}, Tier.ADHERENT) == {"name"}
