import pytest

from tests.live.rules.driver import Driver


@pytest.fixture
def room():
    return Driver()
