import pytest

from fabrique.domain.composing import Wanted, check_wanted
from fabrique.domain.text import Invalid

NAMES = {str(n): f"P{n}" for n in range(10)}


def test_tables_follow_from_their_size_unless_they_are_counted():
    assert Wanted(size=8).tables_for(17) == 3
    assert Wanted(size=8, tables=5).tables_for(17) == 5


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), {"1": "seul"}),
        (Wanted(tables=6), NAMES),
        (Wanted(together=(("1", "2"),), apart=(("2", "1"),)), NAMES),
    ],
)
def test_what_contradicts_itself_is_named_before_anything_is_computed(wanted, names):
    with pytest.raises(Invalid):
        check_wanted(wanted, names)


def test_what_can_be_asked_passes():
    check_wanted(Wanted(tables=5, together=(("1", "2"),), apart=(("1", "3"),)), NAMES)
