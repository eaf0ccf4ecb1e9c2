import pytest

from fabrique.domain.lines import BODIES, Enter, Open
from fabrique.domain.schema import read
from fabrique.domain.text import Invalid


def test_every_line_of_a_session_has_its_body():
    words = "joined came went opened closed revealed staged refusals ended redacted"
    assert list(BODIES) == words.split()
    assert [body.__name__.lower() for body in BODIES.values()] == words.split()


@pytest.mark.parametrize("heads", [0, -1, True, 1.0, "1", 10**30])
def test_enter_for_nobody_is_invalid(heads):
    with pytest.raises(Invalid):
        read({"heads": heads}, Enter)


@pytest.mark.parametrize("seconds", [None, 0, 0.5, 3600])
def test_open_for_a_while_or_until_closed(seconds):
    assert read({"step": "a", "seconds": seconds}, Open).seconds == seconds
