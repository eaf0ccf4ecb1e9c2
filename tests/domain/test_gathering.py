import pytest

from fabrique.domain.gathering import NAMES, NEXT, PUBLIC, State, move
from fabrique.domain.text import Invalid


def test_every_state_has_a_name_and_what_may_follow():
    assert set(NEXT) == set(NAMES) == set(State)


def test_a_draft_is_not_published_without_the_team():
    with pytest.raises(Invalid, match="draft"):
        move(State.DRAFT, State.PUBLISHED)
    assert move(State.PREPARED, State.PUBLISHED) is State.PUBLISHED


def test_what_was_public_stays_public():
    for before in PUBLIC:
        assert NEXT[before] <= PUBLIC
